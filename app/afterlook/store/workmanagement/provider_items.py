"""Statements on the tasks in provider lists."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from sqlalchemy import bindparam, case, delete, func, insert, select, update

from afterlook.store.folding import fold
from afterlook.store.keyset import Key, KeyedListing, KeysetPage
from afterlook.store.pages import Order, asked_columns
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement import persons
from afterlook.store.workmanagement.moments import whole_seconds
from afterlook.store.workmanagement.rows import ProviderItemRow
from afterlook.store.workmanagement.tables import ProviderItem

_item = table(ProviderItem)
_columns = [_item.c[name] for name in ProviderItemRow._fields]
_in_list = (
    _item.c.mailbox == bindparam("of_mailbox"),
    _item.c.list == bindparam("of_list"),
)
_this = (*_in_list, _item.c.id == bindparam("of_id"))
_alive = _item.c.deleted.is_(False)

_GET = select(*_columns).where(*_this, _alive)
_first, _author = persons.first(_item.c.assigned), case((_item.c.id < 0, 0), else_=1)
_LISTING = KeyedListing(
    select(*_columns).where(*_in_list, _alive),
    asked_columns(_item)
    # These hold what the product itself wrote, which either engine can lower.
    | {name: func.lower(_item.c[name]) for name in ("status", "priority", "guid")}
    | {name: whole_seconds(_item.c[name]) for name in ("start", "due", "created", "modified")}
    | {
        "is_complete": _item.c.percent >= 1,
        "content_type": case((_item.c.is_workflow, "0x010801"), else_="0x0108"),
        "assigned_first": _first,
        "assigned_title": persons.title(_first),
        "assigned_mail": persons.mail(_first),
        "assigned_titles": persons.titles(_item.c.assigned),
        "assigned_mails": persons.mails(_item.c.assigned),
        "predecessors_first": persons.first(_item.c.predecessors),
        # Whoever asks: but PostgreSQL sorts by no constant.
        "author": _author,
        "author_title": persons.title(_author),
        "author_mail": persons.mail(_author),
    },
    _item.c.id,
)
_CHANGED = (
    select(*_columns)
    .where(*_in_list, _item.c.change > bindparam("seen"))
    .order_by(_item.c.change, _item.c.id)
    .limit(bindparam("limit"))
)
_CHANGED_TOGETHER = (
    select(*_columns)
    .where(*_in_list, _item.c.change == bindparam("change"), _item.c.id > bindparam("after"))
    .order_by(_item.c.id)
)
_SUCCESSORS = (
    select(_item.c.title)
    .where(*_in_list, _alive, _item.c.predecessors.like(bindparam("pattern")))
    .order_by(_item.c.id)
)
_step = (_item.c.id, _item.c.parent, _item.c.title)
_above = select(*_step).where(*_this, _alive).cte("above", recursive=True)
# Each is found once: nobody keeps a task from being part of itself.
_above = _above.union(select(*_step).where(*_in_list, _alive, _item.c.id == _above.c.parent))
_ANCESTORS = select(_above.c.id, _above.c.parent, _above.c.title)
_EXISTING = select(_item.c.id).where(
    *_in_list, _alive, _item.c.id.in_(bindparam("of_ids", expanding=True))
)
_ADD = insert(_item)
_REPLACE = (
    update(_item)
    .where(*_this)
    .values(
        {
            name: bindparam(name)
            for name in (*ProviderItemRow._fields, "title_key")
            if name not in ("list", "id")
        }
    )
)
_DELETE = delete(_item).where(*_this)


def get(session: ReadSession, list_id: int, item: int) -> ProviderItemRow | None:
    """Find a task that has not been deleted."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_list": list_id, "of_id": item})
    return None if row is None else ProviderItemRow._make(row)


def filter_existing(session: ReadSession, list_id: int, numbers: Collection[int]) -> set[int]:
    """Return which of some numbers are those of tasks that have not been deleted."""
    of = {"of_mailbox": session.mailbox.id, "of_list": list_id, "of_ids": sorted(numbers)}
    return {row[0] for row in session.ad_hoc(_EXISTING, of)} if numbers else set()


class ListedItem(NamedTuple):
    """A task, and its key in the order that was asked for."""

    item: ProviderItemRow
    key: Key


def list_page(session: ReadSession, list_id: int, page: KeysetPage) -> Sequence[ListedItem]:
    """Return a page of the tasks, nearest first, and one more where more follow."""
    rows = _LISTING.read_rows(session, page, _parameters(session.mailbox, list_id))
    return [ListedItem(ProviderItemRow._make(row), key) for row, key in rows]


def get_sort_key(session: ReadSession, list_id: int, order: Order, item: int) -> Key | None:
    """Return the key of a task in an order, if there is such a task."""
    return _LISTING.key_of(session, order, item, _parameters(session.mailbox, list_id))


def _parameters(mailbox: MailboxRow, list_id: int) -> dict[str, object]:
    return {"of_mailbox": mailbox.id, "of_list": list_id, **persons.owner_parameters(mailbox)}


def list_changed(
    session: ReadSession, list_id: int, seen: int, limit: int
) -> list[ProviderItemRow]:
    """List what was written after a number, deleted ones too, in the order of the writes.

    What was written together is listed together: there may be more than the limit by that.
    """
    of = {"of_mailbox": session.mailbox.id, "of_list": list_id}
    rows = session.all(_CHANGED, {**of, "seen": seen, "limit": limit})
    items = [ProviderItemRow._make(row) for row in rows]
    if len(items) == limit:
        last = {"change": items[-1].change, "after": items[-1].id}
        items += map(ProviderItemRow._make, session.all(_CHANGED_TOGETHER, {**of, **last}))
    return items


def list_successors(session: ReadSession, list_id: int, item: int) -> list[str]:
    """List the titles of the tasks that depend on one."""
    of = {"of_mailbox": session.mailbox.id, "of_list": list_id, "pattern": f"%,{item},%"}
    return [row[0] for row in session.all(_SUCCESSORS, of)]


def list_ancestors(session: ReadSession, list_id: int, item: int) -> list[str]:
    """List the titles of what a task is part of, the outermost first."""
    of = {"of_mailbox": session.mailbox.id, "of_list": list_id, "of_id": item}
    steps = {row[0]: (row[1], row[2]) for row in session.all(_ANCESTORS, of)}
    parent = steps.pop(item)[0]
    titles: list[str] = []
    while parent in steps:
        parent, title = steps.pop(parent)
        titles.append(title)
    return titles[::-1]


def add(session: WriteSession, item: ProviderItemRow) -> None:
    """Write a new task."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **_columns_of(item)})


def replace(session: WriteSession, item: ProviderItemRow) -> None:
    """Write every column of a task anew."""
    values = _columns_of(item)
    this = {"of_mailbox": session.mailbox.id, "of_list": item.list, "of_id": item.id}
    del values["list"], values["id"]
    session.execute(_REPLACE, {**this, **values})


def remove(session: WriteSession, list_id: int, item: int) -> None:
    """Delete the row of a task, with its mark that it was deleted."""
    of = {"of_mailbox": session.mailbox.id, "of_list": list_id, "of_id": item}
    session.execute(_DELETE, of)


def _columns_of(item: ProviderItemRow) -> dict[str, object]:
    return {**item._asdict(), "title_key": fold(item.title)}
