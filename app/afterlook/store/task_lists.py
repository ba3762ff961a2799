"""Statements on task lists as To Do has them: the task folders and Flagged Emails.

Flagged Emails is in every mailbox and in no table: the other faces have no such folder. What reads
lists here reads a row for it too, so that a page, a filter and a count have it in its place.
"""

from __future__ import annotations

from sqlalchemy import bindparam, literal, select, union_all

from afterlook.odata.filter.tree import Expression
from afterlook.store.folders import WITH_GROUP, make_feed
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import TaskFolder, table

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

_folder = table(TaskFolder)
_stored = WITH_GROUP.add_columns(_folder.c.name_key).where(
    _folder.c.mailbox == bindparam("of_mailbox")
)
_values = [*FLAGGED_EMAILS, fold(FLAGGED_EMAILS.name)]
_built_in = select(
    *(
        literal(value, column.type).label(column.name)
        for value, column in zip(_values, _stored.selected_columns, strict=True)
    )
)
_list = union_all(_stored, _built_in).subquery("task_list")
_LISTING = Listing(
    select(*(_list.c[name] for name in FolderRow._fields)).select_from(_list),
    {"id": _list.c.id, "name": _list.c.name_key},
    _list.c.name_key,
    # A folder of the mailbox's own may be called the same.
    _list.c.id,
)

FEED = make_feed(FLAGGED_EMAILS)
"""The lists of a mailbox by change position, the default one leading."""


def list_page(session: ReadSession, page: Page) -> list[FolderRow]:
    """List the lists of a mailbox by name."""
    of = {"of_mailbox": session.mailbox.id}
    return [FolderRow._make(row) for row in _LISTING.rows(session, page, of)]


def count(session: ReadSession, filter_: Expression | None) -> int:
    """Count the lists of a mailbox."""
    return _LISTING.count(session, filter_, {"of_mailbox": session.mailbox.id})
