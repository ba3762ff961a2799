"""Dates and times between text and instants, held against the standard library."""

from datetime import UTC as DATETIME_UTC
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tzlocal.windows_tz import win_tz

from afterlook.mailbox import dates
from afterlook.mailbox.timezones import UTC, Zone, find_zone
from afterlook.runtime.instants import TICKS_PER_DAY, Instant, from_datetime
from tests.mailbox.gaps import NAMES as IANA_NAMES

NAMES = IANA_NAMES + sorted(win_tz)
FIRST, LAST = datetime(1900, 1, 1), datetime(2100, 12, 31)  # noqa: DTZ001  # zones are drawn apart

zones = st.sampled_from(NAMES).map(find_zone)
walls = st.datetimes(FIRST, LAST)
instants = walls.map(lambda wall: from_datetime(wall.replace(tzinfo=DATETIME_UTC)))
offsets = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timedelta(minutes=minutes))


def first_of_day(day: date, where: Zone) -> Instant:
    """Return the start of a day by the standard library."""
    return from_datetime(datetime.combine(day, time(), where.rules).astimezone(DATETIME_UTC))


def local(instant: Instant, where: Zone) -> datetime:
    """Return an instant on the wall clock of a zone, by the standard library."""
    microseconds = timedelta(microseconds=instant // 10)
    return (datetime(1, 1, 1, tzinfo=DATETIME_UTC) + microseconds).astimezone(where.rules)


def offset_text(offset: timedelta) -> str:
    """Write an offset as clients do."""
    minutes = abs(offset) // timedelta(minutes=1)
    return f"{'-' if offset < timedelta() else '+'}{minutes // 60:02}:{minutes % 60:02}"


@settings(deadline=None, max_examples=300)
@given(walls, zones)
def test_midnight(wall: datetime, where: Zone) -> None:
    """The start of the written day, whatever the time."""
    assert dates.parse_day(wall.isoformat(), where).instant == first_of_day(wall.date(), where)


@settings(deadline=None, max_examples=300)
@given(walls, zones)
def test_moment(wall: datetime, where: Zone) -> None:
    """The written time on the zone's wall clock."""
    expected = from_datetime(wall.replace(tzinfo=where.rules).astimezone(DATETIME_UTC))

    assert dates.parse_instant(wall.isoformat(), where) == expected


@settings(deadline=None)
@given(walls, offsets, zones)
def test_offset(wall: datetime, offset: timedelta, where: Zone) -> None:
    """A text with an offset is an instant; its day is the zone's, but for midnight in UTC."""
    text = wall.isoformat() + offset_text(offset)
    instant = from_datetime((wall - offset).replace(tzinfo=DATETIME_UTC))
    day = local(instant, where).date() if offset or wall.time() != time() else wall.date()

    assert dates.parse_instant(text, where) == instant
    assert dates.parse_day(text, where).instant == first_of_day(day, where)


@settings(deadline=None)
@given(instants, zones)
def test_today(now: Instant, where: Zone) -> None:
    """The start of the day that it is, never later than now, never two days ago."""
    today = dates.today(now, where)

    assert today == first_of_day(local(now, where).date(), where)
    assert now - 2 * TICKS_PER_DAY < today <= now


@settings(deadline=None, max_examples=300)
@given(instants, st.integers(0, 9), zones)
def test_date_time(instant: Instant, ticks: int, where: Zone) -> None:
    """The wall clock of the zone, to seven digits."""
    wall = local(instant, where)
    written = f"{wall:%Y-%m-%dT%H:%M:%S.%f}{ticks}"

    assert dates.write_date_time(Instant(instant + ticks), where) == written


@settings(deadline=None, max_examples=300)
@given(instants, zones)
def test_date_time_offset(instant: Instant, where: Zone) -> None:
    """The text alone tells the instant: its offset is the one its wall clock was made with."""
    assert dates.parse_instant(dates.write_date_time_offset(instant, where), UTC) == instant


@settings(deadline=None)
@given(walls, zones)
def test_a_day_survives_reading_and_writing(wall: datetime, where: Zone) -> None:
    """A day shown in the zone it was given in is the same when it comes back."""
    start = dates.parse_day(wall.isoformat(), where).instant

    assert dates.parse_day(dates.write_date_time(start, where), where).instant == start
