"""Use cases on tasks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol, cast

from afterlook.errors import ItemNotFound
from afterlook.mailbox import series, walls
from afterlook.mailbox.capacity import expect_fitting
from afterlook.mailbox.dates import today
from afterlook.mailbox.extended_properties import PropertyUpdate, put
from afterlook.mailbox.folders import get_folder
from afterlook.mailbox.identifiers import ItemKey, identifiers_of
from afterlook.mailbox.result_pages import ResultPage, read_page
from afterlook.mailbox.schedule import settle
from afterlook.mailbox.timezones import Zone
from afterlook.mailbox.values import COMPLETED, TaskValues
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store import (
    attachments,
    changes,
    checklists,
    extended_properties,
    extensions,
    tasks,
    upload_sessions,
)
from afterlook.store.checklists import CHECKLIST_ITEMS
from afterlook.store.linked_resources import LINKED_RESOURCES
from afterlook.store.pages import Page
from afterlook.store.parts import Parts
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

_MAX_LIGHT_BODY = 16 * 1024


class _PartsOfKind(Protocol):
    """The statements on one kind of parts that every task goes by."""

    def remove_all(self, session: WriteSession, task_id: int, /) -> None:
        """Delete all of a task."""

    def copy_all(self, session: WriteSession, task_id: int, copy: int, /) -> None:
        """Give a copy of a task its own."""


_PARTS: dict[Parts, _PartsOfKind] = {
    Parts.CHECKLIST_ITEMS: CHECKLIST_ITEMS,
    Parts.LINKED_RESOURCES: LINKED_RESOURCES,
    Parts.EXTENSIONS: extensions,
}


def list_tasks(session: ReadSession, page: Page) -> ResultPage[TaskRow]:
    """List all tasks of a mailbox."""
    return read_page(
        session,
        page,
        lambda page: tasks.list_page(session, page),
        lambda filter_: tasks.count(session, filter_),
    )


def count_tasks(session: ReadSession, filter_: Expression | None) -> int:
    """Count the tasks of a mailbox."""
    return tasks.count(session, filter_)


def list_folder_tasks(
    session: ReadSession, folder_id: int, page: Page, group_id: int | None = None
) -> ResultPage[TaskRow]:
    """List the tasks of a folder, of `group` where one is given. Raises `ItemNotFound`."""
    get_folder(session, folder_id, group_id)
    return read_page(
        session,
        page,
        lambda page: tasks.list_page_in_folder(session, folder_id, page),
        lambda filter_: tasks.count_in_folder(session, folder_id, filter_),
    )


def count_folder_tasks(
    session: ReadSession, folder_id: int, filter_: Expression | None, group_id: int | None = None
) -> int:
    """Count the tasks of a folder, of `group` where one is given. Raises `ItemNotFound`."""
    get_folder(session, folder_id, group_id)
    return tasks.count_in_folder(session, folder_id, filter_)


def get_task(session: ReadSession, key: ItemKey, folder_id: int | None = None) -> TaskRow:
    """Return a task, of `folder` where one is given. Raises `ItemNotFound`."""
    row = tasks.get(session, key.item)
    if row is None or row.folder_id != key.folder or folder_id not in (None, row.folder_id):
        raise ItemNotFound
    return row


def is_light(session: ReadSession, key: ItemKey) -> bool:
    """Tell whether a task is little to write over: few texts, nothing attached, no series."""
    row = tasks.get(session, key.item)
    if row is None:
        return True
    is_alone = row.recurrence is None and not row.has_attachments and not row.parts
    return is_alone and len(row.body) <= _MAX_LIGHT_BODY


def create_task(
    session: WriteSession,
    folder_id: int,
    values: TaskValues,
    zone: Zone,
    properties: Sequence[PropertyUpdate] = (),
) -> TaskRow:
    """Create a task in a folder, with extended properties.

    Raises `ItemNotFound`, `InvalidRequest`.
    """
    get_folder(session, folder_id)
    number, now = session.change_number, session.now
    blank = TaskRow(id=number, folder_id=folder_id, change=number, created=now, modified=now)
    task = _apply_values(session, blank, _with_zone(values, zone), zone)
    tasks.add(session, task)
    put(session, task.id, properties)
    changes.log_created(session, folder_id, task.id)
    return task


def update_task(
    session: WriteSession,
    key: ItemKey,
    values: TaskValues,
    zone: Zone,
    precondition: Precondition = UNCONDITIONAL,
    properties: Sequence[PropertyUpdate] = (),
) -> TaskRow:
    """Write values and extended properties over a task; asking for nothing leaves it as it is.

    Values that complete or move an occurrence of a series become a task of its own, which is
    returned; the one asked for goes on to the next occurrence (docs/reference/outlook.md §5).
    Raises `ItemNotFound`, `ChangeKeyStale`, `InvalidRequest`.
    """
    stored = get_task(session, key)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    if not (values or properties):
        return stored
    return _write_over(session, stored, values, zone, properties)[0]


def complete_task(
    session: WriteSession, key: ItemKey, zone: Zone, precondition: Precondition = UNCONDITIONAL
) -> list[TaskRow]:
    """Complete a task as of the present day in `zone`; a completed one keeps its day.

    Returns the completed task and, where it was of a series that goes on, the next one. Raises
    `ItemNotFound`, `ChangeKeyStale`.
    """
    stored = get_task(session, key)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    return _write_over(session, stored, TaskValues(status=COMPLETED), zone)


def delete_task(
    session: WriteSession, key: ItemKey, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Delete a task. Raises `ItemNotFound`, `ChangeKeyStale`."""
    stored = get_task(session, key)
    identifiers_of(session.mailbox).expect_met(precondition, stored.change)
    extended_properties.remove_all(session, stored.id)
    attachments.remove_all(session, stored.id)
    upload_sessions.remove_all(session, stored.id)
    for kind, of_kind in _PARTS.items():
        if stored.parts & kind:
            of_kind.remove_all(session, stored.id)
    tasks.remove(session, stored.id)
    changes.log_deleted(session, stored.id)


