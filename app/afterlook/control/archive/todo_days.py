"""Days as Microsoft Graph tells them: in UTC, the midnight of whichever zone they were written in.

Owns which day of a file is meant. A client that sends such a date means the day in UTC; a file has
it as the service wrote it, and whoever reads it again is to be shown the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, Literal

from afterlook.mailbox import walls
from afterlook.mailbox.dates import day_of, parse_date, start_of
from afterlook.mailbox.occurrences import find_first_from
from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.mailbox.timezones import UTC, Zone, find_zone
from afterlook.mailbox.values import TaskValues, WallTime
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant

_Day = Literal["start", "due", "completed"]

_DAYS: Final[Mapping[_Day, str]] = {
    "start": "startDateTime",
    "due": "dueDateTime",
    "completed": "completedDateTime",
}
_QUARTER = 15 * 60 * TICKS_PER_SECOND
"""What the offsets of all zones are whole numbers of."""

_UNEVEN = (
    *("Asia/Kolkata", "Asia/Kathmandu", "Asia/Yangon", "Asia/Kabul", "Asia/Tehran"),
    *("Australia/Darwin", "Australia/Adelaide", "Australia/Eucla", "Australia/Lord_Howe"),
    *("Pacific/Chatham", "Pacific/Marquesas", "America/St_Johns"),
)
"""Zones that stand for the offsets that are no whole hours."""


def keep_days(values: TaskValues, members: Mapping[str, Any]) -> None:
    """Keep the days of a task that were told in UTC as the instants they are."""
    told = {key: instant for key in _DAYS if (instant := _told(values, members, key)) is not None}
    recurrence = values.get("recurrence")
    clocks = dict(values.get("walls", {}))
    for key, wall in (_clocks(told, recurrence) if recurrence else {}).items():
        values[key] = told.pop(key)
        clocks[key] = wall
    for day, instant in told.items():
        if instant == values[day] or instant % _QUARTER or (recurrence and day != "completed"):
            continue
        values[day] = instant
        clocks.pop(day, None)
    if "walls" in values:
        values["walls"] = clocks


def _told(values: TaskValues, members: Mapping[str, Any], key: _Day) -> Instant | None:
    """Return a day of a file as the instant it is told as, where it is told in UTC."""
    given = members.get(_DAYS[key])
    if values.get(key) is None or not given:
        return None
    name = given.get("timeZone")
    if name is not None and find_zone(name) is not UTC:
        return None
    return parse_date(given["dateTime"], UTC).instant


def _clocks(
    told: Mapping[_Day, Instant], recurrence: PatternedRecurrence
) -> dict[Literal["start", "due"], WallTime]:
    """Return by which clocks the days of a series were written, as far as that can be told.

    The day that it goes by is one of its pattern. What is no midnight on such a day in any zone is
    left out: it is read as a client's.
    """
    own = find_zone(recurrence.range.recurrence_time_zone or UTC.name)
    clocks: dict[Literal["start", "due"], WallTime] = {}
    first: Zone | None = None
    for key in walls.DAYS:
        if key not in told:
            continue
        instant = told[key]
        known = (own, UTC, *_zones()) if first is None else (first, own, UTC, *_zones())
        where = [one for one in known if _begins_day(instant, one)]
        if first is None:
            where = _on_pattern(instant, where, recurrence) or [one for one in where if one is own]
        if where:
            first = first or where[0]
            clocks[key] = walls.wall_time_at(instant, where[0], is_day=True)
    return clocks


def _on_pattern(
    instant: Instant, zones: Iterable[Zone], recurrence: PatternedRecurrence
) -> list[Zone]:
    """Return the zones in which an instant is on a day that a series stays on."""
    days = [(one, day_of(instant, one)) for one in zones]
    firsts = [(one, day, find_first_from(recurrence, day)) for one, day in days]
    on_it = [one for one, day, first in firsts if first == day]
    return on_it or [one for one, _, first in firsts if first is None]


def _begins_day(instant: Instant, where: Zone) -> bool:
    return start_of(day_of(instant, where), where) == instant


@cache
def _zones() -> tuple[Zone, ...]:
    """Return zones that have each offset there is, those of whole hours first."""
    # Their names have the sign that POSIX gives them: this is UTC+14 to UTC-12.
    fixed = (f"Etc/GMT{hours:+}" for hours in range(-14, 13) if hours)
    return tuple(map(find_zone, (*fixed, *_UNEVEN)))
