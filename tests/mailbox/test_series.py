"""A recurring task on its way from occurrence to occurrence."""

from dataclasses import replace
from datetime import UTC as DATETIME_UTC
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, cast

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from afterlook.mailbox import series, walls
from afterlook.mailbox.dates import day_of, start_of
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
    read,
    write,
)
from afterlook.mailbox.timezones import Zone, find_zone
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant, from_datetime
from afterlook.store.rows import TaskRow
from tests.mailbox.recurrence_oracle import patterns, sequence
from tests.support.rows import BLANK_TASK

START, HORIZON = date(2014, 1, 1), date(2019, 1, 1)
ZONES = (
    *("UTC", "Pacific Standard Time", "W. Europe Standard Time", "Tokyo Standard Time"),
    # Clocks that skip midnight, that change by half an hour, that are a day ahead.
    *("E. South America Standard Time", "Middle East Standard Time", "Lord Howe Standard Time"),
    *("Line Islands Standard Time", "Nepal Standard Time"),
)
DAILY = PatternedRecurrence(
    Pattern(PatternType.Daily, 1), Range(RangeType.NoEnd, START, recurrence_time_zone="UTC")
)
HOUR = 3600 * TICKS_PER_SECOND

zones = st.sampled_from(ZONES)
days = st.dates(START, date(2016, 12, 31))


@st.composite
def recurrences(draw: st.DrawFn) -> PatternedRecurrence:
    """Return a recurrence that ends, somehow."""
    type_ = draw(st.sampled_from([RangeType.EndDate, RangeType.Numbered]))
    start = draw(days)
    end = draw(st.dates(start, HORIZON))
    number = draw(st.integers(1, 30))
    return PatternedRecurrence(draw(patterns), Range(type_, start, end, draw(zones), number))


def walk(task: TaskRow) -> list[TaskRow]:
    """Follow a task to the end of its series, or for 40 occurrences."""
    rows = [task]
    while len(rows) < 40:
        following = series.advance_series(rows[-1])
        if following is None:
            break
        rows.append(following)
    return rows


def later(instant: Instant, days: int, where: Zone, *, is_day: bool = False) -> Instant | None:
    """Return an instant some days later on the wall clock of a zone."""
    return walls.to_instant(walls.add_days(walls.wall_time_at(instant, where, is_day=is_day), days))


def where(recurrence: PatternedRecurrence) -> Zone:
    """Return the zone of a recurrence."""
    return find_zone(recurrence.range.recurrence_time_zone)


@settings(deadline=None, max_examples=150)
@given(recurrences(), st.none() | days)
def test_the_whole_series(recurrence: PatternedRecurrence, day: date | None) -> None:
    """From the first occurrence not before its date the task goes through all that there are."""
    task = BLANK_TASK if day is None else BLANK_TASK._replace(due=start_of(day, where(recurrence)))
    beyond = start_of(HORIZON + timedelta(days=1), where(recurrence))
    assert beyond is not None
    expected = [
        start_of(one, where(recurrence))
        for one in sequence(recurrence, HORIZON)
        if day is None or one >= day
    ]

    found = [one.due for one in walk(series.begin_series(task, recurrence))]

    if expected:
        assert [due for due in found if due is not None and due < beyond] == expected[:40]
    else:
        assert found[0] == task.due or (found[0] is not None and found[0] >= beyond)


