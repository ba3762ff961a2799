"""Where a series begins, how it goes on, and the zone in which it does."""

import pytest

from tests.outlook.recurring import (
    MONDAY,
    at,
    complete,
    due,
    midnight,
    patched,
    recurrence,
    recurring,
    span,
)
from tests.support.outlook import EASTERN, PACIFIC, Json, prefer, values
from tests.support.samples import zoned
from tests.support.wire import Mailbox

BERLIN = "W. Europe Standard Time"
WEEKENDS = {"Type": "Weekly", "DaysOfWeek": ["Saturday", "Sunday"]}
# A pattern from Monday 25 April 2016 on, and its first dates.
PATTERNS: list[tuple[Json, list[str]]] = [
    ({"Type": "Daily", "Interval": 30}, [MONDAY, "2016-05-25", "2016-06-24"]),
    (
        {"Type": "Weekly", "Interval": 2, "DaysOfWeek": ["Sunday", "Monday"]},
        [MONDAY, "2016-05-08", "2016-05-09", "2016-05-22"],
    ),
    (
        {
            "Type": "Weekly",
            "Interval": 2,
            "FirstDayOfWeek": "Monday",
            "DaysOfWeek": ["Sunday", "Monday"],
        },
        [MONDAY, "2016-05-01", "2016-05-09", "2016-05-15"],
    ),
    ({"Type": "AbsoluteMonthly", "DayOfMonth": 10}, ["2016-05-10", "2016-06-10", "2016-07-10"]),
    (
        {"Type": "AbsoluteMonthly", "Interval": 3, "DayOfMonth": 31},
        ["2016-04-30", "2016-07-31", "2016-10-31", "2017-01-31", "2017-04-30"],
    ),
    (
        {"Type": "AbsoluteMonthly", "Interval": 10, "DayOfMonth": 30},
        ["2016-04-30", "2017-02-28", "2017-12-30"],
    ),
    (
        {"Type": "RelativeMonthly", "DaysOfWeek": ["Monday"], "Index": "Last"},
        [MONDAY, "2016-05-30", "2016-06-27"],
    ),
    (
        {"Type": "RelativeMonthly", "DaysOfWeek": ["Saturday", "Sunday"], "Index": "Second"},
        ["2016-05-07", "2016-06-05", "2016-07-03"],
    ),
    (
        {"Type": "AbsoluteYearly", "DayOfMonth": 29, "Month": 2},
        ["2017-02-28", "2018-02-28", "2019-02-28", "2020-02-29", "2021-02-28"],
    ),
    (
        {"Type": "AbsoluteYearly", "Interval": 4, "DayOfMonth": 31, "Month": 4},
        ["2016-04-30", "2020-04-30"],
    ),
    (
        {"Type": "RelativeYearly", "DaysOfWeek": ["Thursday"], "Index": "Fourth", "Month": 11},
        ["2016-11-24", "2017-11-23", "2018-11-22"],
    ),
]


@pytest.mark.observed("recurrence.patterns", "recurrence.no-dates")
@pytest.mark.in_process
@pytest.mark.parametrize(("pattern", "days"), PATTERNS)
def test_patterns(shared: Mailbox, pattern: Json, days: list[str]) -> None:
    """Completing walks from date to date; Start and Due are those dates."""
    task = recurring(shared, recurrence(pattern))
    found = [span(task)]

    while len(found) < len(days):
        found.append(span(complete(shared, task)[1]))

    assert found == [(f"{day}T00:00", f"{day}T00:00") for day in days]


@pytest.mark.inferred("recurrence.clamped")
@pytest.mark.parametrize(("day", "month", "shown"), [(31, 4, "2017-04-30"), (30, 2, "2018-02-28")])
def test_days_that_never_are(shared: Mailbox, day: int, month: int, shown: str) -> None:
    """Kept as they were given, and taken for the last day of the month."""
    pattern = {"Type": "AbsoluteYearly", "DayOfMonth": day, "Month": month}
    task = recurring(shared, recurrence(pattern, {"StartDate": f"2017-0{month}-28"}))
    if month == 2:
        task = complete(shared, task)[1]

    assert due(task) == shown
    assert task["Recurrence"]["Pattern"]["DayOfMonth"] == day


