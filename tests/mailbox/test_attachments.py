"""Attachments: how large one counts, how many there may be, and what a copy takes along."""

from contextlib import nullcontext
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import ItemNotFound, MessageSizeExceeded
from afterlook.mailbox import tasks
from afterlook.mailbox.attachments import (
    AttachmentKind,
    NewAttachment,
    add_attachment,
    delete_attachment,
    get_attachment,
    list_attachments_of_tasks,
)
from afterlook.mailbox.capacity import MAX_ATTACHMENTS
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import TICKS_PER_SECOND
from afterlook.store import attachments
from afterlook.store.attachments import PART
from afterlook.store.rows import AttachmentRow, MailboxRow, TaskRow
from afterlook.store.store import Store
from tests.support.attachments import CHEESE, URL

FILE = NewAttachment(AttachmentKind.FILE, "x", "text/plain", is_inline=False, content=b"abc")
NOTHING = TaskValues()
DAILY = TaskValues(
    recurrence=PatternedRecurrence(
        Pattern(PatternType.Daily, 1), Range(RangeType.NoEnd, date(2016, 4, 25))
    )
)
ITEM_LENGTH = 309
"""Bytes of the sample's event as it is kept."""


def new_task(store: Store, mailbox: MailboxRow, values: TaskValues = NOTHING) -> TaskRow:
    """Create a task."""
    with store.write_session(mailbox) as session:
        return tasks.create_task(session, DEFAULT_FOLDER, values, UTC)


def completed(store: Store, mailbox: MailboxRow, task: TaskRow) -> TaskRow:
    """Complete an occurrence of a recurring task; return the task that it becomes."""
    with store.write_session(mailbox) as session:
        done, _ = tasks.complete_task(session, key(task), UTC)
    return done


def key(task: TaskRow) -> ItemKey:
    """Return what a task's id says."""
    return ItemKey(task.folder_id, task.id)


def new(
    kind: AttachmentKind, name: str, content: bytes = b"", url: str | None = None
) -> NewAttachment:
    """Return an attachment to be."""
    return NewAttachment(kind, name, None, is_inline=False, content=content, source_url=url)


@pytest.mark.parametrize(
    ("given", "size"),
    [
        (new(AttachmentKind.FILE, "Holiday notice", CHEESE), 244),
        (new(AttachmentKind.FILE, "menu.txt", bytes(20)), 178),
        (new(AttachmentKind.ITEM, "Holiday event", bytes(ITEM_LENGTH)), 2473),
        (new(AttachmentKind.REFERENCE, "Hydrangea picture", url=URL), 850),
        (new(AttachmentKind.FILE, "x"), 74),
        (new(AttachmentKind.REFERENCE, "x"), 156),
    ],
)
def test_size(given: NewAttachment, size: int) -> None:
    """The rule fits every sample that there is."""
    assert given.size == size


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(AttachmentKind),
    st.text(max_size=40),
    st.binary(max_size=99),
    st.text(max_size=40),
)
def test_size_grows(kind: AttachmentKind, name: str, content: bytes, url: str) -> None:
    """It is more than the content, and one byte more of that is one more."""
    one = new(kind, name, content, url)

    assert one.size > len(content)
    assert new(kind, name, content + b"x", url).size == one.size + 1
    assert new(kind, name + "x", content, url).size == one.size + 12


def test_stamps_and_numbers(store: Store, mailbox: MailboxRow) -> None:
    """Whole seconds, the number of the write, and the task's change is the same one."""
    task = new_task(store, mailbox)
    with store.write_session(mailbox) as session:
        row = add_attachment(session, key(task), FILE)
        now = session.now
    with store.read_session(mailbox) as session:
        changed = tasks.get_task(session, key(task))

    assert row.modified == now - now % TICKS_PER_SECOND
    assert row.id == changed.change
    assert (changed.modified, changed.has_attachments) == (now, True)


