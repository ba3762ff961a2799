"""Dates on the wire: which are understood, how they are shown, where they end."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant, from_datetime
from tests.support.outlook import PACIFIC, prefer
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox, Wire, in_process

SUFFIXES = [
    ("2016-04-26T10:00:00", ".0000000"),
    ("2016-04-26T10:00:00Z", ".0000000"),
    ("2016-04-26T10:00:00.00Z", ".0000000"),
    ("2016-04-26T10:00:00.5", ".5000000"),
    ("2016-04-26T10:00:00.1234567", ".1234567"),
    ("2016-04-26T10:00:00.0000001Z", ".0000001"),
]
FORMS = [
    ("2016-04-26", "2016-04-26T00:00:00.0000000"),
    ("2016-04-26T10:30", "2016-04-26T10:30:00.0000000"),
    ("2016-04-26T10:30:00.123456789", "2016-04-26T10:30:00.1234567"),
    ("2016-04-26t10:30:00z", "2016-04-26T10:30:00.0000000"),
    ("2016-04-26T23:59:59.9999999", "2016-04-26T23:59:59.9999999"),
]
STAMPS = [
    (0, ""),
    (1, ".0000001"),
    (5_000_000, ".5"),
    (151_010, ".015101"),
    (9_999_990, ".999999"),
    (1_000_000, ".1"),
]
SAMPLE = from_datetime(datetime(2016, 4, 22, 22, 19, 19, tzinfo=UTC))


@pytest.fixture(scope="module")
def stopped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Wire, FrozenClock]]:
    """Return the service with a clock that stands, and the clock."""
    clock = FrozenClock(SAMPLE)
    file = tmp_path_factory.mktemp("stopped") / "afterlook.db"
    with in_process(f"sqlite:///{file}", "sqlite", clock) as wire:
        yield wire, clock


def reminder(me: Mailbox, text: object, zone: str = "UTC", **headers: str) -> object:
    """Create a task with a reminder and return the reminder as shown."""
    body = {"ReminderDateTime": {"DateTime": text, "TimeZone": zone}}
    response = me.post("tasks", body, **headers)
    assert response.status_code == 201, response.text
    return response.json()["ReminderDateTime"]


@pytest.mark.observed("date.seven-digits", "date.suffix", "date.reminder")
@pytest.mark.once
@pytest.mark.parametrize(("text", "fraction"), SUFFIXES)
def test_fraction_and_suffix(shared: Mailbox, text: str, fraction: str) -> None:
    assert reminder(shared, text) == utc(f"2016-04-26T10:00:00{fraction}")


@pytest.mark.inferred("date.forms")
@pytest.mark.once
@pytest.mark.parametrize(("text", "shown"), FORMS)
def test_forms(shared: Mailbox, text: str, shown: str) -> None:
    assert reminder(shared, text) == utc(shown)


@pytest.mark.inferred("date.offset")
def test_offset_decides_the_instant(shared: Mailbox) -> None:
    for text in ("2016-04-26T10:00:00+02:00", "2016-04-26T08:00:00Z", "2016-04-26T00:30:00-07:30"):
        assert reminder(shared, text, PACIFIC) == utc("2016-04-26T08:00:00.0000000")


@pytest.mark.inferred("date.offset")
@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("2016-04-26T06:59:59Z", "2016-04-25T07:00:00.0000000"),
        ("2016-04-26T07:00:00Z", "2016-04-26T07:00:00.0000000"),
        ("2016-04-26T23:00:00-09:00", "2016-04-27T07:00:00.0000000"),
    ],
)
def test_the_day_is_the_one_in_the_zone(shared: Mailbox, text: str, due: str) -> None:
    assert shared.create("tasks", {"DueDateTime": zoned(text, PACIFIC)})["DueDateTime"] == utc(due)


@pytest.mark.inferred("dates.midnight-z")
@pytest.mark.once
@pytest.mark.parametrize("text", ["00:00:00Z", "00:00Z", "00:00:00.0000000z", "00:00:00+00:00"])
@pytest.mark.parametrize("name", ["StartDateTime", "DueDateTime", "CompletedDateTime"])
@pytest.mark.parametrize(
    "zone", [PACIFIC, "Tokyo Standard Time", "UTC", "Line Islands Standard Time"]
)
def test_midnight_with_z_is_a_date(shared: Mailbox, zone: str, name: str, text: str) -> None:
    """In every zone, by POST and by PATCH."""
    body = {name: zoned(f"2016-05-10T{text}", zone)}
    task = shared.create("tasks", {})
    for response in (
        shared.post("tasks", body, Prefer=prefer(zone)),
        shared.patch(f"tasks('{task['Id']}')", body, Prefer=prefer(zone)),
    ):
        assert response.json()[name] == zoned("2016-05-10T00:00:00.0000000", zone)


@pytest.mark.observed("date.reminder", "date.midnight")
def test_reminder_keeps_its_time(shared: Mailbox) -> None:
    """Beside a due date that loses its own, and across a change of the clocks."""
    at_nine = zoned("2016-11-07T09:30:15.25", PACIFIC)
    body = {"DueDateTime": at_nine, "ReminderDateTime": at_nine, "IsReminderOn": True}

    task = shared.create("tasks", body)

    assert task["ReminderDateTime"] == utc("2016-11-07T17:30:15.2500000")
    assert task["DueDateTime"] == utc("2016-11-07T08:00:00.0000000")
    assert task["IsReminderOn"] is True
    shown = shared.get(f"tasks('{task['Id']}')", Prefer=prefer(PACIFIC)).json()["ReminderDateTime"]
    assert shown == zoned("2016-11-07T09:30:15.2500000", PACIFIC)


@pytest.mark.observed("date.stamp")
@pytest.mark.parametrize(("ticks", "fraction"), STAMPS)
def test_stamps(stopped: tuple[Wire, FrozenClock], ticks: int, fraction: str) -> None:
    wire, clock = stopped
    clock.instant = Instant(SAMPLE + ticks)
    me = Mailbox(wire, uuid4().hex)

    task = me.create("tasks", {})

    assert task["CreatedDateTime"] == f"2016-04-22T22:19:19{fraction}Z"
    for zone, shown in [
        (PACIFIC, f"2016-04-22T15:19:19{fraction}-07:00"),
        ("Nepal Standard Time", f"2016-04-23T04:04:19{fraction}+05:45"),
        ("Newfoundland Standard Time", f"2016-04-22T19:49:19{fraction}-02:30"),
    ]:
        again = me.get(f"tasks('{task['Id']}')", Prefer=prefer(zone)).json()
        assert again["CreatedDateTime"] == again["LastModifiedDateTime"] == shown
