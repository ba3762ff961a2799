"""Upload sessions: files that come in pieces, whole at the end or not at all."""

import asyncio

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.errors import (
    ItemNotFound,
    MessageSizeExceeded,
    RangeNotExpected,
    ServiceError,
    UploadSessionsExhausted,
    UploadSizeMismatch,
)
from afterlook.mailbox import attachments, tasks
from afterlook.mailbox import upload_sessions as uploads
from afterlook.mailbox.attachments import AttachmentKind, NewAttachment
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.upload_sessions import LIFETIME, MAX_PIECE, MAX_SIZE, NewUpload, Upload
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import Instant
from afterlook.store import upkeep
from afterlook.store.attachments import PART
from afterlook.store.rows import MailboxRow, UploadSessionRow
from afterlook.store.store import Store
from tests.support.parts import count_parts, key_of
from tests.support.stores import NOW, new_mailbox, open_store


def fresh(store: Store, mailbox: MailboxRow) -> ItemKey:
    """Make a task."""
    with store.write_session(mailbox) as session:
        return key_of(tasks.create_task(session, DEFAULT_FOLDER, TaskValues(), UTC))


def begin(store: Store, mailbox: MailboxRow, key: ItemKey, size: int) -> UploadSessionRow:
    """Begin to upload a file."""
    with store.write_session(mailbox) as session:
        given = NewUpload("plan.txt", size, "text/plain")
        return uploads.create_upload_session(session, key, given)


def send(
    store: Store,
    mailbox: MailboxRow,
    key: ItemKey,
    upload: UploadSessionRow,
    piece: tuple[int, bytes],
) -> Upload:
    """Send a piece: where it begins, and what it is."""
    start, data = piece
    with store.write_session(mailbox) as session:
        return uploads.receive_piece(session, key, upload.guid, start, upload.size, data)


@given(pieces=st.lists(st.sampled_from([1, 100, PART - 1, PART, PART + 1, 3 * PART]), max_size=5))
@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_comes_in_pieces_is_whole(
    store: Store, mailbox: MailboxRow, pieces: list[int]
) -> None:
    """As if it had been attached at once; nothing of the session is left."""
    content = bytes(place % 251 for place in range(sum(pieces)))
    key = fresh(store, mailbox)
    upload = begin(store, mailbox, key, len(content))
    with store.read_session(mailbox) as session:
        before = tasks.get_task(session, key)
    sent = 0
    last = None
    for size in pieces or [0]:
        assert last is None
        piece = send(store, mailbox, key, upload, (sent, content[sent : sent + size]))
        sent += size
        assert piece.session.received == sent
        last = piece.attachment
    assert last is not None
    given = NewAttachment(
        AttachmentKind.FILE, "plan.txt", "text/plain", is_inline=False, content=content
    )
    with store.read_session(mailbox) as session:
        assert attachments.read_content(session, last) == content
        row = attachments.get_attachment(session, key, last.id)
        task = tasks.get_task(session, key)
    assert (row.kind, row.name, row.size) == (AttachmentKind.FILE, "plan.txt", given.size)
    assert task.has_attachments
    assert task.change > before.change
    assert count_parts(store, mailbox) == {}


WRONG: list[tuple[int, int, bytes, type[ServiceError]]] = [
    (0, 4, b"xx", RangeNotExpected),
    (3, 4, b"x", RangeNotExpected),
    (2, 4, b"", RangeNotExpected),
    (2, 5, b"xx", UploadSizeMismatch),
    (2, 4, b"xxx", MessageSizeExceeded),
]


@pytest.mark.parametrize(("start", "total", "data", "error"), WRONG)
def test_a_piece_that_is_not_the_next(
    store: Store,
    mailbox: MailboxRow,
    start: int,
    total: int,
    data: bytes,
    error: type[ServiceError],
) -> None:
    """Is refused, and the upload goes on where it was."""
    key = fresh(store, mailbox)
    upload = begin(store, mailbox, key, 4)
    send(store, mailbox, key, upload, (0, b"pl"))
    with pytest.raises(error), store.write_session(mailbox) as session:
        uploads.receive_piece(session, key, upload.guid, start, total, data)
    attached = send(store, mailbox, key, upload, (2, b"an")).attachment
    assert attached is not None
    with store.read_session(mailbox) as session:
        assert attachments.read_content(session, attached) == b"plan"


def test_how_much_may_come(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a file, of a piece, and how many at once; one that ends makes room."""
    key = fresh(store, mailbox)
    for size in (-1, MAX_SIZE + 1):
        with pytest.raises(MessageSizeExceeded):
            begin(store, mailbox, key, size)
    upload = begin(store, mailbox, key, MAX_SIZE)
    with pytest.raises(MessageSizeExceeded):
        send(store, mailbox, key, upload, (0, bytes(MAX_PIECE + 1)))
    monkeypatch.setattr(uploads, "MAX_SESSIONS", 2)
    begin(store, mailbox, key, 1)
    with pytest.raises(UploadSessionsExhausted):
        begin(store, mailbox, key, 1)
    other = new_mailbox(store)
    begin(store, other, fresh(store, other), 1)
    with store.write_session(mailbox) as session:
        uploads.cancel_upload_session(session, key, upload.guid)
    begin(store, mailbox, key, 1)


def test_whose_it_is(store: Store, mailbox: MailboxRow) -> None:
    """That of its task alone, by a GUID that was given out."""
    key, other = fresh(store, mailbox), fresh(store, mailbox)
    upload = begin(store, mailbox, key, 1)
    with pytest.raises(ItemNotFound):
        send(store, mailbox, other, upload, (0, b"x"))
    with pytest.raises(ItemNotFound):
        send(store, mailbox, key, upload._replace(guid=upload.guid.upper() + "0"), (0, b"x"))
    with store.read_session(mailbox) as session:
        assert uploads.get_upload_session(session, key, upload.guid, NOW) == upload


def test_it_goes_on_after_the_server_ended(database: str) -> None:
    """What was received is in the store, committed."""
    store = open_store(database)
    mailbox = new_mailbox(store)
    key = fresh(store, mailbox)
    upload = begin(store, mailbox, key, 4)
    send(store, mailbox, key, upload, (0, b"pl"))
    store.close()
    again = open_store(database)
    with again.read_session(mailbox) as session:
        assert uploads.get_upload_session(session, key, upload.guid, NOW).received == 2
    assert send(again, mailbox, key, upload, (2, b"an")).attachment is not None
    again.close()


def test_it_expires(database: str) -> None:
    """By the store's clock: nobody finds it then, it takes no place, and upkeep removes it."""
    clock = FrozenClock(NOW)
    store = Store(database, "normal", clock, RandomIds())
    mailbox = new_mailbox(store)
    key = fresh(store, mailbox)
    upload = begin(store, mailbox, key, 4)
    send(store, mailbox, key, upload, (0, b"pl"))
    asyncio.run(upkeep.purge_uploads(store))
    assert count_parts(store, mailbox) == {"upload_session": 1, "upload_session_part": 1}
    clock.instant = Instant(NOW + LIFETIME)
    with pytest.raises(ItemNotFound):
        send(store, mailbox, key, upload, (2, b"an"))
    later = begin(store, mailbox, key, 4)
    assert count_parts(store, mailbox) == {"upload_session": 1}
    clock.instant = Instant(later.expires)
    asyncio.run(upkeep.purge_uploads(store))
    assert count_parts(store, mailbox) == {}
    store.close()
