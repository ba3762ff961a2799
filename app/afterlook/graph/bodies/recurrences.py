"""Recurrences in the bodies of tasks: docs/reference/graph.md §8.

Owns what becomes of a range that is left out, in part or whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from afterlook.errors import ModelInvalid
from afterlook.mailbox import walls
from afterlook.mailbox.dates import parse_day
from afterlook.mailbox.timezones import UTC, find_zone

if TYPE_CHECKING:
    from afterlook.graph.spelling import Json
    from afterlook.mailbox.timezones import Zone
    from afterlook.mailbox.values import WallTime
    from afterlook.store.rows import TaskRow

_ZONE = "RecurrenceTimeZone"
_FILLED_IN = ("Type", "StartDate", _ZONE)
_DAYS = ("StartDateTime", "DueDateTime")


def expect_no_range(body: Mapping[str, object]) -> None:
    """Refuse a recurrence whose range has dates, as a quirk does. Raises `ModelInvalid`."""
    recurrence = body.get("recurrence")
    range_ = recurrence.get("range") if isinstance(recurrence, dict) else None
    given = range_ if isinstance(range_, dict) else {}
    for name in ("startDate", "endDate"):
        value = given.get(name)
        if value is not None:
            reason = (
                f'Invalid JSON, Error converting value "{str(value)[:100]}" to type '
                f"'Microsoft.OData.Edm.Date'. Path 'recurrence.range.{name}'."
            )
            raise ModelInvalid(reason=reason)


def fill_in_range(recurrence: Json, given: Json, where: Zone, stored: TaskRow | None) -> Json:
    """Return a recurrence with the range that it leaves out: from the day it is due, for ever.

    `given` is all that a client says of the task, spelt as the Outlook wire does. A task that will
    not be due gets no StartDate, and so is refused. Raises `InvalidDateTime`, `InvalidRequest`,
    `TimeZoneNotSupported`.
    """
    range_ = recurrence.get("Range")
    if range_ is not None and not isinstance(range_, dict):
        return recurrence
    named = {
        name: value
        for name, value in (range_ or {}).items()
        if value is not None or name not in _FILLED_IN
    }
    filled: Json = {"Type": "NoEnd", **named}
    if "StartDate" not in filled:
        own_zone = filled.get(_ZONE, recurrence.get(_ZONE))
        due = _find_due(given, stored, find_zone(own_zone) if isinstance(own_zone, str) else where)
        if due is not None:
            filled["StartDate"] = walls.day_of(due).isoformat()
            # Beside dates it lives in their zone: outlook/bodies/tasks.py sees to that.
            if own_zone is None and due.zone != walls.NO_ZONE and not any(map(given.get, _DAYS)):
                filled[_ZONE] = walls.zone_of(due).own_name
    return {**recurrence, "Range": filled}


def _find_due(given: Json, stored: TaskRow | None, where: Zone) -> WallTime | None:
    """Return the day that a task will be due, as it was written, or None where it will not be.

    `where` is for the days of which that was not kept. Due follows Start where Start is later.
    """
    if "DueDateTime" in given:
        return _read_day(given["DueDateTime"])
    start = _read_day(given.get("StartDateTime"))
    if stored is None or stored.due is None:
        return start
    start_instant = None if start is None else walls.to_instant(start)
    if start_instant is not None and start_instant > stored.due:
        return start
    kept = walls.read(stored.walls).get("due")
    return walls.wall_time_at(stored.due, where, is_day=True) if kept is None else kept


def _read_day(date: object) -> WallTime | None:
    """Return the day of a date as it was written; None where it is none."""
    if not isinstance(date, dict):
        return None
    text, name = date.get("DateTime"), date.get("TimeZone")
    if not isinstance(text, str) or not isinstance(name, str | None):
        return None
    where = UTC if name is None else find_zone(name)
    return walls.wall_time_of(parse_day(text, where), where)