@pytest.mark.observed("recurrence.first")
@pytest.mark.once
@pytest.mark.parametrize(
    ("start", "end", "first"),
    [
        # On an occurrence, before it, between two, before StartDate.
        ("2016-04-30", "2016-04-30", ("2016-04-30T00:00", "2016-04-30T00:00")),
        ("2016-04-27", "2016-04-28", ("2016-04-30T00:00", "2016-05-01T00:00")),
        ("2016-05-02", "2016-05-12", ("2016-05-07T00:00", "2016-05-17T00:00")),
        ("2016-01-01", "2016-01-02", ("2016-04-30T00:00", "2016-05-01T00:00")),
        (None, "2016-04-27", (None, "2016-04-30T00:00")),
        # Beyond the last one there is nothing to go on to.
        ("2017-01-01", "2017-01-02", ("2017-01-01T00:00", "2017-01-02T00:00")),
    ],
)
def test_the_first_occurrence(
    shared: Mailbox, start: str | None, end: str, first: tuple[str | None, str]
) -> None:
    """The dates go on to it with their distance; the time of StartDate there is none."""
    dates = {"DueDateTime": midnight(end)}
    if start is not None:
        dates["StartDateTime"] = midnight(start)
    rule = recurrence(WEEKENDS, {"Type": "EndDate", "EndDate": "2016-12-31"})

    assert span(recurring(shared, rule, **dates)) == first


@pytest.mark.inferred("recurrence.first", "recurrence.next")
def test_the_reminder_goes_along(shared: Mailbox) -> None:
    reminder = {"DateTime": "2016-04-26T18:30:00.0000000", "TimeZone": "UTC"}

    task = recurring(
        shared,
        recurrence(WEEKENDS),
        DueDateTime=midnight("2016-04-27"),
        ReminderDateTime=reminder,
    )

    assert due(task) == "2016-04-30"
    assert task["ReminderDateTime"]["DateTime"] == "2016-04-29T18:30:00.0000000"


@pytest.mark.inferred("recurrence.no-dates", "recurrence.last")
def test_a_range_without_an_occurrence(me: Mailbox) -> None:
    """A task without dates stays so, and is completed like any other."""
    rule = recurrence(WEEKENDS, {"Type": "EndDate", "EndDate": "2016-04-26"})
    task = recurring(me, rule)
    assert span(task) == (None, None)

    (done,) = complete(me, task)

    assert (done["Id"], done["Recurrence"]) == (task["Id"], None)


@pytest.mark.inferred("recurrence.ranges", "recurrence.last")
def test_the_end_of_the_calendar(me: Mailbox) -> None:
    """A series without an end ends there: with the last occurrence whose dates can be kept."""
    rule = recurrence(None, {"StartDate": "9999-12-30"})
    dates = {"StartDateTime": midnight("9999-12-29"), "DueDateTime": midnight("9999-12-31")}
    task = recurring(me, rule, **dates)
    assert span(task) == ("9999-12-30T00:00", "9999-12-31T00:00")

    (done,) = complete(me, task)

    assert (done["Id"], done["Recurrence"]) == (task["Id"], None)