@settings(deadline=None, max_examples=150)
@given(recurrences(), days, st.integers(0, 40), st.integers(-50, 50))
def test_distances(recurrence: PatternedRecurrence, day: date, length: int, hours: int) -> None:
    """Start, Due and reminder stay as many days apart, on the clocks of the series."""
    zone_ = where(recurrence)
    start, due = start_of(day, zone_), start_of(day + timedelta(days=length), zone_)
    assert start is not None
    task = BLANK_TASK._replace(start=start, due=due, reminder=Instant(start + hours * HOUR))

    rows = walk(series.begin_series(task, recurrence))

    for one in rows:
        assert one.start is not None
        assert one.due is not None
        assert one.reminder is not None
        first = day_of(one.start, zone_)
        assert one.start == start_of(first, zone_)
        assert one.due == start_of(first + timedelta(days=length), zone_)
        apart = one.reminder - one.start - hours * HOUR
        assert abs(apart) <= 2 * HOUR
    starts = [one.start or 0 for one in rows]
    assert all(one < other for one, other in pairwise(starts))


@settings(deadline=None, max_examples=200)
@given(zones, days, st.integers(-800, 800))
def test_midnights_stay(name: str, day: date, number: int) -> None:
    start = start_of(day, find_zone(name))
    assert start is not None

    assert later(start, number, find_zone(name), is_day=True) == start_of(
        day + timedelta(number), find_zone(name)
    )


@settings(deadline=None, max_examples=200)
@given(zones, st.datetimes(datetime(2014, 1, 1), datetime(2018, 1, 1)), st.integers(-800, 800))  # noqa: DTZ001
def test_times_of_day_stay(name: str, wall: datetime, number: int) -> None:
    """On the wall clock, unless clocks skip that hour."""
    rules = find_zone(name).rules
    instant = from_datetime(wall.replace(tzinfo=rules).astimezone(DATETIME_UTC))
    there = (wall + timedelta(days=number)).replace(tzinfo=rules)
    for one in (wall.replace(tzinfo=rules), there):
        assume(one.astimezone(DATETIME_UTC).astimezone(rules) == one)

    assert later(instant, number, find_zone(name)) == from_datetime(there.astimezone(DATETIME_UTC))


def test_nothing_beyond_the_calendar() -> None:
    assert start_of(date.min, find_zone("Tokyo Standard Time")) is None
    assert start_of(date.max, find_zone("Pacific Standard Time")) is not None
    assert later(Instant(0), -1, find_zone("UTC")) is None
    assert later(Instant(0), 3_652_059, find_zone("UTC")) is None


def test_the_next_one_is_to_be_done() -> None:
    task = series.begin_series(BLANK_TASK, DAILY)._replace(status=1)

    following = series.advance_series(task)

    assert following is not None
    assert (following.status, following.completed) == (NOT_STARTED, None)
    assert task.due is not None
    assert following.due == task.due + TICKS_PER_DAY
    assert read(following.recurrence or "") == DAILY


@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ({}, {"status": COMPLETED}, True),
        ({}, {"due": Instant(7)}, True),
        ({}, {"start": None}, True),
        ({}, {"subject": "other", "reminder": Instant(7), "status": 3}, False),
        ({"status": COMPLETED}, {"completed": Instant(7), "due": Instant(7)}, False),
        ({}, {"status": COMPLETED, "recurrence": None}, False),
        ({}, {"due": Instant(7), "recurrence": write(DAILY)}, False),
        ({"recurrence": "{}"}, {"status": COMPLETED}, False),
        ({"recurrence": None}, {"status": COMPLETED}, False),
    ],
)
def test_leaving_a_series(before: dict[str, object], after: dict[str, object], left: bool) -> None:
    """By completing or moving an occurrence of it, and by nothing else."""
    weekly = DAILY._replace(pattern=replace(DAILY.pattern, interval=7))
    stored = series.begin_series(BLANK_TASK, weekly)._replace(**cast("Any", before))

    assert series.is_left(stored, stored._replace(**cast("Any", after))) is left


def test_a_recurrence_that_makes_no_sense() -> None:
    """As older stores may keep one: there is nothing to go on to, and nothing is changed."""
    task = BLANK_TASK._replace(recurrence="{}", due=Instant(0))
    asked = TaskValues(due=Instant(1), recurrence=None)

    assert series.advance_series(task) is None
    assert series.drop_echo(asked, task) == asked
