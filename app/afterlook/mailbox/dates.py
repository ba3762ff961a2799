"""Dates and times between the text of clients and the instants of the store.

Owns the midnight rule (Outlook Task REST, "Specifying the StartDateTime and DueDateTime
properties"), conversion between zones with daylight saving, and the service's ways of writing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from afterlook.errors import InvalidDateTime, InvalidRequest
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.runtime.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICKS_PER_DAY,
    TICKS_PER_MICROSECOND,
    TICKS_PER_SECOND,
    Instant,
    to_datetime,
)

_DATE_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.(?P<fraction>\d{1,12}))?)?"
    r"(?P<offset>Z|[+-]\d\d:\d\d)?)?",
    re.ASCII | re.IGNORECASE,
)
MAX_SHOWN = 100
"""Characters of a malformed date that its refusal quotes."""

_TICKS_PER_MINUTE = 60 * TICKS_PER_SECOND
# A page writes hundreds of dates: looked up, not formatted.
_TWO_DIGITS = tuple(f"{number:02}" for number in range(60))
_MINUTES = tuple(f"{hour:02}:{minute}" for hour in range(24) for minute in _TWO_DIGITS)
_MICROSECOND = timedelta(microseconds=1)


class _Given(NamedTuple):
    """A date as a client wrote it: wall-clock ticks, and the offset if the text had one."""

    wall: int
    offset: int | None


class ParsedDate(NamedTuple):
    """A date as it was read: its instant, and the wall-clock ticks that it was meant as.

    `is_exact` tells that the text had an offset, and so meant that very instant, even where clocks
    show the time twice.
    """

    instant: Instant
    wall: int
    is_exact: bool = False


def parse_instant(text: str, zone: Zone) -> Instant:
    """Read `<date>T<time>` as an instant; `zone` counts unless the text has an offset or `Z`.

    It is to be compared with others: it may be outside the years 1 to 9999 in UTC. Raises
    `InvalidDateTime`.
    """
    given = _read(text)
    offset = _offset_of_wall(given.wall, zone) if given.offset is None else given.offset
    return Instant(given.wall - offset)


def parse_date(text: str, zone: Zone) -> ParsedDate:
    """Read an instant like `parse_instant`; its wall clock is the one in `zone`.

    Raises `InvalidDateTime`, and `InvalidRequest` outside the years 1 to 9999 in UTC.
    """
    given = _read(text)
    if given.offset is None:
        offset = _offset_of_wall(given.wall, zone)
        return ParsedDate(_within_range(given.wall - offset, text), given.wall)
    instant = _within_range(given.wall - given.offset, text)
    return ParsedDate(instant, wall_of(instant, zone), is_exact=True)


def is_shown_as(instant: Instant, text: str, zone: Zone) -> bool:
    """Tell whether `<date>T<time>` says no more than an instant as it is shown in `zone`.

    It is that instant; or the same time on the clock, which may be another instant where clocks
    show it twice. Raises `InvalidDateTime`.
    """
    given = _read(text)
    is_on_clock = given.offset is None and given.wall == wall_of(instant, zone)
    return is_on_clock or parse_instant(text, zone) == instant


def parse_day(text: str, zone: Zone) -> ParsedDate:
    """Read `<date>T<time>` as the start of that day in `zone`; the time counts for nothing.

    Where the text has an offset or `Z`, the day is the one that this instant falls on in `zone`;
    but midnight with `Z` is the day that was written, for that is how clients write a mere date.
    The wall clock is 00:00, even where the day has no such moment. Raises like `parse_date`.
    """
    given = _read(text)
    wall = given.wall
    if given.offset is not None and (given.offset or wall % TICKS_PER_DAY):
        wall = wall_of(_within_range(wall - given.offset, text), zone)
    wall -= wall % TICKS_PER_DAY
    return ParsedDate(_within_range(wall - _offset_of_wall(wall, zone), text), wall)


def today(now: Instant, zone: Zone) -> Instant:
    """Return the start of the present day in `zone`."""
    wall = wall_of(now, zone)
    wall -= wall % TICKS_PER_DAY
    return Instant(max(FIRST_INSTANT, wall - _offset_of_wall(wall, zone)))


def day_of(instant: Instant, zone: Zone) -> date:
    """Return the calendar day that an instant falls on in `zone`."""
    return date.fromordinal(wall_of(instant, zone) // TICKS_PER_DAY + 1)


def start_of(day: date, zone: Zone) -> Instant | None:
    """Return the start of a day in `zone`, or None outside the years 1 to 9999 in UTC."""
    return instant_of((day.toordinal() - 1) * TICKS_PER_DAY, zone)


def wall_of(instant: Instant, zone: Zone) -> int:
    """Return what the wall clock shows in `zone` at an instant, in ticks."""
    return _wall(instant, zone)[0]


def instant_of(wall: int, zone: Zone) -> Instant | None:
    """Return when the wall clock shows so many ticks in `zone`; None outside the years 1 to 9999.

    In a gap it is by the offset before it, in an overlap the first of the two.
    """
    if not FIRST_INSTANT <= wall <= LAST_INSTANT:
        return None
    ticks = wall - _offset_of_wall(wall, zone)
    return Instant(ticks) if FIRST_INSTANT <= ticks <= LAST_INSTANT else None


def wall_beyond(instant: Instant, zone: Zone) -> int:
    """Return what the wall clock shows, also before and after the years 1 to 9999."""
    within = _nearest(instant)
    try:
        offset = _ticks(to_datetime(within).astimezone(zone.rules).utcoffset())
    except OverflowError:
        offset = _offset_of_wall(within, zone)
    return instant + offset


def instant_beyond(wall: int, zone: Zone) -> Instant:
    """Return when the wall clock shows so many ticks like `instant_of`, in any year."""
    return Instant(wall - _offset_of_wall(_nearest(wall), zone))


def write_date_time(instant: Instant, zone: Zone) -> str:
    """Write the DateTime of a DateTimeTimeZone: wall-clock, always 7 digits, no offset."""
    wall = instant if zone is UTC else _wall(instant, zone)[0]
    return f"{_write_to_second(wall)}.{wall % TICKS_PER_SECOND:07}"


def write_zone_name(instant: Instant, zone: Zone) -> str:
    """Return the name that says, beside `write_date_time`, in which zone it is."""
    if zone.windows_rules is None:
        return zone.name
    wall = _wall(instant, zone)[0]
    is_second = wall - _offset_of_wall(wall, zone) != instant
    return zone.name_at(to_datetime(Instant(wall)).replace(fold=is_second))


def write_date_time_offset(instant: Instant, zone: Zone) -> str:
    """Write an Edm.DateTimeOffset: `Z` or an offset, up to 7 digits, trailing zeros cut."""
    wall, offset = (instant, 0) if zone is UTC else _wall(instant, zone)
    # Local mean times had seconds, which an offset cannot show.
    wall, offset = wall - offset % _TICKS_PER_MINUTE, offset - offset % _TICKS_PER_MINUTE
    fraction = wall % TICKS_PER_SECOND
    digits = f".{fraction:07}".rstrip("0") if fraction else ""
    return f"{_write_to_second(wall)}{digits}{_write_offset(offset)}"


def _read(text: str) -> _Given:
    match = _DATE_TIME.fullmatch(text.strip())
    if match is None:
        raise InvalidDateTime(value=text[:MAX_SHOWN])
    try:
        days = date.fromisoformat(match["date"]).toordinal() - 1
        seconds = _seconds(match["hour"], match["minute"], match["second"])
        offset = _offset_ticks(match["offset"])
    except ValueError as error:
        raise InvalidDateTime(value=text[:MAX_SHOWN]) from error
    fraction = int((match["fraction"] or "0").ljust(7, "0")[:7])
    return _Given(days * TICKS_PER_DAY + seconds * TICKS_PER_SECOND + fraction, offset)


def _seconds(hour: str | None, minute: str | None, second: str | None) -> int:
    time = datetime(1, 1, 1, int(hour or 0), int(minute or 0), int(second or 0))  # noqa: DTZ001
    return time.hour * 3600 + time.minute * 60 + time.second


def _offset_ticks(text: str | None) -> int | None:
    if text is None:
        return None
    if text in "Zz":
        return 0
    ticks = _seconds(text[1:3], text[4:6], None) * TICKS_PER_SECOND
    return -ticks if text[0] == "-" else ticks


def _within_range(ticks: int, text: str) -> Instant:
    if not FIRST_INSTANT <= ticks <= LAST_INSTANT:
        raise InvalidRequest(reason=f"The DateTime value '{text}' is outside the years 1 to 9999.")
    return Instant(ticks)


def _nearest(ticks: int) -> Instant:
    return Instant(min(max(ticks, FIRST_INSTANT), LAST_INSTANT))


def _offset_of_wall(wall: int, zone: Zone) -> int:
    """Find the offset at a wall-clock time; in a gap the one before it, in an overlap the first."""
    if zone is UTC:
        return 0
    return _ticks(to_datetime(Instant(wall)).replace(tzinfo=zone.rules).utcoffset())


def _wall(instant: Instant, zone: Zone) -> tuple[int, int]:
    """Return wall-clock ticks and offset; at the ends of the calendar the last that exists."""
    try:
        offset = _ticks(to_datetime(instant).astimezone(zone.rules).utcoffset())
    except OverflowError:
        return instant, 0
    return instant + offset, offset


def _ticks(offset: timedelta | None) -> int:
    return (offset or timedelta()) // _MICROSECOND * TICKS_PER_MICROSECOND


def _write_to_second(wall: int) -> str:
    days, ticks = divmod(wall, TICKS_PER_DAY)
    if not ticks:
        return f"{_write_day(days)}T00:00:00"
    minutes, seconds = divmod(ticks // TICKS_PER_SECOND, 60)
    return f"{_write_day(days)}T{_MINUTES[minutes]}:{_TWO_DIGITS[seconds]}"


@lru_cache(maxsize=4096)
def _write_day(days: int) -> str:
    return date.fromordinal(days + 1).isoformat()


def _write_offset(offset: int) -> str:
    if not offset:
        return "Z"
    minutes = abs(offset) // TICKS_PER_SECOND // 60
    return f"{'-' if offset < 0 else '+'}{minutes // 60:02}:{minutes % 60:02}"
