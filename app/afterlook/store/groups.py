"""Statements on task groups."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from afterlook.odata.filter.tree import Expression
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page, asked_columns
from afterlook.store.rows import GroupRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import TaskGroup, table

_group = table(TaskGroup)
_columns = [_group.c[name] for name in GroupRow._fields]
_this = (_group.c.mailbox == bindparam("of_mailbox"), _group.c.id == bindparam("of_id"))

_GET = select(*_columns).where(*_this)
_ALL = Listing(
    select(*_columns).where(_group.c.mailbox == bindparam("of_mailbox")),
    asked_columns(_group),
    _group.c.id,
)
_ADD = insert(_group)
_RENAME = (
    update(_group)
    .where(*_this)
    .values(name=bindparam("name"), name_key=bindparam("name_key"), change=bindparam("change"))
)
_DELETE = delete(_group).where(*_this)


def get(session: ReadSession, group_id: int) -> GroupRow | None:
    """Find a group by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": group_id})
    return None if row is None else GroupRow._make(row)


def list_page(session: ReadSession, page: Page) -> list[GroupRow]:
    """List the groups, the default one first, then in order of creation."""
    return [
        GroupRow._make(row)
        for row in _ALL.read_rows(session, page, {"of_mailbox": session.mailbox.id})
    ]


def count(session: ReadSession, filter_: Expression | None) -> int:
    """Count the groups of a mailbox."""
    return _ALL.count(session, filter_, {"of_mailbox": session.mailbox.id})


def add(session: WriteSession, group: GroupRow) -> None:
    """Write a new group."""
    session.execute(
        _ADD, {"mailbox": session.mailbox.id, "name_key": fold(group.name), **group._asdict()}
    )


def rename(session: WriteSession, group: GroupRow) -> None:
    """Write a group's name and change number."""
    session.execute(
        _RENAME,
        {
            "of_mailbox": session.mailbox.id,
            "of_id": group.id,
            "name": group.name,
            "name_key": fold(group.name),
            "change": group.change,
        },
    )


def remove(session: WriteSession, group_id: int) -> None:
    """Delete a group that no folder is in any more."""
    session.execute(_DELETE, {"of_mailbox": session.mailbox.id, "of_id": group_id})
