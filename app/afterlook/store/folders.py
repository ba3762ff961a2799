"""Statements on task folders."""

from __future__ import annotations

import sys

from sqlalchemy import bindparam, delete, insert, select, update

from afterlook.odata.filter.tree import Expression
from afterlook.store.extended_properties import relate_properties
from afterlook.store.feeds import ChangeFeed
from afterlook.store.filters import Columns
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page, asked_columns
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Change, TaskFolder, TaskGroup, table

_log = table(Change)
_folder = table(TaskFolder)
_group = table(TaskGroup)
_columns = [
    *(_folder.c[name] for name in FolderRow._fields if name in _folder.c),
    _group.c.group_key.label("parent_group_key"),
]
_in_mailbox = _folder.c.mailbox == bindparam("of_mailbox")
_in_group = _folder.c.group_id == bindparam("of_group")
_this = (_in_mailbox, _folder.c.id == bindparam("of_id"))
_its_group = (_group.c.mailbox == _folder.c.mailbox) & (_group.c.id == _folder.c.group_id)
WITH_GROUP = select(*_columns).join(_group, _its_group)
"""Folders with the GroupKey of their group, as `FolderRow` has them."""

_GET = WITH_GROUP.where(*_this)
_BY_NAME = select(_folder.c.id).where(_in_mailbox, _folder.c.name_key == bindparam("name_key"))
_NAME_KEYS = select(_folder.c.name_key).where(
    _in_mailbox,
    _folder.c.name_key >= bindparam("first"),
    _folder.c.name_key <= bindparam("last"),
)
_asked: Columns = {
    **asked_columns(_folder),
    "parent_group_key": _group.c.group_key,
    "extended": relate_properties(_folder),
}
_ALL = Listing(WITH_GROUP.where(_in_mailbox), _asked, _folder.c.name_key)
_OF_GROUP = Listing(WITH_GROUP.where(_in_mailbox, _in_group), _asked, _folder.c.name_key)
_IDS_OF_GROUP = select(_folder.c.id).where(_in_mailbox, _in_group).order_by(_folder.c.id)
_ADD = insert(_folder)
_RENAME = (
    update(_folder)
    .where(*_this)
    .values(name=bindparam("name"), name_key=bindparam("name_key"), change=bindparam("change"))
)
_MOVE = (
    update(_folder).where(*_this).values(group_id=bindparam("group_id"), change=bindparam("change"))
)
_DELETE = delete(_folder).where(*_this)


def make_feed(built_in: FolderRow | None = None) -> ChangeFeed[FolderRow]:
    """Return the folders of a mailbox by change position, the default one leading."""
    return ChangeFeed(
        _columns,
        [
            (_folder, (_folder.c.mailbox == _log.c.mailbox) & (_folder.c.id == _log.c.entity)),
            (_group, _its_group),
        ],
        FolderRow._make,
        leading=_folder.c.is_default,
        built_in=built_in,
    )


FEED = make_feed()


def get(session: ReadSession, folder_id: int) -> FolderRow | None:
    """Find a folder by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": folder_id})
    return None if row is None else FolderRow._make(row)


def find_id_by_name(session: ReadSession, name: str) -> int | None:
    """Find the folder whose name equals `name`, case aside; return its id."""
    row = session.first(_BY_NAME, {"of_mailbox": session.mailbox.id, "name_key": fold(name)})
    return None if row is None else int(row[0])


def list_name_keys(session: ReadSession, start: str) -> set[str]:
    """Return the folded names of the folders whose names begin with `start`, case aside."""
    first = fold(start)
    of = {"of_mailbox": session.mailbox.id, "first": first, "last": first + chr(sys.maxunicode)}
    return {str(row[0]) for row in session.all(_NAME_KEYS, of)}


def list_page(session: ReadSession, page: Page) -> list[FolderRow]:
    """List the folders of a mailbox by name."""
    return [
        FolderRow._make(row)
        for row in _ALL.read_rows(session, page, {"of_mailbox": session.mailbox.id})
    ]


def list_page_in_group(session: ReadSession, group_id: int, page: Page) -> list[FolderRow]:
    """List the folders of a group by name."""
    of = {"of_mailbox": session.mailbox.id, "of_group": group_id}
    return [FolderRow._make(row) for row in _OF_GROUP.read_rows(session, page, of)]


def count(session: ReadSession, filter_: Expression | None) -> int:
    """Count the folders of a mailbox."""
    return _ALL.count(session, filter_, {"of_mailbox": session.mailbox.id})


def count_in_group(session: ReadSession, group_id: int, filter_: Expression | None) -> int:
    """Count the folders of a group."""
    return _OF_GROUP.count(
        session, filter_, {"of_mailbox": session.mailbox.id, "of_group": group_id}
    )


def list_ids_in_group(session: ReadSession, group_id: int) -> list[int]:
    """List the ids of a group's folders."""
    return [
        row[0]
        for row in session.ad_hoc(
            _IDS_OF_GROUP, {"of_mailbox": session.mailbox.id, "of_group": group_id}
        )
    ]


def add(session: WriteSession, folder: FolderRow) -> None:
    """Write a new folder."""
    values = folder._asdict()
    del values["parent_group_key"]
    session.execute(_ADD, {"mailbox": session.mailbox.id, "name_key": fold(folder.name), **values})


def rename(session: WriteSession, folder: FolderRow) -> None:
    """Write a folder's name and change number."""
    session.execute(
        _RENAME,
        {
            "of_mailbox": session.mailbox.id,
            "of_id": folder.id,
            "name": folder.name,
            "name_key": fold(folder.name),
            "change": folder.change,
        },
    )


def move(session: WriteSession, folder_id: int, group_id: int, change: int) -> None:
    """Put a folder into another group, under a change number of its own."""
    session.execute(
        _MOVE,
        {
            "of_mailbox": session.mailbox.id,
            "of_id": folder_id,
            "group_id": group_id,
            "change": change,
        },
    )


def remove(session: WriteSession, folder_id: int) -> None:
    """Delete a folder that no task is in any more."""
    session.execute(_DELETE, {"of_mailbox": session.mailbox.id, "of_id": folder_id})