def touch(
    session: WriteSession,
    task: TaskRow,
    *,
    has_attachments: bool | None = None,
    parts: int | None = None,
) -> TaskRow:
    """Write that what belongs to a task has changed; return it as it then is.

    What is not said of it stays.
    """
    touched = task._replace(
        change=session.change_number,
        modified=session.now,
        has_attachments=task.has_attachments if has_attachments is None else has_attachments,
        parts=task.parts if parts is None else parts,
    )
    tasks.replace(session, touched)
    changes.log_updated(session, task.id)
    return touched


def _write_over(
    session: WriteSession,
    stored: TaskRow,
    values: TaskValues,
    zone: Zone,
    properties: Sequence[PropertyUpdate] = (),
) -> list[TaskRow]:
    """Write over a task; return it and, where an occurrence left its series, the next one."""
    written = series.drop_echo(walls.drop_echo(_with_zone(values, zone), stored), stored)
    task, next_task = _apply_values(session, stored, written, zone), None
    if series.is_left(stored, task):
        task, next_task = task._replace(recurrence=None), series.advance_series(stored)
    if next_task is None:
        tasks.replace(session, task)
        changes.log_updated(session, task.id)
    else:
        task = task._replace(id=session.change_number, created=session.now)
        tasks.add(session, task)
        _copy_belongings(session, stored, task.id)
        changes.log_created(session, task.folder_id, task.id)
        if next_task.parts & Parts.CHECKLIST_ITEMS:
            checklists.uncheck_all(session, next_task.id)
        next_task = next_task._replace(change=session.advance_counter(1), modified=session.now)
        tasks.replace(session, next_task)
        changes.log_updated(session, next_task.id, next_task.change)
    put(session, task.id, properties)
    return [task] if next_task is None else [task, next_task]


def _copy_belongings(session: WriteSession, original: TaskRow, copy_id: int) -> None:
    """Give a copy of a task what hangs on the original, under numbers and GUIDs of their own.

    Raises `MessageSizeExceeded` where more is attached than a task may have.
    """
    extended_properties.copy_all(session, original.id, copy_id)
    for totals in attachments.get_totals(session, [original.id]).values():
        expect_fitting(totals)
    for row in attachments.list_of_tasks(session, [original.id]):
        attachments.share(session, row._replace(id=session.advance_counter(1), task=copy_id))
    for kind, of_kind in _PARTS.items():
        if original.parts & kind:
            of_kind.copy_all(session, original.id, copy_id)


def _apply_values(session: WriteSession, task: TaskRow, values: TaskValues, zone: Zone) -> TaskRow:
    settled = settle(values, task, today(session.now, zone))
    settled.pop("walls", None)
    settled.pop("exact", None)
    starts = "recurrence" in settled
    recurrence = settled.pop("recurrence", None)
    stamped = task._replace(
        change=session.change_number,
        modified=session.now,
        walls=walls.rewrite(task, settled, values),
    )
    changed = stamped._replace(**cast("dict[str, Any]", settled))
    return series.begin_series(changed, recurrence, values.keys()) if starts else changed


def _with_zone(values: TaskValues, zone: Zone) -> TaskValues:
    """Return values whose recurrence, if they have one, names the zone that it lives in."""
    recurrence = values.get("recurrence")
    return (
        values
        if recurrence is None
        else {**values, "recurrence": recurrence.with_zone(zone.own_name)}
    )