def test_most(store: Store, mailbox: MailboxRow) -> None:
    """A task holds so many and no more; its neighbour is another matter."""
    task, other = new_task(store, mailbox), new_task(store, mailbox)
    with store.write_session(mailbox) as session:
        row = add_attachment(session, key(task), FILE)
    for _ in range(MAX_ATTACHMENTS - 1):
        with store.write_session(mailbox) as session:
            add_attachment(session, key(task), FILE)
    with pytest.raises(MessageSizeExceeded), store.write_session(mailbox) as session:
        add_attachment(session, key(task), FILE)
    with store.write_session(mailbox) as session:
        add_attachment(session, key(other), FILE)
    with store.write_session(mailbox) as session:
        delete_attachment(session, key(task), row.id)
    with store.write_session(mailbox) as session:
        add_attachment(session, key(task), FILE)


def test_of_another_task(store: Store, mailbox: MailboxRow) -> None:
    """What is not attached here is not found here, and not deleted."""
    task, other = new_task(store, mailbox), new_task(store, mailbox)
    with store.write_session(mailbox) as session:
        row = add_attachment(session, key(task), FILE)
    with store.read_session(mailbox) as session, pytest.raises(ItemNotFound):
        get_attachment(session, key(other), row.id)
    with pytest.raises(ItemNotFound), store.write_session(mailbox) as session:
        delete_attachment(session, key(other), row.id)
    with store.read_session(mailbox) as session:
        assert get_attachment(session, key(task), row.id) == row


def kept(store: Store, mailbox: MailboxRow, row: AttachmentRow) -> bytes:
    """Return what is kept of an attachment's content."""
    with store.read_session(mailbox) as session:
        found = [attachments.get_part(session, row.content, place) for place in range(3)]
    return b"".join(part or b"" for part in found)


def test_bytes_at_most(store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """All contents of a task count together; another task has its own measure."""
    monkeypatch.setattr("afterlook.mailbox.capacity.MAX_BYTES", 5)
    task, other = new_task(store, mailbox), new_task(store, mailbox)
    with store.write_session(mailbox) as session:
        add_attachment(session, key(task), FILE)
    for size, fits in ((3, False), (2, True), (1, False)):
        given = FILE._replace(content=bytes(size))
        refusal = nullcontext() if fits else pytest.raises(MessageSizeExceeded)
        with refusal, store.write_session(mailbox) as session:
            add_attachment(session, key(task), given)
    with store.write_session(mailbox) as session:
        add_attachment(session, key(other), FILE)


def test_copies(store: Store, mailbox: MailboxRow) -> None:
    """An occurrence takes along what is attached: each a number and an end of its own.

    The contents are shared, and there as long as one has them.
    """
    original = new_task(store, mailbox, DAILY)
    contents = [b"", b"abc", bytes(PART) + b"\1"]
    for content in contents:
        with store.write_session(mailbox) as session:
            given = FILE._replace(content=content, content_id="i", content_location="l")
            add_attachment(session, key(original), given)
    copy = completed(store, mailbox, original)
    with store.read_session(mailbox) as session:
        rows = list_attachments_of_tasks(session, [original.id])
        copies = list_attachments_of_tasks(session, [copy.id])
    for row in rows:
        with store.write_session(mailbox) as session:
            delete_attachment(session, key(original), row.id)

    assert len({row.id for row in (*rows, *copies)}) == 6
    assert [row._replace(id=0, task=0) for row in rows] == [
        row._replace(id=0, task=0) for row in copies
    ]
    assert [kept(store, mailbox, row) for row in copies] == contents
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, key(copy))
    assert [kept(store, mailbox, row) for row in copies] == [b"", b"", b""]


def test_copies_of_much_text(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More than a task may have, which was attached before that was bounded, is not copied."""
    original = new_task(store, mailbox, DAILY)
    with store.write_session(mailbox) as session:
        add_attachment(session, key(original), FILE)
    monkeypatch.setattr("afterlook.mailbox.capacity.MAX_TEXT", len("xtext/plain") - 1)

    with pytest.raises(MessageSizeExceeded):
        completed(store, mailbox, original)

    monkeypatch.undo()
    copy = completed(store, mailbox, original)
    with store.read_session(mailbox) as session:
        assert len(list_attachments_of_tasks(session, [copy.id])) == 1


def test_copies_of_nothing(store: Store, mailbox: MailboxRow) -> None:
    """Are none."""
    original = new_task(store, mailbox, DAILY)
    copy = completed(store, mailbox, original)
    with store.read_session(mailbox) as session:
        assert list_attachments_of_tasks(session, [original.id, copy.id]) == []
