"""Refreshes: what they read, what they cost, and how they end."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.store.keyset import Slice
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import provider_items
from afterlook.workmanagement import locations, tasks
from afterlook.workmanagement.fields import WritableField
from afterlook.workmanagement.providers import lists
from afterlook.workmanagement.providers.items import create_item
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh import reader as refresh_reader
from afterlook.workmanagement.refresh.apply import ApplyResult, apply_item
from afterlook.workmanagement.refresh.job import IGNORED, RefreshStart
from afterlook.workmanagement.refresh.report import (
    Changes,
    RefreshState,
    decode_changes,
    decode_statuses,
)
from afterlook.workmanagement.results import WriteError
from tests.store.conftest import NOW, new_mailbox
from tests.workmanagement.providing import PROJECTS, Desk

ALL = 10_000


@pytest.fixture
def desk(store: Store, mailbox: MailboxRow) -> Desk:
    """Return a desk."""
    return Desk(store, mailbox)


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_what_is_assigned_to_the_user(desk: Desk, clock: FrozenClock) -> None:
    """Comes onto the list; what is not, or is not any more, does not stay there."""
    number = desk.make()
    desk.put(number, "Mine")
    desk.put(number, "Ours", assigned=[2, 1])
    desk.put(number, "Theirs", assigned=[11, 2])
    desk.put(number, "Nobody's", assigned=[])
    assert desk.names() == []
    assert desk.begin() == RefreshStart(created=True, refresh=1)
    assert desk.names() == ["Ours", "Mine"]

    later(clock)
    desk.change(number, 1, assigned=[2])
    desk.change(number, 3, assigned=[1])
    desk.delete(number, 2)
    desk.begin()
    assert desk.names() == ["Theirs"]
    assert [task.id for task in desk.tasks()] == [3]


def test_counts(desk: Desk, clock: FrozenClock) -> None:
    """By the site that a list is in: tasks that came, changed and went."""
    one, two = desk.make("One"), desk.make("Two")
    project = desk.make("Project", PROJECTS)
    for number in (one, two, project):
        desk.put(number, "Active")
        desk.put(number, "Done", checkmark=True)
    desk.begin()
    found = decode_changes(desk.latest().changes)
    assert list(found.values()) == [Changes(1, 2, 4, 0, 0), Changes(4, 1, 2, 0, 0)]
    assert desk.latest().new_tasks == desk.health().new_tasks == 6

    later(clock)
    desk.change(one, 1, title="Other")
    desk.delete(two, 1)
    desk.begin()
    assert list(decode_changes(desk.latest().changes).values()) == [Changes(1, 0, 0, 1, 1)]
    assert desk.latest().new_tasks == 0


def test_statuses(desk: Desk) -> None:
    desk.put(desk.make(), "Task")
    desk.put(desk.make("Project", PROJECTS), "Task")
    desk.begin()
    statuses = decode_statuses(desk.latest().providers)

    assert [(status.provider, status.root, status.failed) for status in statuses] == [
        (1, 1, None),
        (2, 3, None),
    ]


def test_costs_by_what_changed(
    desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many tasks those are read that were written to since."""
    number = desk.make()
    for index in range(60):
        desk.put(number, f"{index}")
    desk.begin()
    later(clock)
    for item in (7, 3, 7):
        desk.change(number, item, title="New")
    read: list[int] = []

    def noted(session: object, source: object, item: object) -> ApplyResult:
        read.append(item.id)  # type: ignore[attr-defined]
        return apply_item(session, source, item)  # type: ignore[arg-type]

    monkeypatch.setattr(refresh_reader, "apply_item", noted)
    desk.begin()
    assert read == [3, 7]

    later(clock)
    desk.begin()
    assert read == [3, 7]


