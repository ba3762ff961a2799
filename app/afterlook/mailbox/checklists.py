"""Use cases on checklist items, the steps of a task (docs/reference/graph.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypedDict

from afterlook.mailbox import parts
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.result_pages import ResultPage
from afterlook.mailbox.tasks import get_task
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.runtime.instants import Instant
from afterlook.store.checklists import CHECKLIST_ITEMS
from afterlook.store.pages import Page
from afterlook.store.parts import NO_PARTS, Parts
from afterlook.store.rows import ChecklistItemRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

MAX_ITEMS = 500
"""Steps of one task: as many as To Do has."""

_KIND = Parts.CHECKLIST_ITEMS


class NewChecklistItem(NamedTuple):
    """A step as a client asks for it; without instants of its own it has those of the write."""

    display_name: str | None
    is_checked: bool = False
    created: Instant | None = None
    checked: Instant | None = None


class ChecklistItemValues(TypedDict, total=False):
    """What a client writes over a step; what is not there stays."""

    display_name: str | None
    is_checked: bool
    created: Instant
    checked: Instant | None


def list_checklist_items(
    session: ReadSession, key: ItemKey, page: Page
) -> ResultPage[ChecklistItemRow]:
    """List the steps of a task, the oldest first. Raises `ItemNotFound`."""
    return parts.list_parts(session, CHECKLIST_ITEMS, key, page)


def count_checklist_items(session: ReadSession, key: ItemKey, filter_: Expression | None) -> int:
    """Count the steps of a task. Raises `ItemNotFound`."""
    return CHECKLIST_ITEMS.count(session, get_task(session, key).id, filter_)


def list_of_tasks(
    session: ReadSession, tasks: Sequence[TaskRow]
) -> dict[int, list[ChecklistItemRow]]:
    """Return all steps of tasks, by task; one without steps is left out, and not looked for.

    Raises `MessageSizeExceeded` where they are too long together, which `parts.truncate_for_parts`
    prevents.
    """
    return parts.list_by_task(session, CHECKLIST_ITEMS, _KIND, tasks)


def get_checklist_item(session: ReadSession, key: ItemKey, guid: str) -> ChecklistItemRow:
    """Return a step of a task. Raises `ItemNotFound`."""
    return parts.get_part(session, CHECKLIST_ITEMS, key, guid)


def add_checklist_item(
    session: WriteSession,
    key: ItemKey,
    given: NewChecklistItem,
    precondition: Precondition = UNCONDITIONAL,
) -> ChecklistItemRow:
    """Give a task a further step.

    Raises `ItemNotFound`, `ChangeKeyStale` where the task does not meet the precondition,
    and `InvalidRequest` where it has too many, or for too long a name.
    """
    task = parts.get_task_to_change(session, key, precondition)
    row = add_all(session, task, [given])[0]
    parts.touch_parts(session, task, _KIND, left=True)
    return row


def add_all(
    session: WriteSession, task: TaskRow, given: Sequence[NewChecklistItem]
) -> list[ChecklistItemRow]:
    """Write further steps of a task, which stays as it is: whoever has them added touches it.

    However many there are, the statements are as many. Raises `InvalidRequest`.
    """
    has = CHECKLIST_ITEMS.get_totals(session, [task.id]).get(task.id, NO_PARTS).number
    parts.expect_room(has + len(given), MAX_ITEMS, "checklist items")
    for one in given:
        parts.expect_text("DisplayName", one.display_name)
    first = session.advance_counter(len(given)) - len(given) + 1
    rows = [
        ChecklistItemRow(
            id=number,
            task=task.id,
            guid=str(session.guid()),
            display_name=one.display_name,
            created=session.now if one.created is None else one.created,
            checked=(one.checked or session.now) if one.is_checked else None,
        )
        for number, one in enumerate(given, first)
    ]
    CHECKLIST_ITEMS.add_all(session, rows)
    return rows


def update_checklist_item(
    session: WriteSession,
    key: ItemKey,
    guid: str,
    values: ChecklistItemValues,
    precondition: Precondition = UNCONDITIONAL,
) -> ChecklistItemRow:
    """Write values over a step; asking for nothing leaves it, and the task, as it is.

    A step that is ticked was checked now, unless the values say when or it was already; the
    task's status stays. Raises like `add_checklist_item`.
    """
    task = parts.get_task_to_change(session, key, precondition)
    stored = get_checklist_item(session, key, guid)
    if not values:
        return stored
    name = values.get("display_name", stored.display_name)
    parts.expect_text("DisplayName", name)
    is_checked = values.get("is_checked", stored.is_checked)
    checked = values.get("checked") or stored.checked or session.now
    row = stored._replace(
        display_name=name,
        created=values.get("created", stored.created),
        checked=checked if is_checked else None,
    )
    CHECKLIST_ITEMS.replace(session, row)
    parts.touch_parts(session, task, _KIND, left=True)
    return row


def delete_checklist_item(
    session: WriteSession, key: ItemKey, guid: str, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Take a step off a task. Raises `ItemNotFound`, `ChangeKeyStale`."""
    task = parts.get_task_to_change(session, key, precondition)
    CHECKLIST_ITEMS.remove(session, get_checklist_item(session, key, guid))
    left = bool(CHECKLIST_ITEMS.get_totals(session, [task.id]))
    parts.touch_parts(session, task, _KIND, left=left)
