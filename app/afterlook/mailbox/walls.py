"""How the dates of a task were written: by which wall clock, in which zone.

Owns what is kept of a date beside its instant, so that nothing is computed from what clocks have
made of it: a time that they skip is another instant on that day only, and a calendar day is the
same one wherever it is read. A date of a row from before this was kept has
nothing here, and is what its instant is.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Literal

import orjson

from afterlook.errors import TimeZoneNotSupported
from afterlook.mailbox import timezones
from afterlook.mailbox.dates import ParsedDate, instant_beyond, instant_of, wall_beyond, wall_of
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.mailbox.values import TaskValues, WallTime
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.rows import TaskRow

Walls = Mapping[str, WallTime]
"""What was written, by the names of columns: `start`, `due` and `reminder`."""

NO_ZONE = ""
"""The zone of a day that is the same everywhere: midnight in UTC to the store."""

DAYS: tuple[Literal["start", "due"], ...] = ("start", "due")
NAMES: tuple[Literal["start", "due", "reminder"], ...] = (*DAYS, "reminder")

IS_DAY = {"start": "start_is_day", "due": "due_is_day"}
"""What tells in a filter whether a date is in no zone."""

MARK = '""'
"""What the text has in it that is kept of a date in no zone."""

_OTHER = {"start": "due", "due": "start"}


def wall_time_of(parsed: ParsedDate, zone: Zone) -> WallTime:
    """Return how a date that was read in a zone was written."""
    # The key, since several zones are shown by one name.
    return WallTime(parsed.wall, zone.rules.key or zone.name)


def wall_time_at(instant: Instant, zone: Zone, *, is_day: bool) -> WallTime:
    """Return what the wall clock of a zone shows at an instant.

    `is_day` says that the start of a day is its midnight, even where clocks skip that.
    """
    wall = wall_of(instant, zone)
    midnight = wall - wall % TICKS_PER_DAY
    begins = is_day and instant_of(midnight, zone) == instant
    return wall_time_of(ParsedDate(instant, midnight if begins else wall), zone)


def zone_of(wall: WallTime) -> Zone:
    """Return the zone that a date was written in."""
    return UTC if wall.zone == NO_ZONE else timezones.find_zone(wall.zone)


def to_instant(wall: WallTime) -> Instant | None:
    """Return when a wall clock shows this, or None outside the years 1 to 9999."""
    return instant_of(wall.ticks, zone_of(wall))


def place_among_days(instant: Instant, zone: Zone) -> int:
    """Return where an instant stands among midnights in no zone, for a reader in `zone`.

    The day that has come, where the reader's midnight is this very instant; else between two days.
    """
    wall = wall_beyond(instant, zone)
    today = wall - wall % TICKS_PER_DAY
    began = instant_beyond(today, zone)
    if began == instant:
        return today
    if began > instant:
        return today - 1
    return max(wall, today + 1)


def day_of(wall: WallTime) -> date:
    """Return the calendar day that was written."""
    return date.fromordinal(wall.ticks // TICKS_PER_DAY + 1)


def add_days(wall: WallTime, days: int) -> WallTime:
    """Return the same time of day some days later."""
    return wall._replace(ticks=wall.ticks + days * TICKS_PER_DAY)


def drop_echo(values: TaskValues, task: TaskRow) -> TaskValues:
    """Return what is written of a task, its reminder as it stands where it is merely sent back.

    A time that clocks show twice is read as the first of the two, and may be shown of the second.
    """
    fresh = values.get("walls", {}).get("reminder")
    if fresh is None or task.reminder is None or "reminder" in values.get("exact", ()):
        return values
    is_shown = fresh.ticks == wall_of(task.reminder, zone_of(fresh))
    return {**values, "reminder": task.reminder} if is_shown else values


def rewrite(task: TaskRow, values: TaskValues, given_values: TaskValues) -> str | None:
    """Return what is kept of a task's dates once `values` are written.

    They follow from `given_values`, which a client gave.

    A date that follows the other one is written like it. One that is sent back as it was shown
    stays as it was written.
    """
    if not any(name in values for name in NAMES):
        return task.walls
    kept, given = dict(read(task.walls)), given_values.get("walls", {})
    for name in NAMES:
        if name not in values:
            continue
        fresh = given.get(name if name in given_values else _OTHER.get(name, name))
        when, stored = values[name], getattr(task, name)
        if when is None or (fresh is None and when != stored):
            kept.pop(name, None)
        elif fresh is not None and not (when == stored and _is_echo(name, fresh, kept, when)):
            kept[name] = fresh
    return write(kept)


def _is_echo(name: str, fresh: WallTime, kept: Walls, when: Instant) -> bool:
    """Tell whether a date of the same instant says no more than a client was shown."""
    old = kept.get(name)
    if old is None or fresh.ticks != wall_of(when, zone_of(fresh)):
        return False
    return name == "reminder" or old.zone in (fresh.zone, NO_ZONE)


@lru_cache(maxsize=4096)
def read(text: str | None) -> Walls:
    """Read what is kept of a task's dates; a zone that is not known any more says nothing."""
    if text is None:
        return {}
    kept = {name: WallTime(*wall) for name, wall in orjson.loads(text).items()}
    return {name: wall for name, wall in kept.items() if _is_known(wall)}


def write(kept: Walls) -> str | None:
    """Write what is kept of a task's dates."""
    if not kept:
        return None
    return orjson.dumps({name: list(wall) for name, wall in kept.items()}).decode()


def _is_known(wall: WallTime) -> bool:
    try:
        zone_of(wall)
    except TimeZoneNotSupported:
        return False
    return True