@pytest.mark.parametrize("portion", [1, 2, 3, 4, 5])
def test_what_was_written_together(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """Is read together, wherever a portion ends."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", portion)
    number = desk.make()
    desk.put(number, "0")
    with desk.store.writing(desk.mailbox.id) as session:
        for title in ("1", "2", "3"):
            source = lists.get_list(session, number)
            assert source is not None
            create_item(session, source, {"title": title, "assigned": [ME]})
    desk.put(number, "4")
    begun = desk.begin()
    for _ in range(5):
        desk.go_on(begun.refresh)
    assert desk.names() == ["4", "3", "2", "1", "0"]
    assert desk.latest().state == RefreshState.SUCCEEDED


@pytest.mark.parametrize("portion", [1, 2, 3, 7, 8])
def test_portions(
    desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """A refresh goes on whenever somebody asks for it; nothing is read twice or passed over."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", portion)
    one, two = desk.make("One"), desk.make("Two")
    for number in (one, two, one, two, one, two, two):
        desk.put(number, "Task")
    begun = desk.begin()
    pending = desk.latest().state == RefreshState.PENDING
    assert pending is (portion <= 7)
    if pending:
        assert desk.begin() == RefreshStart(created=False, refresh=begun.refresh)
    for _ in range(10):
        row = desk.go_on(begun.refresh)
        assert row is not None
        if row.state == RefreshState.SUCCEEDED:
            break
    later(clock, 1)
    assert desk.begin().refresh == IGNORED
    assert desk.go_on(begun.refresh) == desk.latest()
    assert sorted(task.provider_key or "" for task in desk.tasks()) == sorted(
        [*(f"{one}/{item}" for item in (1, 2, 3)), *(f"{two}/{item}" for item in (1, 2, 3, 4))]
    )
    assert desk.latest().new_tasks == 7


def test_a_refresh_that_takes_long(
    desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts from its beginning; nothing is told of it as a success before it is one."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", 1)
    number = desk.make()
    desk.put(number, "Task")
    begun, first = clock.instant, desk.begin()
    assert desk.health().at is None
    later(clock, 4)
    row = desk.go_on(first.refresh)
    assert row is not None
    assert row.state == RefreshState.SUCCEEDED
    (status,) = decode_statuses(row.providers)
    assert (status.started, status.finished) == (begun, clock.instant)
    assert (row.started, row.finished, desk.health().at) == (begun, *(clock.instant,) * 2)

    later(clock, 1)
    assert desk.begin() == RefreshStart(created=True, refresh=2)


