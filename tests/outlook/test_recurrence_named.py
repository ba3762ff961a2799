"""Dates beside a recurrence: those that fit stay, in whatever zone they were written."""

import pytest

from tests.outlook.recurring import (
    at,
    complete,
    due,
    midnight,
    patched,
    recurrence,
    recurring,
    span,
)
from tests.support.outlook import Json, prefer, values
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

# A pattern that 3 June 2016, a Friday, fits, and the next date of it.
FITTING: list[tuple[Json, str]] = [
    ({"Type": "Daily"}, "2016-06-04"),
    ({"Type": "Weekly", "DaysOfWeek": ["Friday"]}, "2016-06-10"),
    ({"Type": "AbsoluteMonthly", "DayOfMonth": 3}, "2016-07-03"),
    ({"Type": "RelativeMonthly", "DaysOfWeek": ["Friday"], "Index": "First"}, "2016-07-01"),
    ({"Type": "AbsoluteYearly", "DayOfMonth": 3, "Month": 6}, "2017-06-03"),
    (
        {"Type": "RelativeYearly", "DaysOfWeek": ["Friday"], "Index": "First", "Month": 6},
        "2017-06-02",
    ),
]
ZONES = [
    *("UTC", "Tokyo Standard Time", "Pacific Standard Time", "New Zealand Standard Time"),
    *("Line Islands Standard Time", "Dateline Standard Time", "Chatham Islands Standard Time"),
]
FIRST, MAY = "2016-06-03", "2016-05-01"
WEEKLY = {"Type": "Weekly", "DaysOfWeek": ["Monday"]}
MONDAY = {"StartDate": "2016-05-02"}


def rule(pattern: Json, start: str = FIRST, zone: str | None = "UTC") -> Json:
    """Return a recurrence from a day on."""
    return recurrence(pattern, {"StartDate": start, "RecurrenceTimeZone": zone})


@pytest.mark.inferred("dates.named")
@pytest.mark.in_process
@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize("named", ["Due", "Start", "both"])
@pytest.mark.parametrize(("pattern", "after"), FITTING)
def test_a_date_that_fits(
    shared: Mailbox, pattern: Json, after: str, named: str, method: str
) -> None:
    """Whichever it is; the one that it leaves behind goes on to it."""
    dates = {
        f"{name}DateTime": midnight(FIRST) for name in ("Start", "Due") if named in (name, "both")
    }
    body = dates | {"Recurrence": rule(pattern)}
    if method == "POST":
        task = shared.create("tasks", {"StartDateTime": midnight(MAY)} | body)
    else:
        stored = dict.fromkeys(("StartDateTime", "DueDateTime"), midnight(MAY))
        task = patched(shared, shared.create("tasks", stored), body)

    assert span(task) == (f"{FIRST}T00:00",) * 2
    assert due(complete(shared, task)[1]) == after


@pytest.mark.inferred("dates.named")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("stored", "named", "expected"),
    [
        # Due beyond the first occurrence that Start goes on to.
        ((MAY, MAY), {"Due": "2016-06-10"}, (FIRST, "2016-06-10")),
        # Due that does not fit goes on to the next date by itself, if it alone was named.
        ((MAY, MAY), {"Due": "2016-06-04"}, (FIRST, "2016-06-10")),
        # Start that fits holds Due where it is.
        ((MAY, MAY), {"Start": FIRST, "Due": "2016-06-08"}, (FIRST, "2016-06-08")),
        # Both named, neither fitting: their distance stays.
        ((MAY, MAY), {"Start": "2016-06-04", "Due": "2016-06-05"}, ("2016-06-10", "2016-06-11")),
        # Start that is later than the Due named follows it.
        (("2016-07-01", "2016-07-01"), {"Due": FIRST}, (FIRST, FIRST)),
        # Due that is the day from which the series is stays, named or not.
        (("2016-06-01", FIRST), {}, (FIRST, FIRST)),
        # Any other that was not named keeps its distance.
        (("2016-06-01", "2016-06-10"), {}, (FIRST, "2016-06-12")),
    ],
)
def test_named_by_a_patch(
    shared: Mailbox, stored: tuple[str, str], named: dict[str, str], expected: tuple[str, str]
) -> None:
    both = {"StartDateTime": midnight(stored[0]), "DueDateTime": midnight(stored[1])}
    body = {f"{name}DateTime": midnight(day) for name, day in named.items()}

    task = patched(shared, shared.create("tasks", both), body | {"Recurrence": rule(FITTING[1][0])})

    assert span(task) == tuple(f"{day}T00:00" for day in expected)


@pytest.mark.inferred("dates.named")
@pytest.mark.parametrize("day", [MAY, FIRST])
def test_the_reminder_goes_with_its_date(shared: Mailbox, day: str) -> None:
    """With the one that it is nearer to."""
    dates = {"StartDateTime": midnight(MAY), "DueDateTime": midnight(FIRST)}
    reminder = utc(f"{day}T08:00:00")

    task = recurring(shared, rule({}), **dates, ReminderDateTime=reminder)

    assert task["ReminderDateTime"] == utc(f"{FIRST}T08:00:00.0000000")


