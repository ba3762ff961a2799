"""How a task hangs on its series: which occurrence it stands for, and how it goes on to the next.

Owns the dates of a recurring task and what takes an occurrence out of its series (Outlook Task
REST, "Complete tasks"; `reference/outlook-contract.md` §5). Pure: rows and asked values in, rows
and values out. Must not know a session.

A task stands for the occurrence on the day of its StartDateTime, or of its DueDateTime where it
has no start, in the zone that its series lives in.
"""

from __future__ import annotations

from datetime import date

from afterlook.mailbox import recurrence as recurrences
from afterlook.mailbox.dates import day_of, later, start_of
from afterlook.mailbox.occurrences import first_from, next_after
from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.mailbox.timezones import Zone, zone
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.rows import TaskRow


def begun(task: TaskRow, recurrence: PatternedRecurrence | None) -> TaskRow:
    """Return a task with a recurrence, or without one.

    Its dates go on to the first occurrence that is not before them, and a task without dates gets
    those of the first; where there is no such occurrence they stay.
    """
    if recurrence is None:
        return task._replace(recurrence=None)
    recurring = task._replace(recurrence=recurrences.write(recurrence))
    where, day = _zone(recurrence), _day(task, recurrence)
    first = first_from(recurrence, date.min if day is None else day)
    if first is None:
        return recurring
    if day is not None:
        return _moved(recurring, (first - day).days, where) or recurring
    start = start_of(first, where)
    return recurring._replace(start=start, due=start)


def following(task: TaskRow) -> TaskRow | None:
    """Return a recurring task as its next occurrence, still to be done, or None after the last."""
    recurrence = _recurrence(task)
    day = None if recurrence is None else _day(task, recurrence)
    if recurrence is None or day is None:
        return None
    follows = next_after(recurrence, day)
    if follows is None:
        return None
    open_again = task._replace(status=NOT_STARTED, completed=None)
    return _moved(open_again, (follows - day).days, _zone(recurrence))


def without_echo(asked: TaskValues, task: TaskRow) -> TaskValues:
    """Return what is asked of a recurring task, without what a client merely sends back.

    It is the recurrence as it stands, and a date whose day is the one asked for: what is midnight
    in one zone is shown in another, and comes back as a midnight there.
    """
    recurrence = _recurrence(task)
    if recurrence is None:
        return asked
    wanted = asked.copy()
    if asked.get("recurrence") == recurrence:
        del wanted["recurrence"]
    if "start" in asked and _is_on(asked["start"], task.start):
        wanted["start"] = task.start
    if "due" in asked and _is_on(asked["due"], task.due):
        wanted["due"] = task.due
    return wanted


def is_left(stored: TaskRow, changed: TaskRow) -> bool:
    """Tell whether a change takes a task out of its series: by completing or by moving it.

    One that gives it another recurrence, or none, does not.
    """
    if stored.status == COMPLETED or changed.recurrence != stored.recurrence:
        return False
    is_moved = (changed.start, changed.due) != (stored.start, stored.due)
    return (changed.status == COMPLETED or is_moved) and _recurrence(stored) is not None


def _recurrence(task: TaskRow) -> PatternedRecurrence | None:
    return None if task.recurrence is None else recurrences.read(task.recurrence)


def _zone(recurrence: PatternedRecurrence) -> Zone:
    return zone(recurrence.range.recurrence_time_zone)


def _day(task: TaskRow, recurrence: PatternedRecurrence) -> date | None:
    anchor = task.due if task.start is None else task.start
    return None if anchor is None else day_of(anchor, _zone(recurrence))


def _is_on(midnight: Instant | None, stored: Instant | None) -> bool:
    if midnight is None or stored is None:
        return False
    return midnight <= stored < midnight + TICKS_PER_DAY


def _moved(task: TaskRow, days: int, where: Zone) -> TaskRow | None:
    """Return a task with Start, Due and reminder moved, or None where one leaves the calendar."""
    if not days:
        return task
    stored = (task.start, task.due, task.reminder)
    start, due, reminder = (
        None if instant is None else later(instant, days, where) for instant in stored
    )
    if (start, due, reminder).count(None) > stored.count(None):
        return None
    return task._replace(start=start, due=due, reminder=reminder)
