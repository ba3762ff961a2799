"""Statements on task lists as To Do has them: the task folders and Flagged Emails.

Flagged Emails is in every mailbox and in no table: the other faces have no such folder. What reads
lists here reads a row for it too, so that a page, a filter and a count have it in its place.
"""

from __future__ import annotations

import sys
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, cast, literal, select, union_all
from sqlalchemy.types import TypeEngine

from afterlook.odata.filter.tree import Expression
from afterlook.store.extensions import relate_extensions
from afterlook.store.folders import WITH_GROUP, make_feed
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import Mailbox, TaskFolder, table

FLAGGED_EMAILS = FolderRow(
    id=0x110,
    change=0x110,
    group_id=0,
    name="Flagged Emails",
    is_default=False,
    parent_group_key="",
)
"""The list of mails that have a flag: here there are none.

Its number is the one before the first that a mailbox gives out.
"""

_AFTER_ALL = chr(sys.maxunicode) * 256
"""What no folder's name comes after: none is as long."""


def _typed(value: object, type_: TypeEngine[Any]) -> ColumnElement[Any]:
    """Return a value of the type of a column; a cast names no collation."""
    return cast(literal(value), Text() if isinstance(type_, Text) else type_)


_folder = table(TaskFolder)
_mailbox = table(Mailbox)
# SQLite reads by name from both sides, without sorting all lists for each page of them, where each
# side has a table, their columns are of one type, and what they are sorted by is read too.
_stored = WITH_GROUP.add_columns(_folder.c.name_key, _folder.c.name_key.label("sorted_by")).where(
    _folder.c.mailbox == bindparam("of_mailbox")
)
_built_in = select(
    *(
        _typed(value, column.type).label(column.name)
        for value, column in zip(
            (*FLAGGED_EMAILS, fold(FLAGGED_EMAILS.name), _AFTER_ALL),
            _stored.selected_columns,
            strict=True,
        )
    )
).where(_mailbox.c.id == bindparam("of_mailbox"))
_list = union_all(_stored, _built_in).subquery("task_list")
_LISTING = Listing(
    select(*_list.c).select_from(_list),
    {
        "id": _list.c.id,
        "name": _list.c.name_key,
        "extensions": relate_extensions(_list.c.id),
    },
    _list.c.sorted_by,
)

FEED = make_feed(FLAGGED_EMAILS)
"""The lists of a mailbox by change position, the default one leading, Flagged Emails last."""


def list_page(session: ReadSession, page: Page) -> list[FolderRow]:
    """List the lists of a mailbox by name, Flagged Emails last."""
    of = {"of_mailbox": session.mailbox.id}
    return [
        FolderRow._make(row[: len(FolderRow._fields)])
        for row in _LISTING.read_rows(session, page, of)
    ]


def count(session: ReadSession, filter_: Expression | None) -> int:
    """Count the lists of a mailbox."""
    return _LISTING.count(session, filter_, {"of_mailbox": session.mailbox.id})
