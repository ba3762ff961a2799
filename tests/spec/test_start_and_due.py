"""Outlook Task REST, "Specifying the StartDateTime and DueDateTime properties"."""

from typing import Literal

import pytest

from tests.spec.exchanges import INDIA, Json, date, unchanged
from tests.support.outlook import EASTERN, PACIFIC, key
from tests.support.samples import utc, zoned
from tests.support.wire import Mailbox

Write = Literal["POST", "PATCH"]
every_write = pytest.mark.parametrize("write", ["POST", "PATCH"])

APRIL_25, APRIL_26 = date("2016-04-25"), date("2016-04-26")


def written(me: Mailbox, write: Write, body: Json) -> Json:
    """Give a task the dates by POST, or by PATCH of a task without any; return the answer."""
    if write == "POST":
        return me.create("tasks", body)
    task = key(me.create("tasks", {"Subject": "Shop for dinner"}))
    response = me.patch(f"tasks('{task}')", body)
    assert response.status_code == 200, response.text
    return dict(response.json())


def span(task: Json) -> tuple[object, object]:
    """Return StartDateTime and DueDateTime."""
    return task["StartDateTime"], task["DueDateTime"]


@pytest.mark.spec("dates.optional", "dates.start-only", "dates.due-null")
@pytest.mark.once
@every_write
@pytest.mark.parametrize(
    ("body", "start", "due"),
    [
        ({}, None, None),
        ({"StartDateTime": None, "DueDateTime": None}, None, None),
        ({"DueDateTime": APRIL_26}, None, APRIL_26),
        ({"StartDateTime": None, "DueDateTime": APRIL_26}, None, APRIL_26),
        ({"StartDateTime": APRIL_26}, APRIL_26, APRIL_26),
        ({"StartDateTime": APRIL_26, "DueDateTime": APRIL_26}, APRIL_26, APRIL_26),
        ({"StartDateTime": APRIL_25, "DueDateTime": APRIL_26}, APRIL_25, APRIL_26),
        ({"StartDateTime": APRIL_25, "DueDateTime": None}, None, None),
    ],
)
def test_which_dates_are_given(
    me: Mailbox, write: Write, body: Json, start: object, due: object
) -> None:
    """Start alone is Due too, and a Due of null takes Start along."""
    assert span(written(me, write, body)) == (start, due)


@pytest.mark.spec("dates.due-null")
def test_due_set_to_null_later(me: Mailbox) -> None:
    """PATCH of Due to null empties both."""
    task = key(me.create("tasks", {"StartDateTime": APRIL_25, "DueDateTime": APRIL_26}))

    assert span(me.patch(f"tasks('{task}')", {"DueDateTime": None}).json()) == (None, None)


@pytest.mark.spec("dates.due-not-before-start")
@pytest.mark.parametrize("start", ["2016-04-27T00:00:00", "2016-04-27T09:00:00"])
def test_due_before_start_is_refused(me: Mailbox, start: str) -> None:
    """Neither POST nor PATCH of such a pair changes anything."""
    task = key(me.create("tasks", {"DueDateTime": APRIL_25}))
    pair = {"StartDateTime": zoned(start, "UTC"), "DueDateTime": APRIL_26}

    created = unchanged(me, "tasks", lambda: me.post("tasks", pair))
    updated = unchanged(me, "tasks", lambda: me.patch(f"tasks('{task}')", pair))

    assert (created.status_code, updated.status_code) == (400, 400)


@pytest.mark.spec("dates.due-not-before-start")
def test_only_the_days_are_compared(me: Mailbox) -> None:
    """A later hour on the same day is no later start."""
    task = me.create(
        "tasks",
        {
            "StartDateTime": zoned("2016-04-26T18:00:00", PACIFIC),
            "DueDateTime": zoned("2016-04-26T09:00:00", PACIFIC),
        },
    )

    assert span(task) == (utc("2016-04-26T07:00:00.0000000"),) * 2


@pytest.mark.spec("dates.example", "create.midnight", "create.utc", "dates.date-and-zone")
@every_write
@pytest.mark.parametrize("name", ["StartDateTime", "DueDateTime"])
def test_the_example(me: Mailbox, write: Write, name: str) -> None:
    """26 April in Eastern time, with daylight saving four hours behind UTC."""
    task = written(me, write, {name: {"DateTime": "2016-04-26T09:00:00", "TimeZone": EASTERN}})

    assert task[name] == utc("2016-04-26T04:00:00.0000000")
    assert me.get(f"tasks('{key(task)}')").json()[name] == task[name]


@pytest.mark.spec("dates.midnight-update", "dates.utc-update", "create.midnight", "create.utc")
@pytest.mark.once
@every_write
@pytest.mark.parametrize(
    ("given", "zone", "shown"),
    [
        ("2016-04-23T00:00:00", PACIFIC, "2016-04-23T07:00:00"),
        ("2016-04-23T23:59:59.9999999", PACIFIC, "2016-04-23T07:00:00"),
        ("2016-11-24T13:00:00", PACIFIC, "2016-11-24T08:00:00"),
        ("2016-03-13T12:00:00", EASTERN, "2016-03-13T05:00:00"),
        ("2016-03-14T12:00:00", EASTERN, "2016-03-14T04:00:00"),
        ("2016-05-05T23:00:00", INDIA, "2016-05-04T18:30:00"),
        ("2016-05-05T12:00:00", "UTC", "2016-05-05T00:00:00"),
    ],
)
def test_midnight_in_the_given_zone(
    me: Mailbox, write: Write, given: str, zone: str, shown: str
) -> None:
    """The time of day counts for nothing; summer and winter differ by an hour."""
    task = written(me, write, {"DueDateTime": zoned(given, zone)})

    assert task["DueDateTime"] == utc(f"{shown}.0000000")
