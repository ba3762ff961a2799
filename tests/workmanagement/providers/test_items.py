"""What lists of tasks take, and how the fields of a task there hang together."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.keyset import Cursor, KeysetPage
from afterlook.store.pages import Order
from afterlook.workmanagement import list_pages
from afterlook.workmanagement.providers import items, lists
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import NOW


def test_bounds(providers: ProviderFixture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "MAX_ITEMS", 1)
    monkeypatch.setattr(lists, "MAX_LISTS", 2)
    number = providers.make("One")
    providers.make("Two")
    providers.put(number, "Task")
    for refused in (lambda: providers.put(number, "Other"), lambda: providers.make("Three")):
        with pytest.raises(ProviderWriteRejected) as raised:
            refused()
        assert raised.value.error is ProviderWriteError.TOO_MANY


def test_numbers_are_not_given_out_again(providers: ProviderFixture) -> None:
    number = providers.make()
    providers.put(number, "One")
    providers.delete(number, 1)

    assert providers.put(number, "Two").id == 2
    with pytest.raises(ProviderWriteRejected):
        providers.delete(number, 1)


def test_when_an_item_was_written(providers: ProviderFixture, clock: FrozenClock) -> None:
    number = providers.make()
    created = providers.put(number, "Task")
    clock.instant = Instant(clock.instant + TICKS_PER_SECOND)
    changed = providers.change(number, 1, title="Other")

    assert (created.created, created.modified) == (NOW, NOW)
    assert (changed.created, changed.modified) == (NOW, clock.instant)
    assert providers.get(number).modified == clock.instant


@pytest.mark.parametrize("order", [(), (("title", True),)])
@pytest.mark.parametrize(("most", "at_first"), [(1, 1), (7, 2), (12, 1), (12, 3), (1000, 2)])
@pytest.mark.parametrize("size", [1, 4, 6, 100])
def test_pages_end_with_much_text(
    providers: ProviderFixture,
    monkeypatch: pytest.MonkeyPatch,
    order: Order,
    most: int,
    at_first: int,
    size: int,
) -> None:
    """Each goes on where the one before it ended, however many reads it took."""
    monkeypatch.setattr(list_pages, "MAX_TEXT", most)
    monkeypatch.setattr(list_pages, "_FIRST_READ", at_first)
    number = providers.make()
    bodies = [None, "x" * 5, "x" * 5, None, "x" * 20, "x"]
    for title, body in enumerate(bodies):
        providers.put(number, str(title), body=body)
    provider_list, cursor, seen = providers.get(number), None, list[str]()
    more = True
    while more:
        with providers.store.read_session(providers.mailbox) as session:
            page = KeysetPage(size, order, cursor=cursor)
            found, more = items.list_page(session, provider_list, page)
            key = items.get_sort_key(session, provider_list, order, found[-1].id)
        assert 0 < len(found) <= size
        assert key is not None
        assert sum(len(item.body or "") for item in found[:-1]) < most
        seen += [item.title for item in found]
        cursor = Cursor(key)
    titles = [str(title) for title in range(len(bodies))]
    assert seen == (titles[::-1] if order else titles)
