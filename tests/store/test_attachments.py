"""Contents in the store: in parts, out of the way, and gone with what they belong to."""

import pytest
from sqlalchemy import func, select

from afterlook.errors import ItemNotFound, MessageSizeExceeded
from afterlook.mailbox import folders, tasks
from afterlook.mailbox.attachments import (
    AttachmentKind,
    NewAttachment,
    add_attachment,
    delete_attachment,
    list_page_of_each,
)
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.store import attachments, pages
from afterlook.store.attachments import PART
from afterlook.store.pages import Page
from afterlook.store.rows import AttachmentRow, MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.store import Store
from afterlook.store.tables import Attachment, AttachmentContent, table
from tests.support.stores import new_mailbox

SIZES = [0, 1, PART - 1, PART, PART + 1, 3 * PART]


def new_task(store: Store, mailbox: MailboxRow, folder: int = DEFAULT_FOLDER) -> ItemKey:
    """Create a task."""
    with store.write_session(mailbox) as session:
        task = tasks.create_task(session, folder, TaskValues(), UTC)
    return ItemKey(task.folder_id, task.id)


def attach(store: Store, mailbox: MailboxRow, task: ItemKey, content: bytes) -> AttachmentRow:
    """Attach a file."""
    new = NewAttachment(AttachmentKind.FILE, "x", None, is_inline=False, content=content)
    with store.write_session(mailbox) as session:
        return add_attachment(session, task, new)


def kept(store: Store, mailbox: MailboxRow) -> tuple[int, int]:
    """Count the attachments and the parts of contents that a mailbox keeps."""
    counts = []
    with store.session() as session:
        for rows in (table(Attachment), table(AttachmentContent)):
            statement = select(func.count()).where(rows.c.mailbox == mailbox.id)
            [(count,)] = session.ad_hoc(statement.select_from(rows), {})
            counts.append(int(count))
    return counts[0], counts[1]


def read(store: Store, mailbox: MailboxRow, number: int) -> list[bytes]:
    """Return the parts of a content."""
    found: list[bytes] = []
    with store.read_session(mailbox) as session:
        while (part := attachments.get_part(session, number, len(found))) is not None:
            found.append(part)
    return found


@pytest.mark.parametrize("size", SIZES)
def test_parts(store: Store, mailbox: MailboxRow, size: int) -> None:
    """All are whole but the last, and none is empty."""
    content = (bytes(range(251)) * (size // 251 + 1))[:size]
    row = attach(store, mailbox, new_task(store, mailbox), content)
    parts = read(store, mailbox, row.id)

    assert b"".join(parts) == content
    assert all(len(part) == PART for part in parts[:-1])
    assert all(parts)
    assert row.length == size
    assert PART % 3 == 0


def test_a_number_for_each(store: Store, mailbox: MailboxRow) -> None:
    """That of its write; one that was deleted is never given again."""
    task = new_task(store, mailbox)
    seen = []
    for number in range(3):
        row = attach(store, mailbox, task, bytes([number]))
        seen.append(row.id)
        with store.write_session(mailbox) as session:
            delete_attachment(session, task, row.id)

    assert seen == sorted(set(seen))
    assert kept(store, mailbox) == (0, 0)


def test_deleting_one(store: Store, mailbox: MailboxRow) -> None:
    """Takes its own parts and no others."""
    task = new_task(store, mailbox)
    gone, left = (attach(store, mailbox, task, bytes([n]) * (PART + 1)) for n in range(2))
    assert kept(store, mailbox) == (2, 4)
    with store.write_session(mailbox) as session:
        delete_attachment(session, task, gone.id)

    assert kept(store, mailbox) == (1, 2)
    assert read(store, mailbox, gone.id) == []
    assert b"".join(read(store, mailbox, left.id)) == b"\1" * (PART + 1)
    with store.read_session(mailbox) as session:
        [row] = attachments.list_of_tasks(session, [task.item])
    assert row == left


def test_deleting_a_task(store: Store, mailbox: MailboxRow) -> None:
    """Leaves nothing of it, and everything of the others, other mailboxes' among them."""
    other = new_mailbox(store)
    places = [(mailbox, new_task(store, mailbox)) for _ in range(2)]
    places.append((other, new_task(store, other)))
    for owner, task in places:
        for size in (0, 1, PART + 1):
            attach(store, owner, task, bytes(size))
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, places[0][1])

    assert kept(store, mailbox) == kept(store, other) == (3, 3)


def test_deleting_a_folder(store: Store, mailbox: MailboxRow) -> None:
    """Takes what is attached to its tasks, however many."""
    with store.write_session(mailbox) as session:
        folder = folders.create_folder(session, "x").id
    for _ in range(3):
        attach(store, mailbox, new_task(store, mailbox, folder), bytes(PART + 1))
    attach(store, mailbox, new_task(store, mailbox), b"x")
    assert kept(store, mailbox) == (4, 7)
    with store.write_session(mailbox) as session:
        folders.delete_folder(session, folder)

    assert kept(store, mailbox) == (1, 1)


def test_what_fails_leaves_nothing(store: Store, mailbox: MailboxRow) -> None:
    """Neither a row nor a part."""
    task = new_task(store, mailbox)
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, task)
    with pytest.raises(ItemNotFound):
        attach(store, mailbox, task, bytes(PART + 1))

    assert kept(store, mailbox) == (0, 0)


def test_large_contents_leave_no_pages(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The memory is given back after a whole part, on reading and on writing; not for less."""
    freed: list[ReadSession] = []
    real = ReadSession.free_memory

    def free(session: ReadSession) -> None:
        freed.append(session)
        real(session)

    monkeypatch.setattr(ReadSession, "free_memory", free)
    task = new_task(store, mailbox)
    small, large = attach(store, mailbox, task, b"x"), attach(store, mailbox, task, bytes(PART))

    assert len(freed) == 1
    read(store, mailbox, small.id)
    assert len(freed) == 1
    assert read(store, mailbox, large.id) == [bytes(PART)]
    assert len(freed) == 2


@pytest.mark.parametrize("size", [2, 4, 250])
def test_some_of_each_with_long_texts(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    """An expansion has no link to the rest of it: it is whole, or refused."""
    keys = [new_task(store, mailbox) for _ in range(2)]
    made = [[attach(store, mailbox, key, b"").id for _ in range(5)] for key in keys]
    tasks = [key.item for key in keys]
    page = Page(size, 1, (("name", True),), counted=True)
    with store.read_session(mailbox) as session:
        rows, counts = list_page_of_each(session, tasks, page)
        assert [row.id for row in rows] == [one for each in made for one in each[1 : 1 + size]]
        assert counts == dict.fromkeys(tasks, 5)
        for most in (1, sum(map(pages.text_of, rows))):
            monkeypatch.setattr(pages, "MAX_PAGE_TEXT", most)
            with pytest.raises(MessageSizeExceeded):
                list_page_of_each(session, tasks, page)
