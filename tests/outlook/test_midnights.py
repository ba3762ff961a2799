"""Midnight in many places: daylight saving, both hemispheres, days that begin late or twice."""

import pytest

from tests.support.outlook import prefer
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

# Zone, day, and what its midnight is in UTC.
MIDNIGHTS = [
    ("Eastern Standard Time", "2016-04-26", "2016-04-26T04:00"),
    ("Eastern Standard Time", "2016-01-26", "2016-01-26T05:00"),
    ("Pacific Standard Time", "2016-03-13", "2016-03-13T08:00"),
    ("Pacific Standard Time", "2016-03-14", "2016-03-14T07:00"),
    ("Pacific Standard Time", "2016-11-06", "2016-11-06T07:00"),
    ("Pacific Standard Time", "2016-11-07", "2016-11-07T08:00"),
    ("US Mountain Standard Time", "2016-07-01", "2016-07-01T07:00"),
    ("W. Europe Standard Time", "2021-03-28", "2021-03-27T23:00"),
    ("W. Europe Standard Time", "2021-03-29", "2021-03-28T22:00"),
    ("W. Europe Standard Time", "2021-10-31", "2021-10-30T22:00"),
    ("W. Europe Standard Time", "2021-11-01", "2021-10-31T23:00"),
    ("GMT Standard Time", "2021-01-01", "2021-01-01T00:00"),
    ("GMT Standard Time", "2021-07-01", "2021-06-30T23:00"),
    ("AUS Eastern Standard Time", "2021-01-15", "2021-01-14T13:00"),
    ("AUS Eastern Standard Time", "2021-07-15", "2021-07-14T14:00"),
    ("New Zealand Standard Time", "2021-01-15", "2021-01-14T11:00"),
    ("New Zealand Standard Time", "2021-07-15", "2021-07-14T12:00"),
    ("Lord Howe Standard Time", "2021-01-15", "2021-01-14T13:00"),
    ("Lord Howe Standard Time", "2021-07-15", "2021-07-14T13:30"),
    ("Chatham Islands Standard Time", "2021-01-15", "2021-01-14T10:15"),
    ("India Standard Time", "2021-06-01", "2021-05-31T18:30"),
    ("Nepal Standard Time", "2021-06-01", "2021-05-31T18:15"),
    ("Newfoundland Standard Time", "2021-07-01", "2021-07-01T02:30"),
    ("Line Islands Standard Time", "2021-06-01", "2021-05-31T10:00"),
    ("Dateline Standard Time", "2021-06-01", "2021-06-01T12:00"),
    ("Pacific SA Standard Time", "2021-01-15", "2021-01-15T03:00"),
    ("Pacific SA Standard Time", "2021-07-15", "2021-07-15T04:00"),
    ("America/New_York", "2016-04-26", "2016-04-26T04:00"),
]
# Days that had no midnight: their clocks went from 23:59 to 01:00.
GAPS = [
    ("E. South America Standard Time", "2018-11-04", "2018-11-04T03:00"),
    ("Azores Standard Time", "2021-03-28", "2021-03-28T01:00"),
    ("Cuba Standard Time", "2021-03-14", "2021-03-14T05:00"),
    ("Middle East Standard Time", "2022-03-27", "2022-03-26T22:00"),
    ("Egypt Standard Time", "2023-04-28", "2023-04-27T22:00"),
    ("Paraguay Standard Time", "2023-10-01", "2023-10-01T04:00"),
]
# Days that had two midnights: the first counts.
DOUBLED = [
    ("Azores Standard Time", "2021-10-31", "2021-10-31T00:00"),
    ("Cuba Standard Time", "2021-11-07", "2021-11-07T04:00"),
]


def due(me: Mailbox, zone: str, day: str) -> dict[str, dict[str, str]]:
    """Create a task due on a day in a zone; return its due date in UTC and in the zone."""
    body = {"DueDateTime": zoned(f"{day}T13:45:00", zone)}
    response = me.post("tasks", body, Prefer=prefer(zone))
    assert response.status_code == 201, response.text
    task = response.json()
    plain = me.get(f"tasks('{task['Id']}')").json()
    return {"utc": plain["DueDateTime"], "local": task["DueDateTime"]}


@pytest.mark.observed("date.midnight", "date.seven-digits")
@pytest.mark.once
@pytest.mark.parametrize(("zone", "day", "instant"), MIDNIGHTS)
def test_midnight_of_the_place(shared: Mailbox, zone: str, day: str, instant: str) -> None:
    shown = due(shared, zone, day)

    assert shown["utc"] == utc(f"{instant}:00.0000000")
    assert shown["local"]["DateTime"] == f"{day}T00:00:00.0000000"


@pytest.mark.inferred("date.gap")
@pytest.mark.once
@pytest.mark.parametrize(("zone", "day", "instant"), GAPS)
def test_day_without_a_midnight(shared: Mailbox, zone: str, day: str, instant: str) -> None:
    shown = due(shared, zone, day)

    assert shown["utc"] == utc(f"{instant}:00.0000000")
    assert shown["local"] == zoned(f"{day}T01:00:00.0000000", zone)


@pytest.mark.inferred("date.doubled")
@pytest.mark.once
@pytest.mark.parametrize(("zone", "day", "instant"), DOUBLED)
def test_day_with_two_midnights(shared: Mailbox, zone: str, day: str, instant: str) -> None:
    shown = due(shared, zone, day)

    assert shown["utc"] == utc(f"{instant}:00.0000000")
    assert shown["local"] == zoned(f"{day}T00:00:00.0000000", zone)


@pytest.mark.inferred("date.gap")
def test_day_that_was_left_out(shared: Mailbox) -> None:
    """Samoa went from 29 to 31 December 2011: the 30th begins where the 31st does."""
    shown = due(shared, "Samoa Standard Time", "2011-12-30")

    assert shown["utc"] == utc("2011-12-30T10:00:00.0000000")
    assert shown["local"]["DateTime"] == "2011-12-31T00:00:00.0000000"


@pytest.mark.observed("date.midnight")
def test_every_way_of_writing_takes_midnight(shared: Mailbox) -> None:
    """Start, Due and Completed, by POST and by PATCH, on both sides of a change of the clocks."""
    for day, hour in (("2016-03-13", 8), ("2016-03-14", 7)):
        body = {
            name: zoned(f"{day}T23:59:59.9999999", "Pacific Standard Time")
            for name in ("StartDateTime", "DueDateTime", "CompletedDateTime")
        }
        created = shared.create("tasks", body)
        address = f"tasks('{shared.create('tasks', {})['Id']}')"
        changed = shared.patch(address, body).json()
        for name in body:
            expected = utc(f"{day}T{hour:02}:00:00.0000000")
            assert created[name] == changed[name] == expected, name
