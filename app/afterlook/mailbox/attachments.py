"""Use cases on attachments of tasks.

Owns what an attachment of each kind is and how large it counts
(Outlook Task REST, "Get attachments" to "Delete attachments"). Must not know how a wire spells
one, nor what is in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from afterlook.errors import ItemNotFound, MessageSizeExceeded
from afterlook.mailbox import identifiers
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.slices import Row, Slice, turn_to
from afterlook.mailbox.tasks import get_task, touch
from afterlook.odata.etag import Conditions
from afterlook.odata.filter.tree import Expression
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import attachments
from afterlook.store.pages import Page
from afterlook.store.rows import AttachmentRow, MailboxRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

MOST = 250
"""The most attachments of one task: as many as Exchange lets a message have."""

MOST_BYTES = 150 * 1024 * 1024
"""The most that they hold together: as much as Exchange lets a message be large."""


MAX_PAGE_CONTENT = 64 * 1024 * 1024
"""Bytes of contents with which a page ends before it is full; one entity always comes."""


class Kind(IntEnum):
    """What an attachment is."""

    FILE = 0
    ITEM = 1
    REFERENCE = 2


class NewAttachment(NamedTuple):
    """An attachment as a client asks for it; an item's content is its JSON."""

    kind: Kind
    name: str
    content_type: str | None
    is_inline: bool
    content: bytes = b""
    content_id: str | None = None
    content_location: str | None = None
    source_url: str | None = None
    provider_type: int | None = None
    thumbnail_url: str | None = None
    preview_url: str | None = None
    permission: int | None = None
    is_folder: bool | None = None

    @property
    def size(self) -> int:
        """The size as the service counted it: more than the content, by what it is kept with.

        A rule that every sample of the documents fits, no more (`docs/decisions.md`).
        """
        size = 62 + 12 * len(self.name) + len(self.content)
        match self.kind:
            case Kind.FILE:
                return size
            case Kind.ITEM:
                return size + 1946
            case Kind.REFERENCE:
                return size + 82 + 2 * len(self.source_url or "")


def list_attachments(
    session: ReadSession, mailbox: MailboxRow, key: ItemKey, page: Page
) -> Slice[AttachmentRow]:
    """List the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, mailbox, key)
    slice_ = _turn_to(session, mailbox, task.id, page)
    return _ended(slice_, [row.length for row in slice_.rows])


def _turn_to(
    session: ReadSession, mailbox: MailboxRow, task: int, page: Page
) -> Slice[AttachmentRow]:
    return turn_to(
        session,
        mailbox,
        page,
        lambda page: attachments.listed(session, mailbox.id, task, page),
        lambda filter_: attachments.count(session, mailbox.id, task, filter_),
    )


def with_attachments(
    session: ReadSession, mailbox: MailboxRow, slice_: Slice[TaskRow]
) -> Slice[TaskRow]:
    """End a page of tasks with the contents that are attached to them."""
    lengths = attachments.lengths(session, mailbox.id, [task.id for task in slice_.rows])
    return _ended(slice_, [lengths.get(task.id, 0) for task in slice_.rows])


def _ended(slice_: Slice[Row], lengths: Sequence[int]) -> Slice[Row]:
    room = MAX_PAGE_CONTENT
    for number, length in enumerate(lengths, 1):
        room -= length
        if room <= 0 and number < len(lengths):
            return slice_._replace(rows=slice_.rows[:number], more=True)
    return slice_


def count_attachments(
    session: ReadSession, mailbox: MailboxRow, key: ItemKey, filter_: Expression | None
) -> int:
    """Count the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, mailbox, key)
    return attachments.count(session, mailbox.id, task.id, filter_)


def attachments_of(
    session: ReadSession, mailbox: MailboxRow, tasks: Sequence[int]
) -> list[AttachmentRow]:
    """List all attachments of tasks, task by task."""
    return attachments.of_tasks(session, mailbox.id, tasks)


