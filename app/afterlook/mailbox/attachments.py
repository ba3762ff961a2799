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
from afterlook.mailbox.capacity import expect_fitting
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.slices import Row, Slice, read_page
from afterlook.mailbox.tasks import get_task, touch
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import attachments, pages
from afterlook.store.attachments import NOTHING, Held
from afterlook.store.pages import Page, text_of
from afterlook.store.rows import AttachmentRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

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


def list_attachments(session: ReadSession, key: ItemKey, page: Page) -> Slice[AttachmentRow]:
    """List the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    slice_ = _read_page(session, task.id, page)
    return _ended(slice_, _fitting([Held(1, row.length, 0) for row in slice_.rows]))


def _read_page(session: ReadSession, task: int, page: Page) -> Slice[AttachmentRow]:
    return read_page(
        session,
        page,
        lambda page: attachments.list_page(session, task, page),
        lambda filter_: attachments.count(session, task, filter_),
    )


def with_attachments(session: ReadSession, slice_: Slice[TaskRow]) -> Slice[TaskRow]:
    """End a page of tasks with what is attached to them."""
    return _ended(slice_, fitting_tasks(session, [task.id for task in slice_.rows]))


def fitting_tasks(session: ReadSession, tasks: Sequence[int]) -> int:
    """Return how many of these, the first at least, make a page that shows their attachments."""
    held = attachments.held(session, tasks)
    return _fitting([held.get(task, NOTHING) for task in tasks])


def _fitting(all_held: Sequence[Held]) -> int:
    """Return how many entities make a page with what they hold.

    Contents are sent part by part: the one that fills the page may come. Texts are held whole.
    """
    content, text = MAX_PAGE_CONTENT, pages.MAX_PAGE_TEXT
    for number, held in enumerate(all_held):
        text -= held.text
        if number and (content <= 0 or text < 0):
            return number
        content -= held.length
    return len(all_held)


def _ended(slice_: Slice[Row], size: int) -> Slice[Row]:
    if size >= len(slice_.rows):
        return slice_
    return slice_._replace(rows=slice_.rows[:size], more=True)


def count_attachments(session: ReadSession, key: ItemKey, filter_: Expression | None) -> int:
    """Count the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    return attachments.count(session, task.id, filter_)


def attachments_of(session: ReadSession, tasks: Sequence[int]) -> list[AttachmentRow]:
    """List all attachments of tasks, task by task.

    Raises `MessageSizeExceeded` where their texts are too long to be shown together.
    """
    held = attachments.held(session, tasks)
    if sum(one.text for one in held.values()) > pages.MAX_PAGE_TEXT:
        raise MessageSizeExceeded
    return attachments.of_tasks(session, tasks)


def some_of_each(
    session: ReadSession, tasks: Sequence[int], page: Page
) -> tuple[list[AttachmentRow], dict[int, int]]:
    """List a page of the attachments of each task; count them where the page wants that.

    Raises `MessageSizeExceeded` where their texts are too long to be shown together.
    """
    rows: list[AttachmentRow] = []
    counts: dict[int, int] = {}
    room = pages.MAX_PAGE_TEXT
    for task in tasks:
        slice_ = _read_page(session, task, page)
        room -= sum(map(text_of, slice_.rows))
        if room <= 0:
            # A listing ends where its text fills a page, which here has no link to go on by.
            raise MessageSizeExceeded
        rows += slice_.rows
        if slice_.total is not None:
            counts[task] = slice_.total
    return rows, counts


def get_attachment(session: ReadSession, key: ItemKey, attachment: int) -> AttachmentRow:
    """Return an attachment of a task. Raises `ItemNotFound`."""
    get_task(session, key)
    row = attachments.get(session, key.item, attachment)
    if row is None:
        raise ItemNotFound
    return row


def add_attachment(
    session: WriteSession,
    key: ItemKey,
    given: NewAttachment,
    precondition: Precondition = UNCONDITIONAL,
) -> AttachmentRow:
    """Attach something to a task, which counts as a change of the task.

    Raises `ItemNotFound`, `ChangeKeyStale` where the task does not meet the precondition,
    and `MessageSizeExceeded` where it has too many, or too large ones.
    """
    task = get_task(session, key)
    identifiers.of(session.mailbox).expect(precondition, task.change)
    held = attachments.held(session, [task.id]).get(task.id, NOTHING)
    expect_fitting(
        Held(held.number + 1, held.length + len(given.content), held.text + text_of(given))
    )
    values = given._asdict()
    content: bytes = values.pop("content")
    row = AttachmentRow(
        id=session.change_number,
        task=task.id,
        modified=_whole_seconds(session.now),
        size=given.size,
        length=len(content),
        content=session.change_number,
        **values,
    )
    attachments.add(session, row, content)
    touch(session, task, has_attachments=True)
    return row


def delete_attachment(
    session: WriteSession, key: ItemKey, attachment: int, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Take an attachment off a task, which counts as a change of the task.

    Raises `ItemNotFound`, `ChangeKeyStale` like `add_attachment`.
    """
    task = get_task(session, key)
    row = get_attachment(session, key, attachment)
    identifiers.of(session.mailbox).expect(precondition, task.change)
    attachments.remove(session, task.id, row.id)
    left = attachments.held(session, [task.id])
    touch(session, task, has_attachments=bool(left))


def copy_attachments(
    session: WriteSession, task: TaskRow, originals: Sequence[AttachmentRow]
) -> TaskRow:
    """Give a new task copies of attachments; return it as it then is.

    Raises `MessageSizeExceeded` where they are too many, or too large together.
    """
    expect_fitting(
        Held(len(originals), sum(row.length for row in originals), sum(map(text_of, originals)))
    )
    for row in originals:
        attachments.share(session, row._replace(id=session.advance_counter(1), task=task.id))
    return touch(session, task, has_attachments=True)


def read_content(session: ReadSession, row: AttachmentRow) -> bytes:
    """Return the whole content of an attachment. Raises `ItemNotFound` where it is gone."""
    content, place = bytearray(), 0
    while len(content) < row.length:
        part = attachments.part(session, row.content, place)
        if part is None:
            raise ItemNotFound
        content += part
        place += 1
    return bytes(content)


def _whole_seconds(instant: Instant) -> Instant:
    # As the samples show it, unlike every other stamp (docs/reference/outlook.md §1.4).
    return Instant(instant - instant % TICKS_PER_SECOND)
