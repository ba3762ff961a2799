"""Use cases on attachments of tasks.

Owns what an attachment of each kind is and how large it counts
(Outlook Task REST, "Get attachments" to "Delete attachments").
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from afterlook.errors import ItemNotFound, MessageSizeExceeded
from afterlook.mailbox.capacity import expect_fitting
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.mailbox.tasks import get_task, touch
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store import attachments, pages
from afterlook.store.attachments import NO_ATTACHMENTS, Totals
from afterlook.store.pages import Page, text_of
from afterlook.store.rows import AttachmentRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

MAX_PAGE_CONTENT = 64 * 1024 * 1024
"""Bytes of contents with which a page ends before it is full; one entity always comes."""


class AttachmentKind(IntEnum):
    """What an attachment is."""

    FILE = 0
    ITEM = 1
    REFERENCE = 2


class NewAttachment(NamedTuple):
    """An attachment as a client asks for it; an item's content is its JSON."""

    kind: AttachmentKind
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
        """The size as the service counted it."""
        return self.size_with(len(self.content))

    def size_with(self, length: int) -> int:
        """Return that size for a content of so many bytes: more, by what it is kept with.

        A rule that every sample of the documents fits, no more (`docs/decisions.md`).
        """
        size = 62 + 12 * len(self.name) + length
        match self.kind:
            case AttachmentKind.FILE:
                return size
            case AttachmentKind.ITEM:
                return size + 1946
            case AttachmentKind.REFERENCE:
                return size + 82 + 2 * len(self.source_url or "")


def list_attachments(session: ReadSession, key: ItemKey, page: Page) -> ResultPage[AttachmentRow]:
    """List the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    result = _read_page(session, task.id, page)
    return result.truncate(_count_fitting([Totals(1, row.length, 0) for row in result.rows]))


def list_files(session: ReadSession, key: ItemKey, page: Page) -> ResultPage[AttachmentRow]:
    """List the files that are attached to a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    return read_page(
        session,
        page,
        lambda page: attachments.list_page_of_kind(session, task.id, AttachmentKind.FILE, page),
        lambda filter_: attachments.count_of_kind(session, task.id, AttachmentKind.FILE, filter_),
    )


