"""Statements on attachments and their contents."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import (
    ColumnElement,
    Delete,
    FromClause,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
)

from afterlook.odata.filter.tree import Expression
from afterlook.store.filters import Related
from afterlook.store.folding import fold
from afterlook.store.pages import Listing, Page, asked_columns, length_of_texts
from afterlook.store.rows import AttachmentRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Attachment, AttachmentContent, Task, table

PART = 192 * 1024
"""Bytes of a content in one row: a multiple of 3, so that parts in base64 make up the whole."""


FILE = 0
"""The kind of those that are files."""


class Totals(NamedTuple):
    """How many attachments there are, the bytes of their contents, their texts' characters."""

    number: int
    length: int
    text: int


NO_ATTACHMENTS = Totals(0, 0, 0)

_attachment = table(Attachment)
_content = table(AttachmentContent)
_task = table(Task)
_columns = [_attachment.c[name] for name in AttachmentRow._fields]
_of_task = (
    _attachment.c.mailbox == bindparam("of_mailbox"),
    _attachment.c.task == bindparam("of_task"),
)
_this = (*_of_task, _attachment.c.id == bindparam("of_id"))
_in_mailbox = _content.c.mailbox == bindparam("of_mailbox")

_GET = select(*_columns).where(*_this)
_OF_TASK = Listing(select(*_columns).where(*_of_task), asked_columns(_attachment), _attachment.c.id)
_OF_KIND = Listing(
    select(*_columns).where(*_of_task, _attachment.c.kind == bindparam("of_kind")),
    asked_columns(_attachment),
    _attachment.c.id,
)
_OF_TASKS = (
    select(*_columns)
    .where(
        _attachment.c.mailbox == bindparam("of_mailbox"),
        _attachment.c.task.in_(bindparam("tasks", expanding=True)),
    )
    .order_by(_attachment.c.task, _attachment.c.id)
)
_TOTALS = (
    select(
        _attachment.c.task,
        func.count(),
        func.sum(_attachment.c.length),
        func.sum(length_of_texts(_columns)),
    )
    .where(
        _attachment.c.mailbox == bindparam("of_mailbox"),
        _attachment.c.task.in_(bindparam("tasks", expanding=True)),
    )
    .group_by(_attachment.c.task)
)
_TASKS_WITH = (
    select(_attachment.c.task)
    .distinct()
    .where(
        _attachment.c.mailbox == bindparam("of_mailbox"),
        _attachment.c.task.in_(bindparam("tasks", expanding=True)),
        _attachment.c.kind == bindparam("of_kind"),
    )
)
_ADD = insert(_attachment)
_ADD_PART = insert(_content)
_PART = select(_content.c.data).where(
    _in_mailbox,
    _content.c.content == bindparam("of_content"),
    _content.c.part == bindparam("of_part"),
)
_tasks_in_folder = select(_task.c.id).where(
    _task.c.mailbox == bindparam("of_mailbox"), _task.c.folder_id == bindparam("of_folder")
)
_in_folder = (
    _attachment.c.mailbox == bindparam("of_mailbox"),
    _attachment.c.task.in_(_tasks_in_folder),
)


def _contents(
    mine: Sequence[ColumnElement[bool]], is_mine: Callable[[FromClause], ColumnElement[bool]]
) -> Delete:
    """Return what deletes the contents of attachments, but for those that others share."""
    other = _attachment.alias()
    shared = select(other.c.id).where(
        other.c.mailbox == bindparam("of_mailbox"),
        other.c.content == _content.c.content,
        ~is_mine(other),
    )
    contents = select(_attachment.c.content).where(*mine)
    return delete(_content).where(_in_mailbox, _content.c.content.in_(contents), ~shared.exists())


_REMOVE = delete(_attachment).where(*_this)
_REMOVE_CONTENT = _contents(
    _this,
    lambda other: (other.c.task == bindparam("of_task")) & (other.c.id == bindparam("of_id")),
)
_REMOVE_OF_TASK = delete(_attachment).where(*_of_task)
_REMOVE_CONTENTS_OF_TASK = _contents(_of_task, lambda other: other.c.task == bindparam("of_task"))
_REMOVE_IN_FOLDER = delete(_attachment).where(*_in_folder)
_REMOVE_CONTENTS_IN_FOLDER = _contents(_in_folder, lambda other: other.c.task.in_(_tasks_in_folder))


def related_files() -> Related:
    """Return the files that are attached to a task, for filters to ask of."""
    # Anew each time: one question within another must not be about the same row.
    one = _attachment.alias()
    return Related(rows=one, belongs=_is_file_of_task(one), columns={})


def has_files() -> ColumnElement[bool]:
    """Return whether files are attached to a task, to sort by."""
    one = _attachment.alias()
    found = exists().select_from(one).where(_is_file_of_task(one)).correlate(_task)
    return _task.c.has_attachments & found


