"""Use cases on upload sessions, by which a large file is attached (docs/reference/graph.md §10).

Owns how much may be on its way, and for how long. What has arrived is kept in the store, so that
an upload goes on after the server's end, whichever way it ended.
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.errors import (
    ItemNotFound,
    MessageSizeExceeded,
    RangeNotExpected,
    UploadSessionsExhausted,
    UploadSizeMismatch,
)
from afterlook.mailbox import attachments
from afterlook.mailbox.attachments import AttachmentKind, NewAttachment
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.tasks import get_task, touch
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import attachments as stored_attachments
from afterlook.store import mailboxes, upload_sessions
from afterlook.store.rows import AttachmentRow, MailboxRow, TaskRow, UploadSessionRow
from afterlook.store.sessions import ReadSession, Session, WriteSession

MAX_SIZE = 25 * 1024 * 1024
"""Bytes of a file that comes by a session."""

MAX_PIECE = 4 * 1024 * 1024
"""Bytes that come at once: 4 MB. Documented is less; office365-rest-python-client sends so many."""

MAX_SESSIONS = 20
"""Upload sessions of a mailbox at once: with what has arrived of them, half a gigabyte."""

LIFETIME = 24 * 3600 * TICKS_PER_SECOND
"""How long a session stays open after it was made."""


class NewUpload(NamedTuple):
    """A file that is to come: what it is called, what it is, and its bytes."""

    name: str
    size: int
    content_type: str | None = None


class Upload(NamedTuple):
    """How far an upload is; what came last made it the `attachment`."""

    session: UploadSessionRow
    attachment: AttachmentRow | None = None


def create_upload_session(
    session: WriteSession,
    key: ItemKey,
    given: NewUpload,
    precondition: Precondition = UNCONDITIONAL,
) -> UploadSessionRow:
    """Begin to upload a file to a task, which does not change the task yet.

    Raises `ItemNotFound`, `ChangeKeyStale`, `MessageSizeExceeded` for a file that is too large, by
    itself or with what the task has, and `UploadSessionsExhausted`.
    """
    task = get_task(session, key)
    identifiers_of(session.mailbox).expect_met(precondition, task.change)
    if not 0 <= given.size <= MAX_SIZE:
        raise MessageSizeExceeded
    attachments.expect_fitting_with(session, task, _as_attachment(given), given.size)
    upload_sessions.purge_expired(session, session.mailbox.id, session.now, MAX_SESSIONS)
    if upload_sessions.count(session) >= MAX_SESSIONS:
        raise UploadSessionsExhausted(most=MAX_SESSIONS)
    row = UploadSessionRow(
        id=session.change_number,
        task=task.id,
        guid=str(session.guid()),
        name=given.name,
        content_type=given.content_type,
        size=given.size,
        expires=Instant(session.now + LIFETIME),
        received=0,
    )
    upload_sessions.add(session, row)
    return row


def get_upload_session(
    session: ReadSession, key: ItemKey, guid: str, now: Instant
) -> UploadSessionRow:
    """Return an upload session of a task. Raises `ItemNotFound`, also where it has expired."""
    row = upload_sessions.get(session, get_task(session, key).id, guid)
    if row is None or row.expires <= now:
        raise ItemNotFound
    return row


def find_mailbox(session: Session, user: str, guid: str, now: Instant) -> MailboxRow | None:
    """Find the mailbox of a `user`, `oid@tid`, if it has this session, and it is open."""
    oid, _, tid = user.partition("@")
    mailbox = mailboxes.find_by_identity(session, tid, oid)
    if mailbox is None or not upload_sessions.is_open(session, mailbox.id, guid, now):
        return None
    return mailbox


def receive_piece(
    session: WriteSession,
    key: ItemKey,
    guid: str,
    start: int,
    total: int,
    data: bytes,
    precondition: Precondition = UNCONDITIONAL,
) -> Upload:
    """Take the piece of a file that begins at `start`; the last one attaches the file.

    Raises `ItemNotFound`, `ChangeKeyStale`, `UploadSizeMismatch` where the file is of another size,
    `RangeNotExpected` where another piece is the next, and `MessageSizeExceeded` for a piece that
    is too large or goes beyond the file, and where the task has no room any more.
    """
    task = get_task(session, key)
    upload = get_upload_session(session, key, guid, session.now)
    identifiers_of(session.mailbox).expect_met(precondition, task.change)
    if total != upload.size:
        raise UploadSizeMismatch(size=upload.size, total=total)
    if start != upload.received or (not data and upload.size):
        raise RangeNotExpected(expected=upload.received, start=start)
    received = upload.received + len(data)
    if len(data) > MAX_PIECE or received > upload.size:
        raise MessageSizeExceeded
    if not upload_sessions.receive(session, upload, data):
        raise ItemNotFound
    upload = upload._replace(received=received)
    if received < upload.size:
        return Upload(upload)
    return Upload(upload, _attach(session, task, upload))


def cancel_upload_session(
    session: WriteSession, key: ItemKey, guid: str, precondition: Precondition = UNCONDITIONAL
) -> None:
    """End an upload session, with what it has received. Raises `ItemNotFound`, `ChangeKeyStale`."""
    upload = get_upload_session(session, key, guid, session.now)
    identifiers_of(session.mailbox).expect_met(precondition, get_task(session, key).change)
    upload_sessions.remove(session, session.mailbox.id, upload.id)


def _attach(session: WriteSession, task: TaskRow, upload: UploadSessionRow) -> AttachmentRow:
    given = _as_attachment(NewUpload(upload.name, upload.size, upload.content_type))
    row = attachments.prepare_attachment(session, task, given, upload.size)
    stored_attachments.share(session, row)
    upload_sessions.become_content(session, upload, row.content)
    touch(session, task, has_attachments=True)
    return row


def _as_attachment(given: NewUpload) -> NewAttachment:
    return NewAttachment(AttachmentKind.FILE, given.name, given.content_type, is_inline=False)
