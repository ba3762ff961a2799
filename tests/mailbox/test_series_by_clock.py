"""Series over the nights when clocks go forward: what is asked for outlives what it becomes once.

In every zone that has such nights, held against the standard library.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC as DATETIME_UTC
from datetime import datetime, timedelta
from typing import Any, cast

import pytest

from afterlook.mailbox import series, walls
from afterlook.mailbox.dates import parse_date, parse_day
from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.mailbox.timezones import Zone, find_zone
from afterlook.mailbox.values import NOT_STARTED, TaskValues
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import TASK
from afterlook.runtime.instants import Instant, from_datetime
from afterlook.store.rows import TaskRow
from tests.mailbox.gaps import Gap, gaps
from tests.support.rows import BLANK_TASK

DAY = timedelta(days=1)
GAPS = [pytest.param(gap, id=f"{gap.zone}-{gap.begin:%Y-%m-%dT%H:%M}") for gap in gaps()]


def given(name: str, wall: datetime) -> dict[str, str]:
    """Return a date as a body has it."""
    return {"DateTime": wall.isoformat(), "TimeZone": name}


def instant(wall: datetime, where: Zone) -> Instant:
    """Return when a wall clock shows this, by the standard library."""
    return from_datetime(wall.replace(tzinfo=where.rules).astimezone(DATETIME_UTC))


def has_day(wall: datetime, where: Zone) -> bool:
    """Tell whether a zone has a day, by the standard library."""
    midnight = wall.replace(hour=0, minute=0, tzinfo=where.rules)
    return midnight.astimezone(DATETIME_UTC).astimezone(where.rules).date() == wall.date()


def written(task: TaskRow, values: TaskValues) -> TaskRow:
    """Write dates over a task, as its use cases do."""
    asked = series.drop_echo(values, task)
    kept = walls.rewrite(task, asked, asked)
    dates = {name: asked[name] for name in walls.NAMES if name in asked}
    return task._replace(**cast("dict[str, Any]", dates), walls=kept)


def read(**dates: object) -> TaskValues:
    """Return what a body asks for."""
    return read_body(TaskBody, dates, TASK).values()


def daily(first: datetime, name: str) -> PatternedRecurrence:
    """Return a recurrence on every day from one on."""
    range_ = Range(RangeType.NoEnd, first.date(), recurrence_time_zone=name)
    return PatternedRecurrence(Pattern(PatternType.Daily, 1), range_)


def occurrences(task: TaskRow, number: int) -> Iterator[TaskRow]:
    """Go from occurrence to occurrence."""
    for _ in range(number):
        yield task
        following = series.advance_series(task)
        assert following is not None
        task = following


def make_recurring_task(gap: Gap, first: datetime, wish: datetime) -> TaskRow:
    """Return a daily task in the zone of a gap, with a reminder."""
    date = given(gap.zone, first)
    asked = read(StartDateTime=date, DueDateTime=date, ReminderDateTime=given(gap.zone, wish))
    return series.begin_series(written(BLANK_TASK, asked), daily(first, gap.zone), asked.keys())


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("before", [2, 0])
def test_the_wish_stays(gap: Gap, before: int) -> None:
    """From days before the gap on, and where the first occurrence falls into it."""
    where = find_zone(gap.zone)
    wish = gap.begin + (gap.end - gap.begin) / 2 - before * DAY
    first = wish.replace(hour=0, minute=0)

    found = list(occurrences(make_recurring_task(gap, first, wish), 5))

    days = [number * DAY for number in range(6) if has_day(first + number * DAY, where)]
    for day, task in zip(days, found, strict=False):
        assert task.reminder == instant(wish + day, where)
        assert task.start == task.due == instant(first + day, where)


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("shown_in", ["own", "UTC"])
def test_what_was_shown_is_no_wish(gap: Gap, shown_in: str) -> None:
    """A client that sends back what it read, on the day of the gap, changes nothing."""
    where = find_zone(gap.zone)
    wish = gap.begin + (gap.end - gap.begin) / 2
    first = wish.replace(hour=0, minute=0)
    task = make_recurring_task(gap, first, wish)
    reader = find_zone(gap.zone if shown_in == "own" else "UTC")
    there = [
        datetime(1, 1, 1)  # noqa: DTZ001
        + timedelta(microseconds=walls.wall_time_at(it, reader, is_day=False).ticks // 10)
        for it in (task.start, task.due, task.reminder)
        if it is not None
    ]
    start, due, reminder = (given(reader.rules.key or "", wall) for wall in there)
    echo = read(StartDateTime=start, DueDateTime=due, ReminderDateTime=reminder)

    again = written(task, echo)

    assert again == task
    following = series.advance_series(again)
    assert following is not None
    day = DAY if has_day(first, where) else 2 * DAY
    assert following.reminder == instant(wish + day, where)
    assert following.start == instant(first + day, where)


@pytest.mark.parametrize("gap", GAPS)
def test_another_wish(gap: Gap) -> None:
    """One that is no echo counts from then on."""
    where = find_zone(gap.zone)
    wish = gap.begin + (gap.end - gap.begin) / 2
    other = gap.end + timedelta(hours=1, minutes=11)
    task = make_recurring_task(gap, wish.replace(hour=0, minute=0), wish)

    task = written(task, read(ReminderDateTime=given(gap.zone, other)))

    following = series.advance_series(task)
    assert following is not None
    assert following.reminder == instant(other + DAY, where)


@pytest.mark.parametrize("name", ["UTC", "Pacific Standard Time"])
def test_an_instant_goes_by_the_clock_of_the_series(name: str) -> None:
    """A reminder that is written in UTC: that is how clients write instants."""
    first = datetime.fromisoformat("2016-03-12")
    rule = daily(first, "Pacific Standard Time")
    date = given("Pacific Standard Time", first)
    wall = datetime.fromisoformat(f"2016-03-12T{16 if name == 'UTC' else 8:02}:00:00")
    asked = read(StartDateTime=date, ReminderDateTime=given(name, wall))
    task = series.begin_series(written(BLANK_TASK, asked)._replace(due=asked["start"]), rule)

    hours = [(one.reminder or 0) // 36_000_000_000 % 24 for one in occurrences(task, 3)]

    assert hours == [16, 15, 15]


def test_rows_of_before_are_what_they_are() -> None:
    """Of which only the instants were kept: those are the wish, by the clock of the series."""
    where = find_zone("W. Europe Standard Time")
    first = datetime.fromisoformat("2016-03-26")
    start = instant(first, where)
    task = BLANK_TASK._replace(
        start=start, due=start, reminder=instant(first.replace(hour=2, minute=30), where)
    )

    found = list(occurrences(series.begin_series(task, daily(first, where.name)), 4))

    assert [one.start for one in found] == [instant(first + n * DAY, where) for n in range(4)]
    wish = first.replace(hour=2, minute=30)
    assert [one.reminder for one in found] == [instant(wish + n * DAY, where) for n in range(4)]
    assert {one.status for one in found} == {NOT_STARTED}


@pytest.mark.parametrize("start_zone", ["UTC", "Tokyo Standard Time", "Pacific Standard Time"])
@pytest.mark.parametrize("due_zone", ["UTC", "GMT Standard Time", "New Zealand Standard Time"])
@pytest.mark.parametrize("month", [1, 3, 6, 9])
def test_start_is_never_after_due(start_zone: str, due_zone: str, month: int) -> None:
    """Whatever the daylight saving of their zones; each keeps its day as far as that goes."""
    first = datetime(2016, month, 1)  # noqa: DTZ001
    start, due = given(start_zone, first), given(due_zone, first + DAY)
    asked = read(StartDateTime=start, DueDateTime=due)
    rule = daily(first, "UTC")
    rule = rule._replace(pattern=replace(rule.pattern, interval=50))
    task = series.begin_series(written(BLANK_TASK, asked), rule, asked.keys())

    for number, one in enumerate(occurrences(task, 6)):
        assert one.start is not None
        assert one.start <= (one.due or 0)
        assert one.start == instant(first + 50 * number * DAY, find_zone(start_zone))


def test_readings() -> None:
    """A skipped midnight is kept as the midnight that it would have been."""
    where = find_zone("America/Sao_Paulo")
    assert parse_day("2016-10-16T09:00:00", where).wall % 864_000_000_000 == 0
    moment = parse_date("2016-10-16T00:30:00", where)
    assert moment.wall % 864_000_000_000 == 30 * 600_000_000
    assert (
        walls.wall_time_at(moment.instant, where, is_day=False).ticks - moment.wall
        == 36_000_000_000
    )