def _is_file_of_task(one: FromClause) -> ColumnElement[bool]:
    return and_(
        one.c.mailbox == _task.c.mailbox,
        one.c.task == _task.c.id,
        one.c.kind == FILE,
    )


def get(session: ReadSession, task_id: int, attachment_id: int) -> AttachmentRow | None:
    """Find an attachment of a task by its key."""
    row = session.first(
        _GET, {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_id": attachment_id}
    )
    return None if row is None else AttachmentRow._make(row)


def list_page(session: ReadSession, task_id: int, page: Page) -> list[AttachmentRow]:
    """List the attachments of a task, the oldest first where the page has no order."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id}
    return [AttachmentRow._make(row) for row in _OF_TASK.read_rows(session, page, of)]


def count(session: ReadSession, task_id: int, filter_: Expression | None) -> int:
    """Count the attachments of a task."""
    return _OF_TASK.count(session, filter_, {"of_mailbox": session.mailbox.id, "of_task": task_id})


def list_of_tasks(session: ReadSession, task_ids: Sequence[int]) -> list[AttachmentRow]:
    """List all attachments of tasks, task by task."""
    rows = session.ad_hoc(_OF_TASKS, {"of_mailbox": session.mailbox.id, "tasks": list(task_ids)})
    return [AttachmentRow._make(row) for row in rows]


def list_page_of_kind(
    session: ReadSession, task_id: int, kind: int, page: Page
) -> list[AttachmentRow]:
    """List the attachments of a task that are of a kind."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_kind": int(kind)}
    return [AttachmentRow._make(row) for row in _OF_KIND.read_rows(session, page, of)]


def count_of_kind(session: ReadSession, task_id: int, kind: int, filter_: Expression | None) -> int:
    """Count the attachments of a task that are of a kind."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_kind": int(kind)}
    return _OF_KIND.count(session, filter_, of)


def list_tasks_with(session: ReadSession, task_ids: Sequence[int], kind: int) -> frozenset[int]:
    """Return which of some tasks have attachments of a kind."""
    of = {"of_mailbox": session.mailbox.id, "tasks": list(task_ids), "of_kind": int(kind)}
    return frozenset(row[0] for row in session.ad_hoc(_TASKS_WITH, of))


def get_totals(session: ReadSession, task_ids: Sequence[int]) -> dict[int, Totals]:
    """Return what is attached to tasks together, by task; one without attachments is left out."""
    of = {"of_mailbox": session.mailbox.id, "tasks": list(task_ids)}
    return {
        int(task): Totals(int(number), int(length), int(text))
        for task, number, length, text in session.ad_hoc(_TOTALS, of)
    }


def get_part(session: ReadSession, content: int, number: int) -> bytes | None:
    """Return one part of a content: `PART` bytes, the last one fewer."""
    row = session.first(
        _PART, {"of_mailbox": session.mailbox.id, "of_content": content, "of_part": number}
    )
    if row is None:
        return None
    data = bytes(row[0])
    if len(data) == PART:
        session.free_memory()
    return data


def add(session: WriteSession, attachment: AttachmentRow, content: bytes) -> None:
    """Write a new attachment with its content."""
    if len(content) >= PART:
        # What the content before this one left behind.
        session.free_memory()
    share(session, attachment)
    for number, start in enumerate(range(0, len(content), PART)):
        session.execute(
            _ADD_PART,
            {
                "mailbox": session.mailbox.id,
                "content": attachment.content,
                "part": number,
                "data": content[start : start + PART],
            },
        )


def share(session: WriteSession, attachment: AttachmentRow) -> None:
    """Write a new attachment whose content is there already."""
    key = {"mailbox": session.mailbox.id, "name_key": fold(attachment.name)}
    session.execute(_ADD, {**key, **attachment._asdict()})


def remove(session: WriteSession, task_id: int, attachment_id: int) -> None:
    """Delete an attachment of a task and, unless others share it, its content."""
    this = {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_id": attachment_id}
    session.execute(_REMOVE_CONTENT, this)
    session.execute(_REMOVE, this)


def remove_all(session: WriteSession, task_id: int) -> None:
    """Delete all attachments of a task and those of their contents that no others share."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id}
    session.execute(_REMOVE_CONTENTS_OF_TASK, of)
    session.execute(_REMOVE_OF_TASK, of)


def remove_in_folder(session: WriteSession, folder_id: int) -> None:
    """Delete all attachments of the tasks of a folder, and their contents likewise."""
    of = {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
    session.execute(_REMOVE_CONTENTS_IN_FOLDER, of)
    session.execute(_REMOVE_IN_FOLDER, of)
