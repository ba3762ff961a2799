"""Use cases on single tasks of the user's list.

Owns who may write what, and what a write does to the rest of a task. A task of a provider's is
written to its provider list by `write_through`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.store.workmanagement.tasks import decode_attributes, encode_attributes
from afterlook.workmanagement import fields
from afterlook.workmanagement.exchange_sync.reconcile import reconcile
from afterlook.workmanagement.locations import get_location
from afterlook.workmanagement.providers.originals import has_original
from afterlook.workmanagement.records import (
    get_or_reject,
    get_writable,
    insert,
    is_personal,
    report_success,
    update,
    with_current_pin_age,
)
from afterlook.workmanagement.results import TaskWithPinAge, WriteError, WriteRejected, WriteResult
from afterlook.workmanagement.write_through import delete_through, reread, write_through


class NewTask(NamedTuple):
    """What a task is created with; dates are text, as somebody wrote them."""

    name: str | None
    description: str | None = None
    start: str | None = None
    due: str | None = None
    is_completed: bool = False
    is_pinned: bool = False
    location: int = NO_LOCATION
    edit_url: str | None = None


def get_task(session: ReadSession, key: int, now: Instant) -> TaskWithPinAge | None:
    """Return a task."""
    row = tasks.get(session, key)
    return None if row is None else with_current_pin_age(session, row, now)


class RefreshResult(NamedTuple):
    """A task as its original is now; `failed` says that this could not be read."""

    task: TaskWithPinAge | None
    failed: bool


def refresh_task(session: WriteSession, key: int) -> RefreshResult:
    """Read one task from its original, if it has one: in a provider list, or in the mailbox."""
    pair = exchange_pairs.find_by_list_task(session, key)
    task = tasks.get(session, key)
    if pair is not None and task is not None:
        reconcile(session, pair)
        task = tasks.get(session, key)
        if task is None:
            return RefreshResult(None, failed=False)
    if task is None:
        return RefreshResult(None, failed=True)
    try:
        current = reread(session, task) if has_original(task) else task
    except WriteRejected:
        return RefreshResult(with_current_pin_age(session, task, session.now), failed=True)
    if current is None:
        return RefreshResult(None, failed=False)
    return RefreshResult(with_current_pin_age(session, current, session.now), failed=False)


def create_task(session: WriteSession, new: NewTask, culture: str) -> WriteResult:
    """Create a task of the user's own, above all others."""
    try:
        values = _parse_values(new, culture)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)
    if get_location(session, new.location) is None:
        return WriteResult(WriteError.LOCATION_INVALID)
    task = insert(
        session,
        is_completed=new.is_completed,
        pinned=session.now if new.is_pinned else None,
        location=new.location,
        **values,
    )
    return report_success(session, task)


def update_task(
    session: WriteSession, key: int, field: int, text: str | None, culture: str
) -> WriteResult:
    """Write one field of a task, by its number; empty text or none clears it."""
    try:
        task = get_writable(session, key)
        values = fields.parse_field(field, text, culture)
        if has_original(task):
            return write_through(session, task, values)
        return update(session, task, **values)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)


def delete_task(session: WriteSession, key: int) -> WriteResult:
    """Delete a task for good, where it comes from too."""
    try:
        task = get_writable(session, key)
        if has_original(task):
            return delete_through(session, task)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)
    tasks.remove(session, task.id)
    return WriteResult()


def pin_task(session: WriteSession, key: int, *, pinned: bool) -> WriteResult:
    """Mark a task as important as of now, or as not important. The pin is the user's own."""
    try:
        task = get_or_reject(session, key)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)
    if not pinned and task.pinned is None:
        return report_success(session, task)
    return update(session, task, pinned=session.now if pinned else None)


def mark_task(
    session: WriteSession, key: int, attribute: str | None, *, marked: bool
) -> WriteResult:
    """Give a task a custom attribute, or take it away; having it once is enough."""
    try:
        task = get_or_reject(session, key)
        name = fields.parse_attribute(attribute)
    except WriteRejected as rejected:
        return WriteResult(rejected.error)
    names = decode_attributes(task.attributes)
    if (name in names) == marked:
        return report_success(session, task)
    others = [one for one in names if one != name]
    names = [*others, name] if marked else others
    if len(names) > fields.MAX_ATTRIBUTES:
        return WriteResult(WriteError.VALIDATION)
    return update(session, task, attributes=encode_attributes(names))


def move_task(session: WriteSession, key: int, location: int) -> bool:
    """Put a task of the user's own into a location, or into none; tell whether that was done."""
    task = tasks.get(session, key)
    if task is None or not is_personal(task):
        return False
    if get_location(session, location) is None:
        return False
    update(session, task, location=location)
    return True


def _parse_values(new: NewTask, culture: str) -> dict[str, Any]:
    return {
        "name": fields.parse_title(new.name),
        "description": fields.parse_description(new.description),
        "start": fields.parse_start_date(new.start, culture),
        "due": fields.parse_due_date(new.due, culture),
        "edit_url": fields.parse_edit_url(new.edit_url),
    }
