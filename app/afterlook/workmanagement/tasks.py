"""Use cases on single tasks of the list.

Owns who may write what, and what a write does to the rest of a task. Must not know where the tasks
of providers live: what is here are the user's own, and pointers.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.work import settings, tasks
from afterlook.store.work.queries import NOWHERE, read, written
from afterlook.store.work.rows import WorkTaskRow
from afterlook.workmanagement import fields
from afterlook.workmanagement.locations import Provider, get_location
from afterlook.workmanagement.results import AgedTask, PinAge, Unfit, WriteError, Written
from afterlook.workmanagement.settings import get_settings


class NewTask(NamedTuple):
    """What a task is created with; dates are text, as somebody wrote them."""

    name: str | None
    description: str | None = None
    start: str | None = None
    due: str | None = None
    is_completed: bool = False
    is_pinned: bool = False
    location: int = NOWHERE
    edit_url: str | None = None


def get_task(session: ReadSession, mailbox: MailboxRow, key: int, now: Instant) -> AgedTask | None:
    """Return a task."""
    row = tasks.get(session, mailbox.id, key)
    return None if row is None else aged(session, mailbox.id, row, now)


def create_task(session: WriteSession, new: NewTask, culture: str) -> Written:
    """Create a task of the user's own, above all others."""
    try:
        values = _values(new, culture)
    except Unfit as unfit:
        return Written(unfit.error)
    if get_location(session, session.mailbox, new.location) is None:
        return Written(WriteError.LOCATION_INVALID)
    task = WorkTaskRow(
        id=settings.take(session, "next_task"),
        is_completed=new.is_completed,
        pinned=session.now if new.is_pinned else None,
        location=new.location,
        is_read_only=False,
        modified=_second(session.now),
        discovered=session.now,
        position=tasks.top(session, session.mailbox),
        provider=Provider.PERSONAL,
        provider_key=None,
        custom_data=None,
        attributes=written(()),
        **values,
    )
    tasks.add(session, task)
    return _done(session, task)


def update_task(
    session: WriteSession, key: int, field: int, text: str | None, culture: str
) -> Written:
    """Write one field of a task, by its number; empty text or none clears it."""
    try:
        task = _writable(session, key)
        return _changed(session, task, **fields.read(field, text, culture))
    except Unfit as unfit:
        return Written(unfit.error)


def delete_task(session: WriteSession, key: int) -> Written:
    """Delete a task for good."""
    try:
        task = _writable(session, key)
    except Unfit as unfit:
        return Written(unfit.error)
    tasks.remove(session, task.id)
    return Written()


def pin_task(session: WriteSession, key: int, *, pinned: bool) -> Written:
    """Mark a task as important as of now, or as not important. The pin is the user's own."""
    try:
        task = _existing(session, key)
    except Unfit as unfit:
        return Written(unfit.error)
    return _changed(session, task, pinned=session.now if pinned else None)


def mark_task(session: WriteSession, key: int, attribute: str | None, *, marked: bool) -> Written:
    """Give a task a custom attribute, or take it away; having it once is enough."""
    try:
        task = _existing(session, key)
        name = fields.attribute(attribute)
    except Unfit as unfit:
        return Written(unfit.error)
    names = [known for known in read(task.attributes) if known != name]
    if marked:
        names.append(name)
    if len(names) > fields.MOST_ATTRIBUTES:
        return Written(WriteError.VALIDATION)
    return _changed(session, task, attributes=written(names))


def move_task(session: WriteSession, key: int, location: int) -> bool:
    """Put a task of the user's own into a location, or into none; tell whether that was done."""
    task = tasks.get(session, session.mailbox, key)
    if task is None or not is_personal(task):
        return False
    if get_location(session, session.mailbox, location) is None:
        return False
    _changed(session, task, location=location)
    return True


def promote_task(session: WriteSession, key: int, location: int) -> Written:
    """Make a task of the user's own one of a provider's, in a location of the provider's.

    What cannot be promoted stays a task of the user's own, and is in the result.
    """
    try:
        task = _existing(session, key)
    except Unfit as unfit:
        return Written(unfit.error)
    if not is_personal(task):
        return _failed(session, task, WriteError.PROMOTE_TARGET_TASK_NOT_PERSONAL)
    if location == NOWHERE or get_location(session, session.mailbox, location) is None:
        return _failed(session, task, WriteError.LOCATION_INVALID)
    return _failed(session, task, WriteError.PROMOTION_FAILED_IN_PROVIDER)


def create_and_promote(session: WriteSession, new: NewTask, culture: str) -> Written:
    """Create a task of the user's own and promote it; where that fails it stays."""
    created = create_task(session, new._replace(location=NOWHERE), culture)
    if created.task is None:
        return created
    return promote_task(session, created.task.row.id, new.location)


def is_personal(task: WorkTaskRow) -> bool:
    """Tell whether a task is the user's own, and nobody else's."""
    return task.provider == Provider.PERSONAL


def aged(session: ReadSession, mailbox: int, task: WorkTaskRow, now: Instant) -> AgedTask:
    """Return a task with the age of its pin."""
    return with_age(task, get_settings(session, mailbox).stale_before(now))


def with_age(task: WorkTaskRow, stale_before: Instant) -> AgedTask:
    """Return a task with the age of its pin, which is stale if older than an instant."""
    if task.pinned is None:
        return AgedTask(task, PinAge.NO_VALUE)
    return AgedTask(task, PinAge.STALE if task.pinned < stale_before else PinAge.FRESH)


def _values(new: NewTask, culture: str) -> dict[str, Any]:
    return {
        "name": fields.title(new.name),
        "description": fields.description(new.description),
        "start": fields.start_date(new.start, culture),
        "due": fields.due_date(new.due, culture),
        "edit_url": fields.edit_url(new.edit_url),
    }


def _existing(session: WriteSession, key: int) -> WorkTaskRow:
    """Return a task. Raises `Unfit`; ids are counted, so one that is gone is known to be."""
    task = tasks.get(session, session.mailbox, key)
    if task is not None:
        return task
    once = 1 <= key < settings.get(session, session.mailbox).next_task
    raise Unfit(WriteError.TASK_DELETED if once else WriteError.TASK_NOT_FOUND)


def _writable(session: WriteSession, key: int) -> WorkTaskRow:
    """Return a task whose own fields may be written. Raises `Unfit`."""
    task = _existing(session, key)
    if task.is_read_only:
        raise Unfit(WriteError.ACCESS_DENIED)
    return task


def _changed(session: WriteSession, task: WorkTaskRow, **values: object) -> Written:
    changed = task._replace(modified=_second(session.now), **cast("dict[str, Any]", values))
    tasks.replace(session, changed)
    return _done(session, changed)


def _done(session: WriteSession, task: WorkTaskRow) -> Written:
    return Written(task=aged(session, session.mailbox, task, session.now))


def _failed(session: WriteSession, task: WorkTaskRow, error: WriteError) -> Written:
    return Written(error, aged(session, session.mailbox, task, session.now))


def _second(now: Instant) -> Instant:
    """Return the beginning of a second: a client sees no less, and asks by what it has seen."""
    return Instant(now - now % TICKS_PER_SECOND)
