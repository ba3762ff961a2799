"""The tasks in provider lists.

Owns that every write is counted by its list, for a refresh to know what is new.
"""

from __future__ import annotations

from typing import Any

from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.store.keyset import Key, KeysetPage
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import provider_items, provider_lists, tasks
from afterlook.store.workmanagement.rows import (
    ProviderItemRow,
    ProviderListRow,
    join_numbers,
    split_numbers,
)
from afterlook.workmanagement.list_pages import ListPage, read_page
from afterlook.workmanagement.providers.item_values import ItemValues, check_values
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected
from afterlook.workmanagement.providers.originals import provider_key
from afterlook.workmanagement.providers.progress import PRIORITIES, STATUSES, derive_progress

MAX_ITEMS = 30_000
"""The most items of one list, the product's own recommendation."""


def get_item(
    session: ReadSession, provider_list: ProviderListRow, item: int
) -> ProviderItemRow | None:
    """Return a task of a list."""
    return provider_items.get(session, provider_list.id, item)


def get_sort_key(
    session: ReadSession, provider_list: ProviderListRow, order: Order, item: int
) -> Key | None:
    """Return what a task of a list is sorted by, if it is there."""
    return provider_items.get_sort_key(session, provider_list.id, order, item)


def list_page(
    session: ReadSession, provider_list: ProviderListRow, page: KeysetPage
) -> ListPage[ProviderItemRow]:
    """Return a page of a list's tasks; one with much text ends before it is full."""
    return read_page(
        lambda part: provider_items.list_page(session, provider_list.id, part),
        lambda item: len(item.body or ""),
        page,
    )


def create_item(
    session: WriteSession, provider_list: ProviderListRow, values: ItemValues
) -> ProviderItemRow:
    """Create a task in a list. Raises `ProviderWriteRejected`."""
    if provider_list.items >= MAX_ITEMS:
        raise ProviderWriteRejected(ProviderWriteError.TOO_MANY)
    blank = ProviderItemRow(
        list=provider_list.id,
        id=provider_list.next_item,
        guid=str(session.guid()),
        version=1,
        change=session.change_number,
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
        raise ProviderWriteRejected(ProviderWriteError.TITLE_INVALID, "Title")
    item = _with_values(session, blank, values)
    provider_items.add(session, item)
    _touch_list(session, provider_list._replace(next_item=provider_list.next_item + 1), 1)
    return item


def update_item(
    session: WriteSession,
    provider_list: ProviderListRow,
    number: int,
    values: ItemValues,
    precondition: Precondition = UNCONDITIONAL,
) -> ProviderItemRow:
    """Write over a task of a list, if its version meets the precondition.

    Raises `ProviderWriteRejected`.
    """
    item = _get_or_reject(session, provider_list, number, precondition)
    updated = _with_values(session, item, values)._replace(
        version=item.version + 1, change=session.change_number, modified=session.now
    )
    provider_items.replace(session, updated)
    _touch_list(session, provider_list)
    return updated


def delete_item(
    session: WriteSession,
    provider_list: ProviderListRow,
    number: int,
    precondition: Precondition = UNCONDITIONAL,
) -> None:
    """Delete a task of a list, if its version meets the precondition.

    Where it is on the user's own list its row stays until a refresh has read it. Raises
    `ProviderWriteRejected`.
    """
    item = _get_or_reject(session, provider_list, number, precondition)
    if tasks.find_by_provider_key(session, provider_list.provider, provider_key(item)) is None:
        provider_items.remove(session, provider_list.id, number)
    else:
        provider_items.replace(session, item._replace(deleted=True, change=session.change_number))
    _touch_list(session, provider_list, -1)


def _get_or_reject(
    session: WriteSession, provider_list: ProviderListRow, number: int, precondition: Precondition
) -> ProviderItemRow:
    item = provider_items.get(session, provider_list.id, number)
    if item is None:
        raise ProviderWriteRejected(ProviderWriteError.GONE)
    if not precondition.is_met_by(str(item.version)):
        raise ProviderWriteRejected(ProviderWriteError.STALE, str(item.version))
    return item


def _touch_list(session: WriteSession, provider_list: ProviderListRow, more: int = 0) -> None:
    """Note on a list that it has been written to, and holds `more` items than before."""
    touched = provider_list._replace(
        change=session.change_number, modified=session.now, items=provider_list.items + more
    )
    provider_lists.replace(session, touched)


def _with_values(
    session: WriteSession, item: ProviderItemRow, values: ItemValues
) -> ProviderItemRow:
    """Return an item with values over it. Raises `ProviderWriteRejected`."""
    check_values(item, values)
    _check_lookups(session, item, values)
    columns: dict[str, Any] = dict(values)
    checkmark = columns.pop("checkmark", None)
    for name in ("assigned", "predecessors"):
        if name in columns:
            columns[name] = join_numbers(columns[name])
    percent, status = derive_progress(
        item, checkmark=checkmark, percent=columns.get("percent"), status=columns.get("status")
    )
    return item._replace(**(columns | {"percent": percent, "status": status}))


def _check_lookups(session: WriteSession, item: ProviderItemRow, values: ItemValues) -> None:
    """Check that the items which one refers to are there, and not itself.

    What it refers to already may have been deleted since: a client may send back what it has read.
    Raises `ProviderWriteRejected`.
    """
    parent = values.get("parent")
    new = {
        "ParentIDId": {parent} - {item.parent, None},
        "PredecessorsId": {*values.get("predecessors", ())} - {*split_numbers(item.predecessors)},
    }
    present = provider_items.filter_existing(session, item.list, set().union(*new.values()))
    for name, numbers in new.items():
        if item.id in numbers or numbers - present:
            raise ProviderWriteRejected(ProviderWriteError.VALUE_INVALID, name)