def count_files(session: ReadSession, key: ItemKey, filter_: Expression | None) -> int:
    """Count the files that are attached to a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    return attachments.count_of_kind(session, task.id, AttachmentKind.FILE, filter_)


def _read_page(session: ReadSession, task_id: int, page: Page) -> ResultPage[AttachmentRow]:
    return read_page(
        session,
        page,
        lambda page: attachments.list_page(session, task_id, page),
        lambda filter_: attachments.count(session, task_id, filter_),
    )


def truncate_for_attachments(
    session: ReadSession, result: ResultPage[TaskRow]
) -> ResultPage[TaskRow]:
    """Cut a page of tasks off where what is attached to them fills it; one task always comes."""
    return result.truncate(count_fitting_tasks(session, [task.id for task in result.rows]))


def count_fitting_tasks(session: ReadSession, task_ids: Sequence[int]) -> int:
    """Return how many of these, the first at least, make a page that shows their attachments."""
    totals = attachments.get_totals(session, task_ids)
    return _count_fitting([totals.get(task, NO_ATTACHMENTS) for task in task_ids])


def _count_fitting(all_totals: Sequence[Totals]) -> int:
    """Return how many entities make a page with what they hold.

    Contents are sent part by part: the one that fills the page may come. Texts are held whole.
    """
    content, text = MAX_PAGE_CONTENT, pages.MAX_PAGE_TEXT
    for number, totals in enumerate(all_totals):
        text -= totals.text
        if number and (content <= 0 or text < 0):
            return number
        content -= totals.length
    return len(all_totals)


def count_attachments(session: ReadSession, key: ItemKey, filter_: Expression | None) -> int:
    """Count the attachments of a task. Raises `ItemNotFound`."""
    task = get_task(session, key)
    return attachments.count(session, task.id, filter_)


def list_attachments_of_tasks(session: ReadSession, task_ids: Sequence[int]) -> list[AttachmentRow]:
    """List all attachments of tasks, task by task.

    Raises `MessageSizeExceeded` where their texts are too long to be shown together.
    """
    totals = attachments.get_totals(session, task_ids)
    if sum(one.text for one in totals.values()) > pages.MAX_PAGE_TEXT:
        raise MessageSizeExceeded
    return attachments.list_of_tasks(session, task_ids)


def list_tasks_with_files(session: ReadSession, task_ids: Sequence[int]) -> frozenset[int]:
    """Return which of some tasks have files attached, and not only items and links."""
    return attachments.list_tasks_with(session, task_ids, AttachmentKind.FILE)


def list_page_of_each(
    session: ReadSession, task_ids: Sequence[int], page: Page
) -> tuple[list[AttachmentRow], dict[int, int]]:
    """List a page of the attachments of each task; count them where the page wants that.

    Raises `MessageSizeExceeded` where their texts are too long to be shown together.
    """
    rows: list[AttachmentRow] = []
    counts: dict[int, int] = {}
    room = pages.MAX_PAGE_TEXT
    for task in task_ids:
        result = _read_page(session, task, page)
        room -= sum(map(text_of, result.rows))
        if room <= 0:
            # A listing ends where its text fills a page, which here has no link to go on by.
            raise MessageSizeExceeded
        rows += result.rows
        if result.total is not None:
            counts[task] = result.total
    return rows, counts


def get_attachment(
    session: ReadSession, key: ItemKey, attachment_id: int, kind: AttachmentKind | None = None
) -> AttachmentRow:
    """Return an attachment of a task, of a kind where one is given. Raises `ItemNotFound`."""
    get_task(session, key)
    row = attachments.get(session, key.item, attachment_id)
    if row is None or kind not in (None, row.kind):
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
    identifiers_of(session.mailbox).expect_met(precondition, task.change)
    row = prepare_attachment(session, task, given, len(given.content))
    attachments.add(session, row, given.content)
    touch(session, task, has_attachments=True)
    return row


def prepare_attachment(
    session: WriteSession, task: TaskRow, given: NewAttachment, length: int
) -> AttachmentRow:
    """Return what to keep of an attachment of a task, with a content of so many bytes.

    Raises `MessageSizeExceeded` where the task would have too many, or too large ones.
    """
    expect_fitting_with(session, task, given, length)
    values = given._asdict()
    del values["content"]
    return AttachmentRow(
        id=session.change_number,
        task=task.id,
        modified=_whole_seconds(session.now),
        size=given.size_with(length),
        length=length,
        content=session.change_number,
        **values,
    )


def expect_fitting_with(
    session: ReadSession, task: TaskRow, given: NewAttachment, length: int
) -> None:
    """Raise `MessageSizeExceeded` where a task has no room for one more attachment."""
    totals = attachments.get_totals(session, [task.id]).get(task.id, NO_ATTACHMENTS)
    expect_fitting(Totals(totals.number + 1, totals.length + length, totals.text + text_of(given)))


def delete_attachment(
    session: WriteSession,
    key: ItemKey,
    attachment_id: int,
    precondition: Precondition = UNCONDITIONAL,
) -> None:
    """Take an attachment off a task, which counts as a change of the task.

    Raises `ItemNotFound`, `ChangeKeyStale` like `add_attachment`.
    """
    task = get_task(session, key)
    row = get_attachment(session, key, attachment_id)
    identifiers_of(session.mailbox).expect_met(precondition, task.change)
    attachments.remove(session, task.id, row.id)
    left = attachments.get_totals(session, [task.id])
    touch(session, task, has_attachments=bool(left))


def copy_attachments(
    session: WriteSession, task: TaskRow, originals: Sequence[AttachmentRow]
) -> TaskRow:
    """Give a new task copies of attachments; return it as it then is.

    Raises `MessageSizeExceeded` where they are too many, or too large together.
    """
    expect_fitting(
        Totals(len(originals), sum(row.length for row in originals), sum(map(text_of, originals)))
    )
    for row in originals:
        attachments.share(session, row._replace(id=session.advance_counter(1), task=task.id))
    return touch(session, task, has_attachments=True)


def read_content(session: ReadSession, row: AttachmentRow) -> bytes:
    """Return the whole content of an attachment. Raises `ItemNotFound` where it is gone."""
    content, place = bytearray(), 0
    while len(content) < row.length:
        part = attachments.get_part(session, row.content, place)
        if part is None:
            raise ItemNotFound
        content += part
        place += 1
    return bytes(content)


def _whole_seconds(instant: Instant) -> Instant:
    # As the samples show it, unlike every other stamp (docs/reference/outlook.md §1.4).
    return Instant(instant - instant % TICKS_PER_SECOND)
