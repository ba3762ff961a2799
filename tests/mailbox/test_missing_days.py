"""Days that a zone has left out, since the date line moved: a series has none of them twice."""

from datetime import date, timedelta

import pytest

from afterlook.mailbox import series
from afterlook.mailbox.dates import day_of, start_of
from afterlook.mailbox.recurrence import (
    DayOfWeek,
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.mailbox.timezones import find_zone
from tests.mailbox.gaps import NAMES
from tests.support.rows import BLANK_TASK

DAY = timedelta(days=1)
LEFT_OUT = [
    ("Pacific/Apia", date(2011, 12, 30)),
    ("Pacific/Fakaofo", date(2011, 12, 30)),
    ("Pacific/Kwajalein", date(1993, 8, 21)),
    ("Pacific/Kiritimati", date(1994, 12, 31)),
    ("Pacific/Enderbury", date(1994, 12, 31)),
    ("Asia/Manila", date(1844, 12, 31)),
    ("Samoa Standard Time", date(2011, 12, 30)),
    ("UTC", date(2011, 12, 30)),
]


def expect_each_day_once(name: str, first: date, type_: PatternType) -> None:
    """Expect of a series on every day that it goes through those that its zone has."""
    where = find_zone(name)
    range_ = Range(RangeType.NoEnd, first, recurrence_time_zone=name)
    pattern = Pattern(type_, 1, days_of_week=tuple(DayOfWeek))
    task = series.begin_series(BLANK_TASK, PatternedRecurrence(pattern, range_))
    shown = []
    for _ in range(4):
        assert task.start is not None
        shown.append(day_of(task.start, where))
        following = series.advance_series(task)
        assert following is not None
        task = following
    begins = [start_of(first + number * DAY, where) for number in range(5)]
    days = [day_of(begin, where) for begin in begins if begin is not None]
    assert shown == list(dict.fromkeys(days))[:4], name


@pytest.mark.parametrize(("name", "day"), LEFT_OUT)
@pytest.mark.parametrize("type_", [PatternType.Daily, PatternType.Weekly])
def test_no_day_comes_twice(name: str, day: date, type_: PatternType) -> None:
    """Whether the series begins before the day that is left out, or on it."""
    for first in (day - 2 * DAY, day):
        expect_each_day_once(name, first, type_)


@pytest.mark.parametrize("day", [date(2011, 12, 30), date(1993, 8, 21), date(1994, 12, 31)])
def test_in_every_zone(day: date) -> None:
    for name in NAMES:
        expect_each_day_once(name, day - DAY, PatternType.Daily)
