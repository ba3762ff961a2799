"""What a refresh reads of provider lists, and what that costs."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.workmanagement.providers import lists
from afterlook.workmanagement.providers.items import create_item
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.refresh import reader as refresh_reader
from afterlook.workmanagement.refresh.apply import ApplyResult, apply_item
from afterlook.workmanagement.refresh.job import IGNORED, RefreshStart
from afterlook.workmanagement.refresh.report import (
    Changes,
    RefreshState,
    decode_changes,
    decode_statuses,
)
from tests.support.provider_lists import PROJECTS, ProviderFixture


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_counts(providers: ProviderFixture, clock: FrozenClock) -> None:
    """By the site that a list is in: tasks that came, changed and went."""
    one, two = providers.make("One"), providers.make("Two")
    project = providers.make("Project", PROJECTS)
    for number in (one, two, project):
        providers.put(number, "Active")
        providers.put(number, "Done", checkmark=True)
    providers.begin()
    found = decode_changes(providers.latest().changes)
    assert list(found.values()) == [Changes(1, 2, 4, 0, 0), Changes(4, 1, 2, 0, 0)]
    assert providers.latest().new_tasks == providers.health().new_tasks == 6

    later(clock)
    providers.change(one, 1, title="Other")
    providers.delete(two, 1)
    providers.begin()
    assert list(decode_changes(providers.latest().changes).values()) == [Changes(1, 0, 0, 1, 1)]
    assert providers.latest().new_tasks == 0


def test_statuses(providers: ProviderFixture) -> None:
    providers.put(providers.make(), "Task")
    providers.put(providers.make("Project", PROJECTS), "Task")
    providers.begin()
    statuses = decode_statuses(providers.latest().providers)

    assert [(status.provider, status.root, status.failed) for status in statuses] == [
        (1, 1, None),
        (2, 3, None),
    ]


def test_costs_by_what_changed(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many tasks those are read that were written to since."""
    number = providers.make()
    for index in range(60):
        providers.put(number, f"{index}")
    providers.begin()
    later(clock)
    for item in (7, 3, 7):
        providers.change(number, item, title="New")
    read: list[int] = []

    def noted(session: object, source: object, item: object) -> ApplyResult:
        read.append(item.id)  # type: ignore[attr-defined]
        return apply_item(session, source, item)  # type: ignore[arg-type]

    monkeypatch.setattr(refresh_reader, "apply_item", noted)
    providers.begin()
    assert read == [3, 7]

    later(clock)
    providers.begin()
    assert read == [3, 7]


@pytest.mark.parametrize("portion", [1, 2, 3, 4, 5])
def test_what_was_written_together(
    providers: ProviderFixture, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """Is read together, wherever a portion ends."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", portion)
    number = providers.make()
    providers.put(number, "0")
    with providers.store.write_session(providers.mailbox) as session:
        for title in ("1", "2", "3"):
            source = lists.get_list(session, number)
            assert source is not None
            create_item(session, source, {"title": title, "assigned": [ME]})
    providers.put(number, "4")
    begun = providers.begin()
    for _ in range(5):
        providers.go_on(begun.refresh)
    assert providers.names() == ["4", "3", "2", "1", "0"]
    assert providers.latest().state == RefreshState.SUCCEEDED


@pytest.mark.parametrize("portion", [1, 2, 3, 7, 8])
def test_portions(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch, portion: int
) -> None:
    """A refresh goes on whenever somebody asks for it; nothing is read twice or passed over."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", portion)
    one, two = providers.make("One"), providers.make("Two")
    for number in (one, two, one, two, one, two, two):
        providers.put(number, "Task")
    begun = providers.begin()
    pending = providers.latest().state == RefreshState.PENDING
    assert pending is (portion <= 7)
    if pending:
        assert providers.begin() == RefreshStart(created=False, refresh=begun.refresh)
    for _ in range(10):
        row = providers.go_on(begun.refresh)
        assert row is not None
        if row.state == RefreshState.SUCCEEDED:
            break
    later(clock, 1)
    assert providers.begin().refresh == IGNORED
    assert providers.go_on(begun.refresh) == providers.latest()
    assert sorted(task.provider_key or "" for task in providers.tasks()) == sorted(
        [*(f"{one}/{item}" for item in (1, 2, 3)), *(f"{two}/{item}" for item in (1, 2, 3, 4))]
    )
    assert providers.latest().new_tasks == 7
