"""Parts of tasks: what steps, linked resources and open extensions have in common.

Owns that a change of a part is one of its task, and with how many parts a page of tasks ends.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from afterlook.errors import InvalidRequest, ItemNotFound, MessageSizeExceeded
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.mailbox.tasks import get_task, touch
from afterlook.odata.etag import Precondition
from afterlook.store import extensions, pages
from afterlook.store.checklists import CHECKLIST_ITEMS
from afterlook.store.linked_resources import LINKED_RESOURCES
from afterlook.store.pages import Page
from afterlook.store.parts import Parts, PartTotals, TaskParts
from afterlook.store.rows import ChecklistItemRow, LinkedResourceRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

MAX_TEXT = 4096
"""Characters of one text of a part."""

ALL_PARTS = Parts.CHECKLIST_ITEMS | Parts.LINKED_RESOURCES | Parts.EXTENSIONS

PartRow = TypeVar("PartRow", ChecklistItemRow, LinkedResourceRow)

_Totals = Callable[[ReadSession, Sequence[int]], dict[int, PartTotals]]
_TOTALS: dict[Parts, _Totals] = {
    Parts.CHECKLIST_ITEMS: CHECKLIST_ITEMS.get_totals,
    Parts.LINKED_RESOURCES: LINKED_RESOURCES.get_totals,
    Parts.EXTENSIONS: extensions.get_totals,
}


def truncate_for_parts(
    session: ReadSession, result: ResultPage[TaskRow], parts: Parts = ALL_PARTS
) -> ResultPage[TaskRow]:
    """Cut a page of tasks off where the texts of their parts fill it; one task always comes.

    `parts` are the kinds of parts that are shown with the tasks.
    """
    return result.truncate(count_fitting_tasks(session, result.rows, parts))


def count_fitting_tasks(
    session: ReadSession, tasks: Sequence[TaskRow], parts: Parts = ALL_PARTS
) -> int:
    """Return how many of these, the first at least, make a page that shows their parts."""
    lengths = dict.fromkeys((task.id for task in tasks), 0)
    for kind, get_totals in _TOTALS.items():
        having = list_ids_with(tasks, kind & parts)
        for owner, totals in get_totals(session, having).items() if having else ():
            lengths[owner] += totals.text
    return count_fitting([lengths[task.id] for task in tasks])


def count_fitting(lengths: Sequence[int]) -> int:
    """Return how many entities, the first at least, make a page with texts of these lengths."""
    room = pages.MAX_PAGE_TEXT
    for number, length in enumerate(lengths):
        room -= length
        if number and room < 0:
            return number
    return len(lengths)


def list_parts(
    session: ReadSession, parts: TaskParts[PartRow], key: ItemKey, page: Page
) -> ResultPage[PartRow]:
    """List the parts of a task, the oldest first. Raises `ItemNotFound`."""
    task = get_task(session, key)
    return read_page(
        session,
        page,
        lambda page: parts.list_page(session, task.id, page),
        lambda filter_: parts.count(session, task.id, filter_),
    )


def list_by_task(
    session: ReadSession, parts: TaskParts[PartRow], kind: Parts, tasks: Sequence[TaskRow]
) -> dict[int, list[PartRow]]:
    """Return all parts of tasks, by task; one without them is left out, and not looked for.

    Raises `MessageSizeExceeded` where they are too long together: `truncate_for_parts` prevents it.
    """
    having = list_ids_with(tasks, kind)
    found: dict[int, list[PartRow]] = {}
    if having:
        if len(having) > 1:
            expect_showable(parts.get_totals(session, having))
        for row in parts.list_of_tasks(session, having):
            found.setdefault(row.task, []).append(row)
    return found


def get_part(session: ReadSession, parts: TaskParts[PartRow], key: ItemKey, guid: str) -> PartRow:
    """Return a part of a task. Raises `ItemNotFound`."""
    row = parts.get(session, get_task(session, key).id, guid)
    if row is None:
        raise ItemNotFound
    return row


def list_ids_with(tasks: Sequence[TaskRow], kind: Parts) -> list[int]:
    """List the numbers of those tasks that have parts of a kind."""
    return [task.id for task in tasks if task.parts & kind]


def expect_showable(totals: dict[int, PartTotals]) -> None:
    """Raise `MessageSizeExceeded` where texts are too long to be shown together.

    What one task may have always can be shown.
    """
    if len(totals) > 1 and sum(each.text for each in totals.values()) > pages.MAX_PAGE_TEXT:
        raise MessageSizeExceeded


def get_task_to_change(session: WriteSession, key: ItemKey, precondition: Precondition) -> TaskRow:
    """Return a task whose parts are to change. Raises `ItemNotFound`, `ChangeKeyStale`."""
    task = get_task(session, key)
    identifiers_of(session.mailbox).expect_met(precondition, task.change)
    return task


def touch_parts(session: WriteSession, task: TaskRow, kind: Parts, *, left: bool) -> TaskRow:
    """Write that parts of a kind, or of several, have changed, and whether any are left."""
    parts = task.parts | kind if left else task.parts & ~kind
    return touch(session, task, parts=int(parts))


def expect_room(number: int, most: int, called: str) -> None:
    """Raise `InvalidRequest` where an entity would have more parts than it may have."""
    if number > most:
        raise InvalidRequest(reason=f"There can be {most} {called} at most.")


def expect_text(name: str, text: str | None) -> None:
    """Raise `InvalidRequest` for a text that is longer than one may be."""
    if text is not None and len(text) > MAX_TEXT:
        raise InvalidRequest(reason=f"The {name} can have {MAX_TEXT} characters at most.")
