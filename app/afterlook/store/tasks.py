"""Statements on tasks."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Text,
    bindparam,
    cast,
    delete,
    false,
    func,
    insert,
    literal,
    select,
    update,
)

from afterlook.odata.filter.tree import Expression
from afterlook.store import attachments
from afterlook.store.extended_properties import relate_properties
from afterlook.store.extensions import relate_extensions
from afterlook.store.feeds import ChangeFeed
from afterlook.store.filters import Columns
from afterlook.store.folding import fold_or_none
from afterlook.store.pages import Listing, Page, asked_columns
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Change, Task, table

_task = table(Task)
_log = table(Change)
_columns = [_task.c[name] for name in TaskRow._fields]
_FOLDED = ("subject_key", "assigned_to_key", "categories_key")
_in_mailbox = _task.c.mailbox == bindparam("of_mailbox")
_in_folder = _task.c.folder_id == bindparam("of_folder")
_this = (_in_mailbox, _task.c.id == bindparam("of_id"))


def _is_in_no_zone(name: str) -> ColumnElement[bool]:
    """Return whether a date was written as a day in no zone: its midnight is one in UTC."""
    ticks = cast(_task.c[name], Text())
    kept = literal(f'"{name}":[') + ticks + literal(',""]')
    return func.coalesce(_task.c.walls.contains(kept), false(), type_=Boolean())


_GET = select(*_columns).where(*_this)
_asked: Columns = {
    **asked_columns(_task),
    "extended": relate_properties(_task),
    "extensions": relate_extensions(_task.c.id),
    "files": attachments.related_files,
    "has_files": attachments.has_files(),
    "start_is_day": _is_in_no_zone("start"),
    "due_is_day": _is_in_no_zone("due"),
}
_ALL = Listing(select(*_columns).where(_in_mailbox), _asked, _task.c.id)
_OF_FOLDER = Listing(select(*_columns).where(_in_mailbox, _in_folder), _asked, _task.c.id)
_IDS_OF_FOLDER = select(_task.c.id).where(_in_mailbox, _in_folder).order_by(_task.c.id)
_ADD = insert(_task)
_REPLACE = (
    update(_task)
    .where(*_this)
    .values({name: bindparam(name) for name in (*TaskRow._fields, *_FOLDED) if name != "id"})
)
_DELETE = delete(_task).where(*_this)
_DELETE_OF_FOLDER = delete(_task).where(_in_mailbox, _in_folder)

FEED = ChangeFeed(
    _columns,
    [(_task, (_task.c.mailbox == _log.c.mailbox) & (_task.c.id == _log.c.entity))],
    TaskRow._make,
)
"""The tasks of a folder by change position."""


def get(session: ReadSession, task_id: int) -> TaskRow | None:
    """Find a task by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": task_id})
    return None if row is None else TaskRow._make(row)


def list_page(session: ReadSession, page: Page) -> list[TaskRow]:
    """List the tasks of a mailbox, oldest created first where the page has no order."""
    return [
        TaskRow._make(row)
        for row in _ALL.read_rows(session, page, {"of_mailbox": session.mailbox.id})
    ]


def list_page_in_folder(session: ReadSession, folder_id: int, page: Page) -> list[TaskRow]:
    """List the tasks of a folder, oldest created first where the page has no order."""
    of = {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
    return [TaskRow._make(row) for row in _OF_FOLDER.read_rows(session, page, of)]


def count(session: ReadSession, filter_: Expression | None) -> int:
    """Count the tasks of a mailbox."""
    return _ALL.count(session, filter_, {"of_mailbox": session.mailbox.id})


def count_in_folder(session: ReadSession, folder_id: int, filter_: Expression | None) -> int:
    """Count the tasks of a folder."""
    return _OF_FOLDER.count(
        session, filter_, {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
    )


def list_ids_in_folder(session: ReadSession, folder_id: int) -> list[int]:
    """List the ids of a folder's tasks, oldest created first."""
    of = {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
    return [row[0] for row in session.ad_hoc(_IDS_OF_FOLDER, of)]


def add(session: WriteSession, task: TaskRow) -> None:
    """Write a new task."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **_columns_of(task)})


def replace(session: WriteSession, task: TaskRow) -> None:
    """Write every column of a task anew."""
    values = _columns_of(task)
    del values["id"]
    session.execute(_REPLACE, {"of_mailbox": session.mailbox.id, "of_id": task.id, **values})


def _columns_of(task: TaskRow) -> dict[str, object]:
    return {
        **task._asdict(),
        "subject_key": fold_or_none(task.subject),
        "assigned_to_key": fold_or_none(task.assigned_to),
        "categories_key": fold_or_none(task.categories),
    }


def remove(session: WriteSession, task_id: int) -> None:
    """Delete a task."""
    session.execute(_DELETE, {"of_mailbox": session.mailbox.id, "of_id": task_id})


def remove_in_folder(session: WriteSession, folder_id: int) -> None:
    """Delete all tasks of a folder."""
    session.execute(_DELETE_OF_FOLDER, {"of_mailbox": session.mailbox.id, "of_folder": folder_id})
