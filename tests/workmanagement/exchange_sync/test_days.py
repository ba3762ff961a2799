"""Calendar days in Exchange sync: carried over as they were written, in every zone, both ways."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from afterlook.mailbox import timezones, walls
from afterlook.mailbox.dates import wall_of
from afterlook.mailbox.values import COMPLETED
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import TASK
from afterlook.store.rows import TaskRow
from afterlook.workmanagement.dates import to_naive_datetime, to_naive_ticks
from afterlook.workmanagement.exchange_sync import synced_fields
from tests.mailbox.gaps import NAMES
from tests.support.exchange_sync import Sides
from tests.support.rows import BLANK_TASK

FEW = [
    *("UTC", "Etc/GMT+12", "Pacific/Pago_Pago", "Pacific/Honolulu", "America/Sao_Paulo"),
    *("Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati"),
    *("Pacific/Apia", "Pacific/Tongatapu"),
]
LEFT_OUT = {"Pacific/Apia", "Pacific/Fakaofo"}
PLAIN = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
DAYS = st.dates(datetime(2009, 1, 1).date(), datetime(2030, 1, 1).date()).map(str)  # noqa: DTZ001


def post(sides: Sides, zone: str, **dates: str) -> int:
    """Create a task in the mailbox with dates in a zone, as a request would."""
    return sides.post(**read(zone, **dates))


def body(zone: str, **dates: str) -> dict[str, Any]:
    """Return a body with dates in a zone."""
    return {
        f"{name}DateTime": {"DateTime": day.replace(" ", "T"), "TimeZone": zone}
        for name, day in dates.items()
    }


def read(zone: str, **dates: str) -> dict[str, object]:
    """Return what a body with dates asks for."""
    return dict(read_body(TaskBody, body(zone, **dates), TASK).values())


def in_list(sides: Sides, key: int) -> tuple[str | None, str | None]:
    """Return Start and Due of a task of the list as days."""
    row = sides.listed[key]
    start, due = (
        None if it is None else str(to_naive_datetime(it).date()) for it in (row.start, row.due)
    )
    return start, due


def in_mailbox(sides: Sides, number: int, zone: str) -> tuple[str | None, str | None]:
    """Return Start and Due of a task of the mailbox as the days that a reader in a zone sees."""
    row, where = sides.outlook[number], timezones.find_zone(zone)
    seen = (None if it is None else wall_of(it, where) for it in (row.start, row.due))
    start, due = (None if it is None else str(to_naive_datetime(it).date()) for it in seen)
    return start, due


def key_of(sides: Sides, number: int) -> int:
    """Return the key in the list of a task of the mailbox."""
    return next(key for key, other in sides.pairs.items() if other == number)


def row_of(zone: str, day: datetime) -> TaskRow:
    """Return a task that is due on a day in a zone."""
    values = read_body(TaskBody, body(zone, Due=day.isoformat()), TASK).values()
    return BLANK_TASK._replace(due=values["due"], walls=walls.rewrite(BLANK_TASK, values, values))


@pytest.mark.parametrize("zone", NAMES)
def test_the_day_that_was_written(zone: str) -> None:
    """In all zones, at any time of the year."""
    for month in range(1, 13):
        day = datetime(2027, month, 15, 18)  # noqa: DTZ001
        assert synced_fields.from_outlook_task(row_of(zone, day)).due == to_naive_ticks(
            day.replace(hour=0)
        )


@pytest.mark.parametrize("zone", NAMES)
def test_rows_of_before(zone: str) -> None:
    """Of which only the instant was kept: the day that most likely began then.

    That is another day only where the clocks are farther from UTC than for most people.
    """
    for month in range(1, 13):
        day = datetime(2027, month, 15)  # noqa: DTZ001
        row = row_of(zone, day)._replace(walls=None)
        ahead = timedelta(microseconds=(to_naive_ticks(day) - (row.due or 0)) // 10)
        days = (ahead < timedelta(hours=-10)) - (ahead > timedelta(hours=13.75))
        assert synced_fields.from_outlook_task(row).due == to_naive_ticks(
            day + timedelta(days=days)
        )


@PLAIN
@given(st.sampled_from(NAMES), DAYS, st.integers(0, 60), st.integers(-60, 60))
def test_round_trips(sides: Sides, zone: str, day: str, length: int, shift: int) -> None:
    """From the mailbox to the list, changed there, and back, and changed again."""
    start = datetime.fromisoformat(day)
    due, later = start + timedelta(length), start + timedelta(length + abs(shift))
    number = post(sides, zone, Start=str(start), Due=str(due))
    if not sides.state.is_opted_in:
        sides.opt_in()
    sides.job()
    key = key_of(sides, number)
    assert in_list(sides, key) == (str(start.date()), str(due.date()))

    sides.write(key, due=str(later.date()))
    sides.job()
    assert in_list(sides, key) == (str(start.date()), str(later.date()))
    # A day that the zone left out is seen as the next one.
    seen = in_mailbox(sides, number, zone)
    assert seen == (str(start.date()), str(later.date())) or zone in LEFT_OUT

    sides.patch(number, **read(zone, Start=str(due), Due=str(later)))
    sides.job()
    assert in_list(sides, key) == (str(due.date()), str(later.date()))


@PLAIN
@given(st.sampled_from(FEW), st.sampled_from(FEW), DAYS, st.integers(-3, 3))
def test_dates_in_two_zones(sides: Sides, one: str, other: str, day: str, shift: int) -> None:
    """Whatever the zones of the dates, a day written in the list is that day on both sides."""
    start = datetime.fromisoformat(day)
    number = post(sides, one, Due=str(start + timedelta(4)))
    sides.patch(number, **read(other, Start=str(start)))
    if not sides.state.is_opted_in:
        sides.opt_in()
    sides.job()
    key = key_of(sides, number)
    moved = start + timedelta(2 + shift)
    sides.write(key, due=str(moved.date()))
    sides.job()

    # A task is not due before it starts.
    assert in_list(sides, key) == (str(start.date()), str(max(start, moved).date()))
    assert sides.synced()[0] == sides.synced()[1]
    sides.write(key, start=str(moved.date()), due=str(moved.date()))
    sides.job()
    assert in_list(sides, key) == (str(moved.date()),) * 2


@pytest.mark.parametrize("zone", FEW)
def test_a_series(sides: Sides, zone: str) -> None:
    """Its occurrences are the days that were written, by completing it on either side."""
    rule = {
        "Pattern": {"Type": "Weekly", "Interval": 1},
        "Range": {"Type": "NoEnd", "StartDate": "2027-03-01", "RecurrenceTimeZone": "UTC"},
    }
    given_ = body(zone, Start="2027-03-01", Due="2027-03-02") | {"Recurrence": rule}
    number = sides.post(**read_body(TaskBody, given_, TASK).values())
    sides.opt_in()
    assert in_list(sides, key_of(sides, number)) == ("2027-03-01", "2027-03-02")
    sides.patch(number, status=COMPLETED)
    sides.job()
    key = key_of(sides, number)
    assert in_list(sides, key) == ("2027-03-08", "2027-03-09")
    sides.write(key, is_completed="1")
    sides.job()

    assert in_list(sides, key_of(sides, number)) == ("2027-03-15", "2027-03-16")
