"""Three-way merge of a task that Exchange sync keeps in the list and in the mailbox.

Owns who wins: the two sides are compared field by field with what both agreed on last. Owns also
which columns to write on either side for it. Pure.

A day from the list is written into the zone that the task's dates have in the mailbox, else as a
day in no zone. What only one side can hold is left alone there: a time of day and an HTML body stay
as long as the day and the plain text do.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.mailbox import walls
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues, WallTime
from afterlook.mailbox.walls import Walls
from afterlook.runtime.instants import Instant
from afterlook.store.rows import TaskRow
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.workmanagement.exchange_sync.synced_fields import (
    HIGH,
    NORMAL,
    TEXT,
    SyncedFields,
    from_list_task,
)


def merge(
    base: SyncedFields,
    in_list: SyncedFields,
    in_mailbox: SyncedFields,
    *,
    list_is_later: bool,
) -> SyncedFields:
    """Return what both sides are to be: in each field, what one of them has changed since `base`.

    Where both have changed a field to different values, the later write wins.
    """
    later = in_list if list_is_later else in_mailbox
    picked: list[Any] = [
        theirs if ours == before else ours if theirs in (before, ours) else last
        for before, ours, theirs, last in zip(base, in_list, in_mailbox, later, strict=True)
    ]
    return settle_dates(SyncedFields._make(picked))


def settle_dates(synced: SyncedFields) -> SyncedFields:
    """Return fields with dates that the mailbox can hold.

    There a task is not due before it starts, and none starts without being due: Due follows Start.
    """
    start, due = synced.start, synced.due
    if start is not None and (due is None or due < start):
        return synced._replace(due=start)
    return synced


def list_task_changes(wanted: SyncedFields, task: WorkTaskRow, now: Instant) -> dict[str, object]:
    """Return which columns of a task of the list to write, so that it has the wanted fields."""
    current = from_list_task(task)
    values: dict[str, object] = {
        name: value
        for name, value in wanted._asdict().items()
        if name != "is_pinned" and value != getattr(current, name)
    }
    if wanted.is_pinned != current.is_pinned:
        values["pinned"] = now if wanted.is_pinned else None
    return values


def outlook_task_changes(
    wanted: SyncedFields, current: SyncedFields | None, task: TaskRow | None
) -> TaskValues:
    """Return what to write over a task of the mailbox, so that it has the wanted fields.

    `current` are its synced fields now; it is None, and so is `task`, for one yet to be created.
    """
    values = _date_changes(wanted, current, {} if task is None else walls.read(task.walls))
    if current is None or wanted.name != current.name:
        values["subject"] = wanted.name
    if current is None or wanted.description != current.description:
        values["body_type"], values["body"] = TEXT, wanted.description or ""
    if wanted.is_completed != (current is not None and current.is_completed):
        values["status"] = COMPLETED if wanted.is_completed else NOT_STARTED
    if wanted.is_pinned != (current is not None and current.is_pinned):
        values["importance"] = HIGH if wanted.is_pinned else NORMAL
    return values


def _date_changes(wanted: SyncedFields, current: SyncedFields | None, stored: Walls) -> TaskValues:
    """Return which dates to write, both in one zone: in two they could change their order.

    It is the zone of the date that stays, else that of those that are written over, else none.
    """
    days = {name: getattr(wanted, name) for name in walls.DAYS}
    changed = [name for name, day in days.items() if day != (current and getattr(current, name))]
    staying = [stored[name].zone for name in walls.DAYS if name in stored and name not in changed]
    replaced = [stored[name].zone for name in reversed(walls.DAYS) if name in stored]
    zone = (*staying, *replaced, walls.NO_ZONE)[0]
    written = {name: WallTime(days[name], zone) for name in changed if days[name] is not None}
    # In a zone the first or last day of the calendar may have no instant.
    if any(walls.to_instant(wall) is None for wall in written.values()):
        written = {name: wall._replace(zone=walls.NO_ZONE) for name, wall in written.items()}
    instants = {
        name: walls.to_instant(written[name]) if name in written else None for name in changed
    }
    return cast("TaskValues", {**instants, "walls": written} if instants else {})
