"""How a task hangs on its series: which occurrence it stands for, and how it goes on to the next.

Owns the dates of a recurring task and what takes an occurrence out of its series (Outlook Task
REST, "Complete tasks"; docs/reference/outlook.md §5). Pure: rows and written values in, rows
and values out.

A task stands for the occurrence on the day of its StartDateTime, or of its DueDateTime where it
has no start: the calendar day that was written, whatever the zone; where that was not kept, the day
in the zone that its series lives in.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, cast

from afterlook.mailbox import recurrence as recurrences
from afterlook.mailbox import walls
from afterlook.mailbox.dates import ParsedDate, day_of, start_of
from afterlook.mailbox.occurrences import find_first_from, find_next_after
from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.mailbox.timezones import UTC, Zone, find_zone
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues, WallTime
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.rows import TaskRow


def begin_series(
    task: TaskRow, recurrence: PatternedRecurrence | None, named: Collection[str] = ()
) -> TaskRow:
    """Return a task with a new recurrence, or with none; `named` are the values sent with it.

    Its dates go on to the first occurrence that is not before them, and a task without dates gets
    those of the first; where there is no such occurrence they stay. A Due that was named, or that
    is the day from which the series is, stays where it fits the pattern.
    """
    if recurrence is None:
        return task._replace(recurrence=None)
    recurring = task._replace(recurrence=recurrences.write(recurrence))
    dates = _dates(task, recurrence)
    day = _day(dates)
    where = _zone_of_days(dates, recurrence)
    first = _on_a_day_of(where, find_first_from(recurrence, day or date.min), recurrence)
    if first is None:
        return recurring
    if day is None:
        return _start_on(recurring, first, where)
    days = dict.fromkeys(dates, (first - day).days)
    if "start" in dates and "due" in dates:
        days["due"] = _days_of_due(recurrence, walls.day_of(dates["due"]), days["start"], named)
        days["reminder"] = days[_nearest(task)]
    return _move(recurring, dates, days) or recurring


def advance_series(task: TaskRow) -> TaskRow | None:
    """Return a recurring task as its next occurrence, not yet done, or None after the last one."""
    recurrence = _recurrence(task)
    if recurrence is None:
        return None
    dates = _dates(task, recurrence)
    day = _day(dates)
    if day is None:
        return None
    where = _zone_of_days(dates, recurrence)
    follows = _on_a_day_of(where, find_next_after(recurrence, day), recurrence)
    if follows is None:
        return None
    open_again = task._replace(status=NOT_STARTED, completed=None)
    return _move(open_again, dates, dict.fromkeys(dates, (follows - day).days))


def drop_echo(values: TaskValues, task: TaskRow) -> TaskValues:
    """Return what is written of a recurring task, without what a client merely sends back.

    It is the recurrence as it stands, and a date whose day is the one written: what is midnight
    in one zone reads as another hour elsewhere, and comes back as a midnight there.
    """
    recurrence = _recurrence(task)
    if recurrence is None:
        return values
    wanted, clocks = values.copy(), dict(values.get("walls", {}))
    if values.get("recurrence") == recurrence:
        del wanted["recurrence"]
    kept = walls.read(task.walls)
    for name in walls.DAYS:
        stored, fresh = getattr(task, name), clocks.get(name)
        if stored is None or fresh is None or not _is_on(fresh, stored, kept.get(name)):
            continue
        wanted[name] = stored
        clocks.pop(name)
        if name in kept:
            clocks[name] = kept[name]
    if clocks:
        wanted["walls"] = clocks
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
    return find_zone(recurrence.range.recurrence_time_zone)


def _dates(task: TaskRow, recurrence: PatternedRecurrence) -> dict[str, WallTime]:
    """Return by which wall clocks the dates of a task go on.

    Each by the one that it was written by; by the one of the series what was written as an instant
    in UTC, or before that was kept.
    """
    kept, where = walls.read(task.walls), _zone(recurrence)
    clocks: dict[str, WallTime] = {}
    for name in walls.NAMES:
        instant, wall = getattr(task, name), kept.get(name)
        if instant is None:
            continue
        if wall is None or (name == "reminder" and walls.zone_of(wall) is UTC):
            wall = walls.wall_time_at(instant, where, is_day=name != "reminder")
        clocks[name] = wall
    return clocks


def _day(dates: Mapping[str, WallTime]) -> date | None:
    """Return the day of the occurrence that a task stands for."""
    anchor = dates.get("start") or dates.get("due")
    return None if anchor is None else walls.day_of(anchor)


def _zone_of_days(dates: Mapping[str, WallTime], recurrence: PatternedRecurrence) -> Zone:
    """Return the zone by whose calendar a task stands for an occurrence."""
    anchor = dates.get("start") or dates.get("due")
    return _zone(recurrence) if anchor is None else walls.zone_of(anchor)


def _on_a_day_of(where: Zone, day: date | None, recurrence: PatternedRecurrence) -> date | None:
    """Return an occurrence, or the next one where it is on a day that the zone has left out."""
    while day is not None:
        begins = start_of(day, where)
        # A day that begins where another one does is none of its own: the date line has moved.
        if begins is None or day_of(begins, where) == day:
            return day
        day = find_next_after(recurrence, day)
    return None


def _days_of_due(
    recurrence: PatternedRecurrence, due: date, of_start: int, named: Collection[str]
) -> int:
    """Return how many days Due goes on where Start goes on by `of_start`."""
    first = find_first_from(recurrence, due)
    if first == due and ("due" in named or due == recurrence.range.start_date):
        return 0
    if first is not None and "due" in named and "start" not in named:
        return (first - due).days
    return of_start


def _nearest(task: TaskRow) -> str:
    """Return the name of the date that the reminder is for."""
    start, due, reminder = task.start or 0, task.due or 0, task.reminder or 0
    return "start" if abs(reminder - start) <= abs(reminder - due) else "due"


def _is_span(task: TaskRow) -> bool:
    return task.start is None or task.due is None or task.start <= task.due


def _is_on(fresh: WallTime, stored: Instant, kept: WallTime | None) -> bool:
    """Tell whether a stored date is shown, in the zone of a fresh one, on the day of that."""
    if kept is not None and kept.zone == walls.NO_ZONE:
        return walls.day_of(kept) == walls.day_of(fresh)
    return day_of(stored, walls.zone_of(fresh)) == walls.day_of(fresh)


def _start_on(task: TaskRow, day: date, where: Zone) -> TaskRow:
    """Return a task that starts and is due on a day."""
    start = start_of(day, where)
    if start is None:
        return task
    wall = walls.wall_time_of(ParsedDate(start, (day.toordinal() - 1) * TICKS_PER_DAY), where)
    kept = {**walls.read(task.walls), "start": wall, "due": wall}
    return task._replace(start=start, due=start, walls=walls.write(kept))


def _move(task: TaskRow, dates: Mapping[str, WallTime], days: Mapping[str, int]) -> TaskRow | None:
    """Return a task with its dates moved by days, or None where one leaves the calendar."""
    if not any(days.values()):
        return task
    kept = {name: walls.add_days(wall, days[name]) for name, wall in dates.items()}
    # What stays is its instant: the clock may show another one at the same time.
    instants = {
        name: walls.to_instant(wall) if days[name] else getattr(task, name)
        for name, wall in kept.items()
    }
    if None in instants.values():
        return None
    moved = task._replace(**cast("dict[str, Any]", instants), walls=walls.write(kept))
    if _is_span(moved):
        return moved
    # Each zone has its own daylight saving: Due is then kept in the zone of Start.
    due = max(kept["start"], kept["due"]._replace(zone=kept["start"].zone))
    kept["due"] = due
    return moved._replace(due=walls.to_instant(due), walls=walls.write(kept))
