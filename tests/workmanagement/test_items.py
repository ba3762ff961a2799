"""What lists of tasks take, and how the fields of a task there hang together."""

from typing import Any

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.keyset import Place, Slice
from afterlook.store.pages import Order
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.workmanagement import list_pages
from afterlook.workmanagement.providers import items, lists
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected
from tests.store.conftest import NOW
from tests.workmanagement.providing import Desk

PROGRESS: list[tuple[dict[str, Any], dict[str, Any], float, str]] = [
    ({}, {}, 0.0, "Not Started"),
    ({}, {"checkmark": True}, 1.0, "Completed"),
    ({}, {"percent": 0.5}, 0.5, "In Progress"),
    ({}, {"percent": 1}, 1.0, "Completed"),
    ({}, {"status": "Completed"}, 1.0, "Completed"),
    ({}, {"status": "Deferred"}, 0.0, "Deferred"),
    ({}, {"status": "Not Started", "percent": 0.1}, 0.1, "In Progress"),
    ({}, {"status": "Completed", "percent": 0.1}, 0.1, "In Progress"),
    ({}, {"checkmark": False, "percent": 1.0}, 0.0, "Not Started"),
    ({"percent": 0.5}, {"status": "Waiting on someone else"}, 0.5, "Waiting on someone else"),
    ({"percent": 0.5}, {"status": "Not Started"}, 0.0, "Not Started"),
    ({"percent": 0.5}, {"checkmark": False}, 0.5, "In Progress"),
    ({"checkmark": True}, {"checkmark": False}, 0.0, "Not Started"),
    ({"checkmark": True}, {"status": "In Progress"}, 0.0, "In Progress"),
    ({"checkmark": True}, {"title": "Other"}, 1.0, "Completed"),
]

WRONG: list[dict[str, Any]] = [
    {"title": ""},
    {"title": "x" * 256},
    {"body": "x" * 64_000},
    {"start": -1},
    {"due": 10**19},
    {"percent": 1.1},
    {"percent": float("nan")},
    {"status": "Done"},
    {"priority": "High"},
    {"assigned": [0]},
    {"assigned": [2**31]},
    {"assigned": [2] * 101},
    {"predecessors": [-1]},
    {"parent": 2**31},
    {"parent": -1},
]


@pytest.fixture
def desk(store: Store, mailbox: MailboxRow) -> Desk:
    """Return a desk."""
    return Desk(store, mailbox)


@pytest.mark.parametrize(("before", "given", "percent", "status"), PROGRESS)
def test_progress(
    desk: Desk, before: dict[str, Any], given: dict[str, Any], percent: float, status: str
) -> None:
    number = desk.make()
    desk.put(number, "Task", **before)
    changed = desk.change(number, 1, **given)

    assert (changed.percent, changed.status, changed.version) == (percent, status, 2)


@pytest.mark.once
@pytest.mark.parametrize("given", WRONG)
def test_wrong_values(desk: Desk, given: dict[str, Any]) -> None:
    number = desk.make()
    desk.put(number, "Task")
    with pytest.raises(ProviderWriteRejected):
        desk.change(number, 1, **given)
    with pytest.raises(ProviderWriteRejected):
        desk.put(number, **({"title": "Other"} | given))
    assert desk.get(number).items == 1


def test_bounds(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "MAX_ITEMS", 1)
    monkeypatch.setattr(lists, "MAX_LISTS", 2)
    number = desk.make("One")
    desk.make("Two")
    desk.put(number, "Task")
    for refused in (lambda: desk.put(number, "Other"), lambda: desk.make("Three")):
        with pytest.raises(ProviderWriteRejected) as raised:
            refused()
        assert raised.value.error is ProviderWriteError.TOO_MANY


def test_numbers_are_not_given_out_again(desk: Desk) -> None:
    number = desk.make()
    desk.put(number, "One")
    desk.delete(number, 1)

    assert desk.put(number, "Two").id == 2
    with pytest.raises(ProviderWriteRejected):
        desk.delete(number, 1)


def test_when_an_item_was_written(desk: Desk, clock: FrozenClock) -> None:
    number = desk.make()
    created = desk.put(number, "Task")
    clock.instant = Instant(clock.instant + TICKS_PER_SECOND)
    changed = desk.change(number, 1, title="Other")

    assert (created.created, created.modified) == (NOW, NOW)
    assert (changed.created, changed.modified) == (NOW, clock.instant)
    assert desk.get(number).modified == clock.instant


@pytest.mark.parametrize("order", [(), (("title", True),)])
@pytest.mark.parametrize(("most", "at_first"), [(1, 1), (7, 2), (12, 1), (12, 3), (1000, 2)])
@pytest.mark.parametrize("size", [1, 4, 6, 100])
def test_pages_end_with_much_text(
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
    order: Order,
    most: int,
    at_first: int,
    size: int,
) -> None:
    """Each goes on where the one before it ended, however many reads it took."""
    monkeypatch.setattr(list_pages, "MAX_TEXT", most)
    monkeypatch.setattr(list_pages, "_FIRST_READ", at_first)
    number = desk.make()
    bodies = [None, "x" * 5, "x" * 5, None, "x" * 20, "x"]
    for title, body in enumerate(bodies):
        desk.put(number, str(title), body=body)
    source, place, seen = desk.get(number), None, list[str]()
    more = True
    while more:
        with desk.store.reading() as session:
            asked = Slice(size, order, place=place)
            found, more = items.list_page(session, desk.mailbox, source, asked)
            key = items.get_sort_key(session, desk.mailbox, source, order, found[-1].id)
        assert 0 < len(found) <= size
        assert key is not None
        assert sum(len(item.body or "") for item in found[:-1]) < most
        seen += [item.title for item in found]
        place = Place(key)
    titles = [str(title) for title in range(len(bodies))]
    assert seen == (titles[::-1] if order else titles)
