"""What every use case on a single task shares: getting it, writing it, and the result of that.

Owns which failures there are in getting one, and what every write does beside its own.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import settings, tasks
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.store.workmanagement.tasks import encode_attributes
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.results import (
    PinAge,
    TaskWithPinAge,
    WriteError,
    WriteRejected,
    WriteResult,
)
from afterlook.workmanagement.settings import get_settings

_PERSONAL = int(Provider.PERSONAL)


def is_personal(task: WorkTaskRow) -> bool:
    """Tell whether a task is the user's own, and nobody else's."""
    return task.provider == _PERSONAL


def with_current_pin_age(session: ReadSession, task: WorkTaskRow, now: Instant) -> TaskWithPinAge:
    """Return a task with the age of its pin."""
    return with_pin_age(task, get_settings(session).stale_before(now))


def with_pin_age(task: WorkTaskRow, stale_before: Instant) -> TaskWithPinAge:
    """Return a task with the age of its pin, which is stale if older than an instant."""
    if task.pinned is None:
        return TaskWithPinAge(task, PinAge.NO_VALUE)
    return TaskWithPinAge(task, PinAge.STALE if task.pinned < stale_before else PinAge.FRESH)


def get_or_reject(session: WriteSession, key: int) -> WorkTaskRow:
    """Return a task. Raises `WriteRejected`, which tells a deleted task from one that never was."""
    task = tasks.get(session, key)
    if task is not None:
        return task
    once = 1 <= key < settings.get(session).next_task
    raise WriteRejected(WriteError.TASK_DELETED if once else WriteError.TASK_NOT_FOUND)


def get_writable(session: WriteSession, key: int) -> WorkTaskRow:
    """Return a task whose own fields may be written. Raises `WriteRejected`."""
    task = get_or_reject(session, key)
    if task.is_read_only:
        raise WriteRejected(WriteError.ACCESS_DENIED)
    return task


def insert(session: WriteSession, **values: object) -> WorkTaskRow:
    """Put a task onto the list, above all others: the user's own, where nothing else is said."""
    blank = WorkTaskRow(
        id=settings.advance_counter(session, "next_task"),
        name="",
        description=None,
        start=None,
        due=None,
        is_completed=False,
        pinned=None,
        location=NO_LOCATION,
        edit_url=None,
        is_read_only=False,
        modified=truncate_to_second(session.now),
        discovered=session.now,
        position=tasks.get_top_position(session),
        provider=Provider.PERSONAL,
        provider_key=None,
        custom_data=None,
        attributes=encode_attributes(()),
    )
    task = blank._replace(**cast("dict[str, Any]", values))
    tasks.add(session, task)
    return task


def update(session: WriteSession, task: WorkTaskRow, **values: object) -> WriteResult:
    """Write values over a task; return it as it is then."""
    current = task._replace(
        modified=truncate_to_second(session.now), **cast("dict[str, Any]", values)
    )
    tasks.replace(session, current)
    return report_success(session, current)


def report_success(session: WriteSession, task: WorkTaskRow) -> WriteResult:
    """Return a task as the result of a write."""
    return WriteResult(task=with_current_pin_age(session, task, session.now))


def report_failure(session: WriteSession, task: WorkTaskRow, error: WriteError) -> WriteResult:
    """Return a failure as the result of a write, with the task as it was left."""
    return WriteResult(error, with_current_pin_age(session, task, session.now))


def truncate_to_second(now: Instant) -> Instant:
    """Return the beginning of a second: clients get no less, and query by what they have got."""
    return Instant(now - now % TICKS_PER_SECOND)
