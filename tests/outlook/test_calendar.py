"""Where the calendar ends: impossible dates, leap days, first and last years."""

import pytest

from tests.support.outlook import PACIFIC, everything, expect_refusal, prefer, values
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

IMPOSSIBLE = [
    "",
    " ",
    "today",
    "2021-02-29",
    "1900-02-29",
    "2021-04-31",
    "2021-13-01",
    "2021-00-10",
    "2021-01-00",
    "2021-1-1",
    "0000-01-01",
    "10000-01-01",
    "-2021-01-01",
    "20210101",
    "2021-W01-1",
    "01/02/2021",
    "2021-01-01T",
    "2021-01-01T24:00:00",
    "2021-01-01T12:60:00",
    "2021-01-01T23:59:60",
    "2021-01-01T10:00:00.",
    "2021-01-01T10:00:00+25:00",
    "2021-01-01T10:00:00+01:99",
    "2021-01-01T10:00:00 Z",
    "\u0662\u0660\u0662\u0661-\u0660\u0661-\u0660\u0661",
    "2021-01-01T10:00:00\n2021",
    "2021-01-01" * 1000,
]
OUT_OF_RANGE = [
    ("ReminderDateTime", "0001-01-01T00:00:00", "Tokyo Standard Time"),
    ("ReminderDateTime", "9999-12-31T23:00:00", PACIFIC),
    ("ReminderDateTime", "9999-12-31T23:59:59-00:01", "UTC"),
    ("ReminderDateTime", "0001-01-01T00:00:00+00:01", "UTC"),
    ("DueDateTime", "0001-01-01T18:00:00", "Tokyo Standard Time"),
    ("StartDateTime", "0001-01-01T18:00:00", "China Standard Time"),
    ("CompletedDateTime", "0001-01-01", "Tokyo Standard Time"),
]


@pytest.mark.observed("date.impossible", "v2.invalid-datetime", "error.unchanged")
@pytest.mark.once
def test_impossible_dates(me: Mailbox) -> None:
    before = everything(me)

    for text in IMPOSSIBLE:
        for name in ("DueDateTime", "StartDateTime", "CompletedDateTime", "ReminderDateTime"):
            response = me.post("tasks", {name: {"DateTime": text, "TimeZone": "UTC"}})
            expect_refusal(response, 400, "InvalidDateTime", "of parameter 'DateTime' is invalid.")

    assert everything(me) == before


@pytest.mark.inferred("date.leap")
@pytest.mark.once
@pytest.mark.parametrize("day", ["2000-02-29", "2016-02-29", "2020-02-29", "2400-02-29"])
def test_leap_day(shared: Mailbox, day: str) -> None:
    due = shared.create("tasks", {"DueDateTime": zoned(f"{day}T12:00:00", "UTC")})["DueDateTime"]

    assert due == utc(f"{day}T00:00:00.0000000")


@pytest.mark.inferred("date.range")
@pytest.mark.in_process
@pytest.mark.parametrize(
    "day", ["0001-01-01", "0001-12-31", "1582-10-10", "1752-09-05", "9999-12-31"]
)
def test_first_and_last_years(shared: Mailbox, day: str) -> None:
    task = shared.create(
        "tasks", {"DueDateTime": utc(day), "ReminderDateTime": utc(f"{day}T23:59:59")}
    )

    assert task["DueDateTime"] == utc(f"{day}T00:00:00.0000000")
    assert task["ReminderDateTime"] == utc(f"{day}T23:59:59.0000000")


@pytest.mark.inferred("date.range", "error.unchanged")
@pytest.mark.once
@pytest.mark.parametrize(("name", "text", "zone"), OUT_OF_RANGE)
def test_beyond_the_calendar(me: Mailbox, name: str, text: str, zone: str) -> None:
    before = everything(me)

    expect_refusal(me.post("tasks", {name: zoned(text, zone)}), 400, "ErrorInvalidRequest")

    assert everything(me) == before


@pytest.mark.inferred("date.range-shown")
@pytest.mark.once
@pytest.mark.parametrize("day", ["0001-01-01T00:00:00", "9999-12-31T23:59:59.9999999"])
@pytest.mark.parametrize("zone", [PACIFIC, "Tokyo Standard Time"])
def test_shown_beyond_the_calendar(me: Mailbox, day: str, zone: str) -> None:
    """One such task must not keep its owner from the others."""
    body = {"ReminderDateTime": utc(day), "DueDateTime": utc(day)}

    created = me.post("tasks", body, Prefer=prefer(zone))

    assert created.status_code == 201
    assert len(values(me.get("tasks", Prefer=prefer(zone)))) == 1
    again = values(me.get("tasks"))[0]["ReminderDateTime"]["DateTime"]
    assert again.startswith(day)