def some_of_each(
    session: ReadSession, mailbox: MailboxRow, tasks: Sequence[int], page: Page
) -> tuple[list[AttachmentRow], dict[int, int]]:
    """List a page of the attachments of each task; count them where the page wants that.

    No page of these ends with its text: there is no link to the rest of an expansion.
    """
    rows: list[AttachmentRow] = []
    counts: dict[int, int] = {}
    for task in tasks:
        left, slice_ = page, _turn_to(session, mailbox, task, page)
        rows += slice_.rows
        if slice_.total is not None:
            counts[task] = slice_.total
        while slice_.more and len(slice_.rows) < left.size:
            size, skip = left.size - len(slice_.rows), left.skip + len(slice_.rows)
            left = left._replace(size=size, skip=skip, until=slice_.until, counted=False)
            slice_ = _turn_to(session, mailbox, task, left)
            rows += slice_.rows
    return rows, counts


def get_attachment(
    session: ReadSession, mailbox: MailboxRow, key: ItemKey, attachment: int
) -> AttachmentRow:
    """Return an attachment of a task. Raises `ItemNotFound`."""
    get_task(session, mailbox, key)
    row = attachments.get(session, mailbox.id, key.item, attachment)
    if row is None:
        raise ItemNotFound
    return row


def add_attachment(
    session: WriteSession,
    mailbox: MailboxRow,
    key: ItemKey,
    given: NewAttachment,
    conditions: Conditions | None = None,
) -> AttachmentRow:
    """Attach something to a task, which counts as a change of the task.

    Raises `ItemNotFound`, `ChangeKeyStale` where the task is in a state that `conditions` forbid,
    and `MessageSizeExceeded` where it has too many, or too large ones.
    """
    task = get_task(session, mailbox, key)
    identifiers.of(mailbox).expect(conditions, task.change)
    number, size = attachments.held(session, mailbox.id, task.id)
    if number >= MOST or size + len(given.content) > MOST_BYTES:
        raise MessageSizeExceeded
    values = given._asdict()
    content: bytes = values.pop("content")
    row = AttachmentRow(
        id=session.change,
        task=task.id,
        modified=_whole_seconds(session.now),
        size=given.size,
        length=len(content),
        content=session.change,
        **values,
    )
    attachments.add(session, row, content)
    touch(session, task, has_attachments=True)
    return row


def delete_attachment(
    session: WriteSession,
    mailbox: MailboxRow,
    key: ItemKey,
    attachment: int,
    conditions: Conditions | None = None,
) -> None:
    """Take an attachment off a task, which counts as a change of the task.

    Raises `ItemNotFound`, `ChangeKeyStale` like `add_attachment`.
    """
    task = get_task(session, mailbox, key)
    row = get_attachment(session, mailbox, key, attachment)
    identifiers.of(mailbox).expect(conditions, task.change)
    attachments.remove(session, task.id, row.id)
    left, _ = attachments.held(session, mailbox.id, task.id)
    touch(session, task, has_attachments=left > 0)


def copy_attachments(
    session: WriteSession, task: TaskRow, originals: Sequence[AttachmentRow]
) -> TaskRow:
    """Give a new task copies of attachments; return it as it then is.

    Raises `MessageSizeExceeded` where they are too many, or too large together.
    """
    if len(originals) > MOST or sum(row.length for row in originals) > MOST_BYTES:
        raise MessageSizeExceeded
    for row in originals:
        attachments.share(session, row._replace(id=session.take(1), task=task.id))
    return touch(session, task, has_attachments=True)


def read_content(session: ReadSession, mailbox: MailboxRow, row: AttachmentRow) -> bytes:
    """Return the whole content of an attachment. Raises `ItemNotFound` where it is gone."""
    content, place = bytearray(), 0
    while len(content) < row.length:
        part = attachments.part(session, mailbox.id, row.content, place)
        if part is None:
            raise ItemNotFound
        content += part
        place += 1
    return bytes(content)


def _whole_seconds(instant: Instant) -> Instant:
    # As the samples show it, unlike every other stamp (contract §1.4).
    return Instant(instant - instant % TICKS_PER_SECOND)