@pytest.mark.inferred("dates.same-day")
@pytest.mark.parametrize("method", ["POST", "PATCH"])
@pytest.mark.parametrize(
    "names", [("StartDateTime",), ("DueDateTime",), ("StartDateTime", "DueDateTime")]
)
@pytest.mark.parametrize("series", [None, "UTC", "Pacific Standard Time", "Tonga Standard Time"])
@pytest.mark.parametrize("zone", ZONES)
def test_the_day_that_was_written(
    alone: Mailbox, zone: str, series: str | None, names: tuple[str, ...], method: str
) -> None:
    """It fits, so it stays, and so does the next one, wherever the series lives."""
    dates = dict.fromkeys(names, zoned("2016-05-02T15:00:00", zone))
    body = {"Recurrence": rule(WEEKLY, "2016-05-02", series)}
    if method == "POST":
        task = alone.create("tasks", dates | body)
    else:
        task = patched(alone, alone.create("tasks", dates), body)

    # By then clocks have changed in some of these zones, and in others not.
    for day in ("02", "09", "16", "23", "30"):
        shown = alone.get(at(task), Prefer=prefer(zone)).json()
        assert shown["DueDateTime"]["DateTime"] == f"2016-05-{day}T00:00:00.0000000"
        complete(alone, task)


@pytest.mark.inferred("dates.same-day")
@pytest.mark.parametrize("zone", ZONES)
def test_over_a_change_of_clocks(alone: Mailbox, zone: str) -> None:
    """Midnights in the zone of the dates stay such, where the series is in another."""
    dates = dict.fromkeys(("StartDateTime", "DueDateTime"), zoned("2016-09-05", zone))
    pattern = {**WEEKLY, "Interval": 10}
    task = recurring(alone, rule(pattern, "2016-09-05", "UTC"), **dates)

    complete(alone, task)

    shown = alone.get(at(task), Prefer=prefer(zone)).json()
    assert shown["DueDateTime"]["DateTime"] == "2016-11-14T00:00:00.0000000"


@pytest.mark.inferred("dates.same-day", "recurrence.patch-others")
@pytest.mark.parametrize("reader", ["UTC", "Pacific Standard Time", "New Zealand Standard Time"])
@pytest.mark.parametrize("zone", ZONES)
def test_sent_back(alone: Mailbox, zone: str, reader: str) -> None:
    """Read in another zone and sent back whole, the series stays and goes on."""
    dates = dict.fromkeys(("StartDateTime", "DueDateTime"), zoned("2016-05-02", zone))
    task = recurring(alone, rule(WEEKLY, "2016-05-02", None), **dates)
    shown = alone.get(at(task), Prefer=prefer(reader)).json()

    patched(alone, task, shown)
    complete(alone, task)

    again = alone.get(at(task), Prefer=prefer(zone)).json()
    assert again["DueDateTime"]["DateTime"] == "2016-05-09T00:00:00.0000000"
    assert len(values(alone.get("tasks"))) == 2


@pytest.mark.inferred("dates.weekday-of-start")
@pytest.mark.once
@pytest.mark.parametrize("days", [[], None, ...])
@pytest.mark.parametrize(
    ("start", "day"),
    [("2016-05-02", "Monday"), ("2016-05-08", "Sunday"), ("2016-05-07", "Saturday")],
)
def test_weekly_on_no_day(shared: Mailbox, start: str, day: str, days: object) -> None:
    """Whether DaysOfWeek is empty, null or left out."""
    weekly = rule({"Type": "Weekly", "DaysOfWeek": days}, start)
    if days is ...:
        del weekly["Pattern"]["DaysOfWeek"]

    task = recurring(shared, weekly)

    assert task["Recurrence"]["Pattern"]["DaysOfWeek"] == [day]
    assert due(task) == start
    assert patched(shared, task, {"Recurrence": weekly})["Id"] == task["Id"]


@pytest.mark.inferred("dates.start-date-counts")
@pytest.mark.once
@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        # Due before the series, within it and fitting, within it and not.
        ("2016-05-02", "2016-04-20", "2016-05-02"),
        ("2016-05-02", "2016-05-16", "2016-05-16"),
        ("2016-05-02", "2016-05-18", "2016-05-23"),
        # StartDate is shown as it was given, and need not fit.
        ("2016-05-04", "2016-05-02", "2016-05-09"),
    ],
)
def test_start_date_against_due(shared: Mailbox, start: str, end: str, expected: str) -> None:
    task = recurring(shared, rule(WEEKLY, start), DueDateTime=midnight(end))

    assert due(task) == expected
    assert task["Recurrence"]["Range"]["StartDate"] == start
