"""What Exchange sync carries of a task: the fields that both the list and the mailbox can hold.

Owns how a task of either side reads in these fields, and the JSON that a pair keeps of them. Pure.

A date is a day. In the mailbox that is the day that was written, in whatever zone; where the
mailbox has kept an instant only, from before it kept days, it is the day that most likely began
then. A text that is too long for the list is never cut: its task is skipped.
"""

from __future__ import annotations

from typing import NamedTuple

import orjson

from afterlook.mailbox import walls
from afterlook.mailbox.plaintext import from_html
from afterlook.mailbox.values import COMPLETED
from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_DAY, TICKS_PER_SECOND
from afterlook.store.rows import TaskRow
from afterlook.store.workmanagement.rows import NaiveTicks, WorkTaskRow
from afterlook.workmanagement.fields import MAX_DESCRIPTION, MAX_TITLE

NAMELESS = "(No subject)"
"""The name in the list of a task that has no subject: the list must have one."""

MAX_INPUT = 10 * MAX_DESCRIPTION
"""Characters of text of an HTML body that are read to find out what it says."""

TEXT, HTML = 0, 1
"""The types of body of a task of the mailbox."""

NORMAL, HIGH = 1, 2
"""How important a task of the mailbox is: one of high importance is pinned in the list."""

_LIKELIEST_OFFSET = (13 * 60 + 45) * 60 * TICKS_PER_SECOND
"""The largest offset east of UTC that is assumed for a midnight of which only the instant is known.

It is that of the Chatham Islands in summer. An instant that would need a larger one is more likely
midnight in Hawaii, at -10:00, than at +14:00, since more people live there.
"""

_LAST_DAY = LAST_INSTANT // TICKS_PER_DAY


class Unlistable(Exception):
    """A task of the mailbox has a text that the list cannot hold."""


class SyncedFields(NamedTuple):
    """The fields of a task that both sides can hold."""

    name: str
    description: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    is_completed: bool
    is_pinned: bool


def from_list_task(task: WorkTaskRow) -> SyncedFields:
    """Return the synced fields of a task of the list."""
    return SyncedFields(
        name=task.name,
        description=task.description,
        start=_day(task.start),
        due=_day(task.due),
        is_completed=task.is_completed,
        is_pinned=task.pinned is not None,
    )


def from_outlook_task(task: TaskRow) -> SyncedFields:
    """Return the synced fields of a task of the mailbox. Raises `Unlistable`."""
    subject = task.subject or ""
    body = from_html(task.body, MAX_INPUT) if task.body_type == HTML else task.body
    if body is None or len(body) > MAX_DESCRIPTION or len(subject) > MAX_TITLE:
        raise Unlistable
    return SyncedFields(
        name=list_name(task),
        description=body or None,
        start=_outlook_day(task, "start"),
        due=_outlook_day(task, "due"),
        is_completed=task.status == COMPLETED,
        is_pinned=task.importance == HIGH,
    )


def list_name(task: TaskRow) -> str:
    """Return what a task of the mailbox is called in the list."""
    return task.subject if task.subject and task.subject.strip() else NAMELESS


def to_json(synced: SyncedFields) -> str:
    """Return synced fields as JSON text."""
    return orjson.dumps(list(synced)).decode()


def from_json(text: str) -> SyncedFields:
    """Return synced fields from their JSON text."""
    return SyncedFields._make(orjson.loads(text))


def _outlook_day(task: TaskRow, name: str) -> NaiveTicks | None:
    """Return the day that a date of a task of the mailbox is on, `start` or `due`."""
    instant, wall = getattr(task, name), walls.read(task.walls).get(name)
    if instant is None:
        return None
    return _day(
        instant + _LIKELIEST_OFFSET if wall is None or wall.ticks % TICKS_PER_DAY else wall.ticks
    )


def _day(ticks: int | None) -> NaiveTicks | None:
    """Return the first tick of a day; None for the first of all, which means no date in .NET."""
    if ticks is None:
        return None
    return min(ticks // TICKS_PER_DAY, _LAST_DAY) * TICKS_PER_DAY or None