def test_what_is_forgotten(desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox's own refreshes, never those of others."""
    monkeypatch.setattr(refresh_job, "MAX_HISTORY", 2)
    other = Desk(desk.store, new_mailbox(desk.store))
    other.begin()
    for _ in range(4):
        desk.begin()
        later(clock)
    with desk.store.reading() as session:
        kept = refresh_history.list_refreshes(session, desk.mailbox, Instant(0))

    assert [row.id for row in kept] == [4, 3]
    assert other.latest().id == 1


def test_a_task_that_is_new_on_the_list(desk: Desk, clock: FrozenClock) -> None:
    """It is new there from when it is seen, and is as nobody has pinned it."""
    clock.instant = Instant(NOW + TICKS_PER_SECOND // 2)
    desk.put(desk.make(), "Task")
    later(clock)
    desk.begin()
    (task,) = desk.tasks()

    assert (task.discovered, task.pinned) == (clock.instant, None)
    assert task.modified == NOW


def test_what_the_user_has_written(desk: Desk, clock: FrozenClock) -> None:
    """It is no news to the next refresh."""
    number = desk.make()
    desk.put(number, "Task")
    desk.begin()
    later(clock)
    with desk.store.writing(desk.mailbox.id) as session:
        written = tasks.update_task(session, 1, WritableField.TITLE, "Mine", "en-US")
    assert written.error is WriteError.NO_VALUE
    desk.begin()

    assert decode_changes(desk.latest().changes) == {}


def test_pinned_after_it_was_changed(desk: Desk, clock: FrozenClock) -> None:
    """What is told of the source later does not make the task older."""
    clock.instant = Instant(NOW + TICKS_PER_SECOND // 2)
    number = desk.make()
    desk.put(number, "Task")
    desk.begin()
    desk.change(number, 1, title="Changed")
    later(clock)
    with desk.store.writing(desk.mailbox.id) as session:
        tasks.pin_task(session, 1, pinned=True)
    desk.begin()
    (task,) = desk.tasks()
    assert (task.name, task.modified) == ("Changed", NOW + 300 * TICKS_PER_SECOND)

    later(clock)
    desk.change(number, 1, title="Changed again")
    later(clock)
    desk.begin()
    assert desk.tasks()[0].modified == NOW + 600 * TICKS_PER_SECOND


def test_what_is_left_of_deleted_tasks(desk: Desk, clock: FrozenClock) -> None:
    """Something stays until a refresh has seen that one is gone, and only if one had seen it."""
    number = desk.make()
    desk.put(number, "Seen")
    desk.begin()
    desk.put(number, "Unseen")
    desk.delete(number, 1)
    desk.delete(number, 2)

    def left() -> list[int]:
        with desk.store.reading() as session:
            found = provider_items.list_changed(session, desk.mailbox.id, number, 0, ALL)
        return [item.id for item in found]

    assert left() == [1]
    with desk.store.reading() as session:
        assert provider_items.get(session, desk.mailbox.id, number, 1) is None
        assert provider_items.list_page(session, desk.mailbox, number, Slice(ALL)) == []
    later(clock)
    desk.begin()
    assert (left(), desk.names(), desk.get(number).items) == ([], [], 0)


def test_a_provider_that_cannot_be_asked(desk: Desk, clock: FrozenClock) -> None:
    """The others are read, and what it has to tell is read once it can be asked again."""
    site, project = desk.make(), desk.make("Project", PROJECTS)
    desk.put(site, "Before")
    desk.put(project, "Before, too")
    desk.begin()
    later(clock)
    desk.begin()
    last = desk.latest().finished
    later(clock)
    desk.put(site, "Lost")
    desk.put(project, "Found")
    desk.take_down(site)
    desk.begin()
    health = desk.health()

    assert desk.names()[0] == "Found"
    assert desk.latest().state == RefreshState.SUCCEEDED
    assert health.succeeded is False
    assert [(error.provider, error.succeeded) for error in health.errors] == [(1, last)]
    assert health.errors[0].correlation == desk.latest().correlation

    later(clock)
    desk.take_down(project)
    desk.begin()
    assert desk.latest().state == RefreshState.FAILED
    assert len(desk.health().errors) == 2

    later(clock)
    desk.take_down(site, down=False)
    desk.take_down(project, down=False)
    desk.begin()
    assert desk.names()[0] == "Lost"
    assert (desk.health().succeeded, desk.health().errors) == (True, [])


def test_the_last_success_is_kept_longer_than_the_history(
    desk: Desk, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_job, "MAX_HISTORY", 2)
    number = desk.make()
    desk.put(number, "Task")
    desk.begin()
    succeeded = desk.latest().finished
    desk.take_down(number)
    for _ in range(5):
        later(clock)
        desk.begin()
    assert [(one.provider, one.succeeded) for one in desk.health().errors] == [(1, succeeded)]


def test_a_provider_that_could_never_be_asked(desk: Desk) -> None:
    number = desk.make()
    desk.take_down(number)
    desk.begin()

    assert desk.latest().state == RefreshState.FAILED
    assert [(error.provider, error.succeeded) for error in desk.health().errors] == [(1, None)]


def test_locations(desk: Desk, clock: FrozenClock) -> None:
    """A list becomes one with the user's first task there; it expires, and comes back."""

    def listed() -> dict[str, locations.Location]:
        with desk.store.reading() as session:
            found = locations.list_locations(session, desk.mailbox, clock.instant)
        return {location.row.name: location for location in found}

    number = desk.make("To do")
    desk.put(number, "Theirs", assigned=[2])
    desk.begin()
    assert list(listed()) == ["Personal"]

    later(clock)
    desk.put(number, "Mine")
    desk.begin()
    found = listed()
    assert list(found) == ["Personal", "a", "a: To do"]
    site, place = found["a"], found["a: To do"]
    assert (site.row.parent, place.row.parent) == (-1, site.row.id)
    assert (site.important, place.important) == (False, True)
    assert (place.provider_key, site.row.url) == ("SharePoint", "/sites/a")
    assert place.row.url == "/sites/a/Lists/To%20do/AllItems.aspx"
    assert place.row.color

    clock.instant = Instant(clock.instant + 200 * TICKS_PER_DAY)
    assert list(listed()) == ["Personal"]
    desk.change(number, 2, title="Still mine")
    desk.begin()
    assert list(listed()) == ["Personal", "a", "a: To do"]
