"""The tasks in the lists that providers have.

Owns that every write is counted by its list, for a refresh to know what is new. Must not know how
a client writes one.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from afterlook.odata.etag import ANY, Conditions
from afterlook.store.keyset import Key, Slice
from afterlook.store.pages import Order
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import provider_items, provider_lists, tasks
from afterlook.store.workmanagement.rows import (
    ProviderItemRow,
    ProviderListRow,
    WorkTaskRow,
    join_numbers,
    split_numbers,
)
from afterlook.workmanagement.itemvalues import ItemValues, check
from afterlook.workmanagement.listpages import ListPage, page
from afterlook.workmanagement.locations import WITH_LISTS
from afterlook.workmanagement.progress import PRIORITIES, STATUSES, progress
from afterlook.workmanagement.sources import SourceError, SourceRefusal

MOST_ITEMS = 30_000
"""The most items of one list, the product's own recommendation."""


def key_of(item: ProviderItemRow) -> str:
    """Return what a provider knows a task by."""
    return f"{item.list}/{item.id}"


class Place(NamedTuple):
    """Where a task is at its provider: the numbers of its list and, within that, of itself."""

    list: int
    item: int


def place_of(task: WorkTaskRow) -> Place | None:
    """Return where the original of a task is, by what its provider knows it by.

    None for the user's own, and for what is in no list.
    """
    source, _, number = (task.provider_key or "").partition("/")
    if not (has_source(task) and source.isdecimal() and number.isdecimal()):
        return None
    return Place(int(source), int(number))


def has_source(task: WorkTaskRow) -> bool:
    """Tell whether the original of a task is in a list of a provider's."""
    return task.provider in WITH_LISTS


def get_item(
    session: ReadSession, mailbox: MailboxRow, source: ProviderListRow, item: int
) -> ProviderItemRow | None:
    """Return a task of a list."""
    return provider_items.get(session, mailbox.id, source.id, item)


def sort_key(
    session: ReadSession, mailbox: MailboxRow, source: ProviderListRow, order: Order, item: int
) -> Key | None:
    """Return what a task of a list is sorted by, if it is there."""
    return provider_items.get_sort_key(session, mailbox, source.id, order, item)


def page_of(
    session: ReadSession, mailbox: MailboxRow, source: ProviderListRow, asked: Slice
) -> ListPage[ProviderItemRow]:
    """Return a page of a list's tasks; one with much text ends before it is full."""
    return page(
        lambda part: provider_items.list_page(session, mailbox, source.id, part),
        lambda item: len(item.body or ""),
        asked,
    )


def create_item(
    session: WriteSession, source: ProviderListRow, values: ItemValues
) -> ProviderItemRow:
    """Create a task in a list. Raises `SourceRefusal`."""
    if source.items >= MOST_ITEMS:
        raise SourceRefusal(SourceError.TOO_MANY)
    blank = ProviderItemRow(
        list=source.id,
        id=source.next_item,
        guid=str(session.guid()),
        version=1,
        change=session.change,
        deleted=False,
        title="",
        body=None,
        start=None,
        due=None,
        percent=0.0,
        status=STATUSES[0],
        priority=PRIORITIES[1],
        assigned="",
        parent=None,
        predecessors="",
        is_workflow=False,
        created=session.now,
        modified=session.now,
    )
    if "title" not in values:
        raise SourceRefusal(SourceError.TITLE_INVALID, "Title")
    item = _written(session, blank, values)
    provider_items.add(session, item)
    _count(session, source._replace(next_item=source.next_item + 1), 1)
    return item


def update_item(
    session: WriteSession,
    source: ProviderListRow,
    number: int,
    values: ItemValues,
    conditions: Conditions = ANY,
) -> ProviderItemRow:
    """Write over a task of a list, if its version meets the conditions. Raises `SourceRefusal`."""
    item = _existing(session, source, number, conditions)
    written = _written(session, item, values)._replace(
        version=item.version + 1, change=session.change, modified=session.now
    )
    provider_items.replace(session, written)
    _count(session, source)
    return written


def delete_item(
    session: WriteSession, source: ProviderListRow, number: int, conditions: Conditions = ANY
) -> None:
    """Delete a task of a list, if its version meets the conditions. Raises `SourceRefusal`.

    Where it is on the user's own list, something of it stays until that is told.
    """
    item = _existing(session, source, number, conditions)
    if tasks.find_by_provider_key(session, session.mailbox, source.provider, key_of(item)) is None:
        provider_items.remove(session, source.id, number)
    else:
        provider_items.replace(session, item._replace(deleted=True, change=session.change))
    _count(session, source, -1)


def _existing(
    session: WriteSession, source: ProviderListRow, number: int, conditions: Conditions
) -> ProviderItemRow:
    item = provider_items.get(session, session.mailbox, source.id, number)
    if item is None:
        raise SourceRefusal(SourceError.GONE)
    broken = conditions.broken_by(str(item.version))
    if broken is not None:
        raise SourceRefusal(SourceError.STALE, str(item.version), broken)
    return item


def _count(session: WriteSession, source: ProviderListRow, more: int = 0) -> None:
    """Note on a list that it has been written to."""
    noted = source._replace(change=session.change, modified=session.now, items=source.items + more)
    provider_lists.replace(session, noted)


def _written(session: WriteSession, item: ProviderItemRow, values: ItemValues) -> ProviderItemRow:
    """Return an item with values over it. Raises `SourceRefusal`."""
    check(item, values)
    _check_lookups(session, item, values)
    plain: dict[str, Any] = dict(values)
    checkmark = plain.pop("checkmark", None)
    for name in ("assigned", "predecessors"):
        if name in plain:
            plain[name] = join_numbers(plain[name])
    percent, status = progress(
        item, checkmark=checkmark, percent=plain.get("percent"), status=plain.get("status")
    )
    return item._replace(**(plain | {"percent": percent, "status": status}))


def _check_lookups(session: WriteSession, item: ProviderItemRow, values: ItemValues) -> None:
    """Check that what an item is to lead to is there, and not itself. Raises `SourceRefusal`.

    What it leads to already may have been deleted since: a client may send back what it has read.
    """
    parent = values.get("parent")
    new = {
        "ParentIDId": {parent} - {item.parent, None},
        "PredecessorsId": {*values.get("predecessors", ())} - {*split_numbers(item.predecessors)},
    }
    known = provider_items.filter_existing(
        session, session.mailbox, item.list, set().union(*new.values())
    )
    for name, numbers in new.items():
        if item.id in numbers or numbers - known:
            raise SourceRefusal(SourceError.VALUE_INVALID, name)