@pytest.mark.inferred("recurrence.zone-default")
@pytest.mark.once
@pytest.mark.parametrize(
    ("dates", "preferred", "zone"),
    [
        ({}, None, "UTC"),
        ({}, EASTERN, EASTERN),
        ({"DueDateTime": zoned("2016-04-26T00:00:00", PACIFIC)}, EASTERN, PACIFIC),
        ({"StartDateTime": zoned("2016-04-26T00:00:00", BERLIN)}, None, BERLIN),
        (
            {
                "StartDateTime": zoned("2016-04-26T00:00:00", BERLIN),
                "DueDateTime": zoned("2016-04-27T00:00:00", PACIFIC),
            },
            EASTERN,
            BERLIN,
        ),
        # A date without a zone is one in UTC.
        ({"DueDateTime": {"DateTime": "2016-04-26T00:00:00"}}, EASTERN, "UTC"),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_zone(shared: Mailbox, dates: Json, preferred: str | None, zone: str, method: str) -> None:
    headers = {} if preferred is None else {"Prefer": prefer(preferred)}
    rule = recurrence(None, {"RecurrenceTimeZone": None})
    address = "tasks" if method == "POST" else at(shared.create("tasks", {"Subject": "x"}))

    task = shared.send(method, address, {"Recurrence": rule} | dates, **headers).json()

    assert task["Recurrence"]["Range"]["RecurrenceTimeZone"] == zone
    if not dates:
        assert task["DueDateTime"] == zoned("2016-04-25T00:00:00.0000000", zone)


@pytest.mark.inferred("recurrence.clocks")
@pytest.mark.once
@pytest.mark.parametrize(
    ("zone", "day", "offsets"),
    [
        # Clocks go forward on 13 March, back on 6 November 2016.
        (PACIFIC, "2016-03-12", ["08", "08", "07"]),
        (PACIFIC, "2016-11-05", ["07", "07", "08"]),
        (BERLIN, "2016-03-26", ["23", "23", "22"]),
        # Where midnight itself is skipped the day begins at one, for that day alone.
        ("E. South America Standard Time", "2016-10-15", ["03", "03", "02"]),
    ],
)
def test_clocks_that_change(shared: Mailbox, zone: str, day: str, offsets: list[str]) -> None:
    """A midnight where the series lives stays one, whatever it is in UTC."""
    dates = {"DueDateTime": zoned(f"{day}T00:00:00", zone)}
    rule = recurrence(None, {"StartDate": day, "RecurrenceTimeZone": None})
    task = recurring(shared, rule, **dates)
    hours = [task["DueDateTime"]["DateTime"][11:13]]

    for _ in range(2):
        task = complete(shared, task)[1]
        hours.append(task["DueDateTime"]["DateTime"][11:13])

    assert hours == offsets
    local = shared.get(at(task), Prefer=prefer(zone)).json()["DueDateTime"]["DateTime"]
    assert local.endswith("T00:00:00.0000000")


@pytest.mark.inferred("recurrence.clocks", "recurrence.next")
def test_the_reminder_keeps_its_hour(shared: Mailbox) -> None:
    """On the clocks where the series lives."""
    rule = recurrence(WEEKENDS, {"StartDate": "2016-03-12", "RecurrenceTimeZone": PACIFIC})
    reminder = zoned("2016-03-11T21:00:00", PACIFIC)
    task = recurring(shared, rule, ReminderDateTime=reminder)

    for _ in range(2):
        task = complete(shared, task)[1]

    local = shared.get(at(task), Prefer=prefer(PACIFIC)).json()
    assert local["DueDateTime"]["DateTime"] == "2016-03-19T00:00:00.0000000"
    assert local["ReminderDateTime"]["DateTime"] == "2016-03-18T21:00:00.0000000"


@pytest.mark.inferred("recurrence.zone-default", "recurrence.redefined")
def test_another_zone(me: Mailbox) -> None:
    """The same instant may be another day there; the one that was written counts."""
    task = recurring(me, recurrence(), DueDateTime=midnight("2016-04-30"))
    rule = recurrence(WEEKENDS, {"RecurrenceTimeZone": PACIFIC})

    changed = patched(me, task, {"Recurrence": rule}, Prefer=prefer(PACIFIC))

    assert changed["DueDateTime"] == zoned("2016-04-29T17:00:00.0000000", PACIFIC)
    assert len(values(me.get("tasks"))) == 1
