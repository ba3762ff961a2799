"""What becomes of a provider's task on the user's list."""

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.keyset import KeysetPage
from afterlook.store.workmanagement import provider_items
from afterlook.workmanagement import tasks
from afterlook.workmanagement.fields import WritableField
from afterlook.workmanagement.refresh.job import RefreshStart
from afterlook.workmanagement.refresh.report import (
    decode_changes,
)
from afterlook.workmanagement.results import WriteError
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import NOW

ALL = 10_000


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_what_is_assigned_to_the_user(providers: ProviderFixture, clock: FrozenClock) -> None:
    """Comes onto the list; what is not, or is not any more, does not stay there."""
    number = providers.make()
    providers.put(number, "Mine")
    providers.put(number, "Ours", assigned=[2, 1])
    providers.put(number, "Theirs", assigned=[11, 2])
    providers.put(number, "Nobody's", assigned=[])
    assert providers.names() == []
    assert providers.begin() == RefreshStart(created=True, refresh=1)
    assert providers.names() == ["Ours", "Mine"]

    later(clock)
    providers.change(number, 1, assigned=[2])
    providers.change(number, 3, assigned=[1])
    providers.delete(number, 2)
    providers.begin()
    assert providers.names() == ["Theirs"]
    assert [task.id for task in providers.tasks()] == [3]


def test_a_task_that_is_new_on_the_list(providers: ProviderFixture, clock: FrozenClock) -> None:
    """It is new there from when it is seen, and is as nobody has pinned it."""
    clock.instant = Instant(NOW + TICKS_PER_SECOND // 2)
    providers.put(providers.make(), "Task")
    later(clock)
    providers.begin()
    (task,) = providers.tasks()

    assert (task.discovered, task.pinned) == (clock.instant, None)
    assert task.modified == NOW


def test_what_the_user_has_written(providers: ProviderFixture, clock: FrozenClock) -> None:
    """It is no news to the next refresh."""
    number = providers.make()
    providers.put(number, "Task")
    providers.begin()
    later(clock)
    with providers.store.write_session(providers.mailbox) as session:
        written = tasks.update_task(session, 1, WritableField.TITLE, "Mine", "en-US")
    assert written.error is WriteError.NO_VALUE
    providers.begin()

    assert decode_changes(providers.latest().changes) == {}


def test_pinned_after_it_was_changed(providers: ProviderFixture, clock: FrozenClock) -> None:
    """What is read of the original later does not make the task older."""
    clock.instant = Instant(NOW + TICKS_PER_SECOND // 2)
    number = providers.make()
    providers.put(number, "Task")
    providers.begin()
    providers.change(number, 1, title="Changed")
    later(clock)
    with providers.store.write_session(providers.mailbox) as session:
        tasks.pin_task(session, 1, pinned=True)
    providers.begin()
    (task,) = providers.tasks()
    assert (task.name, task.modified) == ("Changed", NOW + 300 * TICKS_PER_SECOND)

    later(clock)
    providers.change(number, 1, title="Changed again")
    later(clock)
    providers.begin()
    assert providers.tasks()[0].modified == NOW + 600 * TICKS_PER_SECOND


def test_what_is_left_of_deleted_tasks(providers: ProviderFixture, clock: FrozenClock) -> None:
    """Something stays until a refresh has seen that one is gone, and only if one had seen it."""
    number = providers.make()
    providers.put(number, "Seen")
    providers.begin()
    providers.put(number, "Unseen")
    providers.delete(number, 1)
    providers.delete(number, 2)

    def left() -> list[int]:
        with providers.store.read_session(providers.mailbox) as session:
            found = provider_items.list_changed(session, number, 0, ALL)
        return [item.id for item in found]

    assert left() == [1]
    with providers.store.read_session(providers.mailbox) as session:
        assert provider_items.get(session, number, 1) is None
        assert provider_items.list_page(session, number, KeysetPage(ALL)) == []
    later(clock)
    providers.begin()
    assert (left(), providers.names(), providers.get(number).items) == ([], [], 0)
