"""Statements on upload sessions: attachments on their way, and what has come of them."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, insert, select, update

from afterlook.runtime.instants import Instant
from afterlook.store.attachments import PART
from afterlook.store.rows import UploadSessionRow
from afterlook.store.sessions import ReadSession, Session, Transaction, WriteSession
from afterlook.store.tables import (
    AttachmentContent,
    Task,
    UploadSession,
    UploadSessionPart,
    table,
)

_upload = table(UploadSession)
_part = table(UploadSessionPart)
_content = table(AttachmentContent)
_task = table(Task)
_columns = [_upload.c[name] for name in UploadSessionRow._fields]
_in_mailbox = _upload.c.mailbox == bindparam("of_mailbox")
_of_task = (_in_mailbox, _upload.c.task == bindparam("of_task"))
_in_folder = (
    _in_mailbox,
    _upload.c.task.in_(
        select(_task.c.id).where(
            _task.c.mailbox == bindparam("of_mailbox"), _task.c.folder_id == bindparam("of_folder")
        )
    ),
)
_this = (_in_mailbox, _upload.c.id == bindparam("of_id"))
_parts_of_this = (
    _part.c.mailbox == bindparam("of_mailbox"),
    _part.c.session == bindparam("of_id"),
)

_GET = select(*_columns).where(*_of_task, _upload.c.guid == bindparam("of_guid"))
_IS_OPEN = (
    select(_upload.c.id)
    .where(
        _in_mailbox,
        _upload.c.guid == bindparam("of_guid"),
        _upload.c.expires > bindparam("now"),
    )
    .limit(1)
)
_COUNT = select(func.count()).select_from(_upload).where(_in_mailbox)
_ADD = insert(_upload)
_RECEIVE = (
    update(_upload)
    .where(*_this, _upload.c.received == bindparam("before"))
    .values(received=bindparam("received"))
)
_GET_PART = select(_part.c.data).where(*_parts_of_this, _part.c.part == bindparam("of_part"))
_ADD_PART = insert(_part)
_REMOVE_PART = delete(_part).where(*_parts_of_this, _part.c.part == bindparam("of_part"))
_BECOME_CONTENT = insert(_content).from_select(
    ["mailbox", "content", "part", "data"],
    select(
        _part.c.mailbox,
        bindparam("content", type_=_content.c.content.type),
        _part.c.part,
        _part.c.data,
    ).where(*_parts_of_this),
)
_REMOVE = delete(_upload).where(*_this)
_REMOVE_PARTS = delete(_part).where(*_parts_of_this)
_IDS_OF_TASK = select(_upload.c.id).where(*_of_task)
_IDS_IN_FOLDER = select(_upload.c.id).where(*_in_folder)
_EXPIRED = (
    select(_upload.c.id)
    .where(_in_mailbox, _upload.c.expires <= bindparam("now"))
    .order_by(_upload.c.id)
    .limit(bindparam("limit"))
)
_MAILBOXES_WITH_EXPIRED = (
    select(_upload.c.mailbox).where(_upload.c.expires <= bindparam("now")).distinct()
)


def get(session: ReadSession, task_id: int, guid: str) -> UploadSessionRow | None:
    """Find an upload session of a task by its GUID."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_guid": guid}
    row = session.first(_GET, of)
    return None if row is None else UploadSessionRow._make(row)


def is_open(session: Session, mailbox_id: int, guid: str, now: Instant) -> bool:
    """Tell whether a mailbox has an upload session with a GUID that has not expired."""
    of = {"of_mailbox": mailbox_id, "of_guid": guid, "now": now}
    return session.first(_IS_OPEN, of) is not None


def count(session: ReadSession) -> int:
    """Count the upload sessions of a mailbox."""
    row = session.first(_COUNT, {"of_mailbox": session.mailbox.id})
    return 0 if row is None else int(row[0])


def add(session: WriteSession, upload: UploadSessionRow) -> None:
    """Write a new upload session."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **upload._asdict()})


def receive(session: WriteSession, upload: UploadSessionRow, data: bytes) -> bool:
    """Write what comes next, in parts as attachments have them; tell whether it was next."""
    this = {"of_mailbox": session.mailbox.id, "of_id": upload.id}
    received = upload.received + len(data)
    moved = session.execute(_RECEIVE, {**this, "before": upload.received, "received": received})
    if not moved:
        return False
    number, begun = divmod(upload.received, PART)
    if begun and data:
        # The part that the last piece began is filled up.
        last = {**this, "of_part": number}
        row = session.first(_GET_PART, last)
        session.execute(_REMOVE_PART, last)
        _add_part(session, upload, number, bytes(row[0] if row else b"") + data[: PART - begun])
        data = data[PART - begun :]
        number += 1
    for place, start in enumerate(range(0, len(data), PART), number):
        _add_part(session, upload, place, data[start : start + PART])
    # What the pieces leave behind in memory.
    session.free_memory()
    return True


def _add_part(session: WriteSession, upload: UploadSessionRow, number: int, data: bytes) -> None:
    key = {"mailbox": session.mailbox.id, "session": upload.id, "part": number}
    session.execute(_ADD_PART, {**key, "data": data})


def become_content(session: WriteSession, upload: UploadSessionRow, content: int) -> None:
    """Keep what an upload session received as a content, and end the session."""
    this = {"of_mailbox": session.mailbox.id, "of_id": upload.id}
    session.execute(_BECOME_CONTENT, {**this, "content": content})
    remove(session, session.mailbox.id, upload.id)
    session.free_memory()


def remove(session: Transaction, mailbox_id: int, upload_id: int) -> None:
    """Delete an upload session with what it received."""
    this = {"of_mailbox": mailbox_id, "of_id": upload_id}
    session.execute(_REMOVE_PARTS, this)
    session.execute(_REMOVE, this)


def remove_all(session: WriteSession, task_id: int) -> None:
    """Delete all upload sessions of a task."""
    of = {"of_mailbox": session.mailbox.id, "of_task": task_id}
    for row in session.all(_IDS_OF_TASK, of):
        remove(session, session.mailbox.id, int(row[0]))


def remove_in_folder(session: WriteSession, folder_id: int) -> None:
    """Delete all upload sessions of the tasks of a folder."""
    of = {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
    for row in session.all(_IDS_IN_FOLDER, of):
        remove(session, session.mailbox.id, int(row[0]))


def list_mailboxes_with_expired(session: Session, now: Instant) -> list[int]:
    """List the mailboxes that have upload sessions which have expired."""
    return [int(row[0]) for row in session.all(_MAILBOXES_WITH_EXPIRED, {"now": now})]


def purge_expired(session: Transaction, mailbox_id: int, now: Instant, limit: int) -> int:
    """Delete up to `limit` upload sessions that have expired; return how many there were."""
    bound = {"of_mailbox": mailbox_id, "now": now, "limit": limit}
    gone = session.all(_EXPIRED, bound)
    for row in gone:
        remove(session, mailbox_id, int(row[0]))
    return len(gone)
