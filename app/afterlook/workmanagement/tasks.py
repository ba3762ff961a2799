"""Use cases on single tasks of the list.

Owns who may write what, and what a write does to the rest of a task. Must not know where the tasks
of providers live: what is here are the user's own, and pointers.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.store.workmanagement.tasks import decode_attributes, encode_attributes
from afterlook.workmanagement import fields
from afterlook.workmanagement.items import has_source
from afterlook.workmanagement.locations import get_location
from afterlook.workmanagement.pairing import reconcile
from afterlook.workmanagement.records import (
    added,
    aged,
    changed,
    done,
    existing,
    is_personal,
    writable,
)
from afterlook.workmanagement.results import AgedTask, Unfit, WriteError, Written
from afterlook.workmanagement.through import delete_through, reread, write_through


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


def get_task(session: ReadSession, mailbox: MailboxRow, key: int, now: Instant) -> AgedTask | None:
    """Return a task."""
    row = tasks.get(session, mailbox.id, key)
    return None if row is None else aged(session, mailbox.id, row, now)


class Refreshed(NamedTuple):
    """A task as its source has it; `failed` says that this could not be asked."""

    task: AgedTask | None
    failed: bool


def refresh_task(session: WriteSession, mailbox: MailboxRow, key: int) -> Refreshed:
    """Read one task from its source, where it has one: a list, or by sync the mailbox."""
    pair = exchange_pairs.find_by_list_task(session, mailbox.id, key)
    task = tasks.get(session, session.mailbox, key)
    if pair is not None and task is not None:
        reconcile(session, mailbox, pair)
        task = tasks.get(session, session.mailbox, key)
        if task is None:
            return Refreshed(None, failed=False)
    if task is None:
        return Refreshed(None, failed=True)
    try:
        current = reread(session, task) if has_source(task) else task
    except Unfit:
        return Refreshed(aged(session, session.mailbox, task, session.now), failed=True)
    if current is None:
        return Refreshed(None, failed=False)
    return Refreshed(aged(session, session.mailbox, current, session.now), failed=False)


def create_task(session: WriteSession, new: NewTask, culture: str) -> Written:
    """Create a task of the user's own, above all others."""
    try:
        values = _values(new, culture)
    except Unfit as unfit:
        return Written(unfit.error)
    if get_location(session, session.mailbox, new.location) is None:
        return Written(WriteError.LOCATION_INVALID)
    task = added(
        session,
        is_completed=new.is_completed,
        pinned=session.now if new.is_pinned else None,
        location=new.location,
        **values,
    )
    return done(session, task)


def update_task(
    session: WriteSession, key: int, field: int, text: str | None, culture: str
) -> Written:
    """Write one field of a task, by its number; empty text or none clears it."""
    try:
        task = writable(session, key)
        values = fields.read(field, text, culture)
        if has_source(task):
            return write_through(session, task, values)
        return changed(session, task, **values)
    except Unfit as unfit:
        return Written(unfit.error)


def delete_task(session: WriteSession, key: int) -> Written:
    """Delete a task for good, where it comes from too."""
    try:
        task = writable(session, key)
        if has_source(task):
            return delete_through(session, task)
    except Unfit as unfit:
        return Written(unfit.error)
    tasks.remove(session, task.id)
    return Written()


def pin_task(session: WriteSession, key: int, *, pinned: bool) -> Written:
    """Mark a task as important as of now, or as not important. The pin is the user's own."""
    try:
        task = existing(session, key)
    except Unfit as unfit:
        return Written(unfit.error)
    if not pinned and task.pinned is None:
        return done(session, task)
    return changed(session, task, pinned=session.now if pinned else None)


def mark_task(session: WriteSession, key: int, attribute: str | None, *, marked: bool) -> Written:
    """Give a task a custom attribute, or take it away; having it once is enough."""
    try:
        task = existing(session, key)
        name = fields.attribute(attribute)
    except Unfit as unfit:
        return Written(unfit.error)
    names = decode_attributes(task.attributes)
    if (name in names) == marked:
        return done(session, task)
    others = [known for known in names if known != name]
    names = [*others, name] if marked else others
    if len(names) > fields.MOST_ATTRIBUTES:
        return Written(WriteError.VALIDATION)
    return changed(session, task, attributes=encode_attributes(names))


def move_task(session: WriteSession, key: int, location: int) -> bool:
    """Put a task of the user's own into a location, or into none; tell whether that was done."""
    task = tasks.get(session, session.mailbox, key)
    if task is None or not is_personal(task):
        return False
    if get_location(session, session.mailbox, location) is None:
        return False
    changed(session, task, location=location)
    return True


def _values(new: NewTask, culture: str) -> dict[str, Any]:
    return {
        "name": fields.title(new.name),
        "description": fields.description(new.description),
        "start": fields.start_date(new.start, culture),
        "due": fields.due_date(new.due, culture),
        "edit_url": fields.edit_url(new.edit_url),
    }
