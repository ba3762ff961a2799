"""Outlook Task REST, "Complete tasks"."""

import pytest

from tests.spec.exchanges import INDIA, context, date
from tests.support.frozen import Frozen
from tests.support.outlook import EASTERN, PACIFIC, key, prefer
from tests.support.samples import same, task, utc, zoned
from tests.support.wire import Mailbox

DINNER = {
    "Subject": "Shop for dinner",
    "StartDateTime": zoned("2016-04-21T18:00:00", PACIFIC),
    "DueDateTime": zoned("2016-04-25T13:00:00", PACIFIC),
}
# Already the 23rd in UTC, still the 22nd in Pacific time.
EVENING = "2016-04-23T02:28:38.5300447Z"


@pytest.mark.spec(
    *("complete.status", "complete.date", "complete.collection", "create.members"),
    *("complete.prefer-zone", "complete.prefer-shown"),
)
def test_sample(frozen: Frozen) -> None:
    """The sample to the last digit, ids and keys aside."""
    me = frozen.me
    frozen.at("2016-04-22T05:44:01.2012012Z")
    created = me.create("tasks", DINNER)
    frozen.at(EVENING)

    response = me.post(f"tasks('{key(created)}')/complete", Prefer=prefer(PACIFIC))

    assert response.status_code == 200
    completed = task(
        Id=created["Id"],
        CreatedDateTime="2016-04-21T22:44:01.2012012-07:00",
        LastModifiedDateTime="2016-04-22T19:28:38.5300447-07:00",
        CompletedDateTime=date("2016-04-22", PACIFIC),
        DueDateTime=date("2016-04-25", PACIFIC),
        StartDateTime=date("2016-04-21", PACIFIC),
        Status="Completed",
        Subject="Shop for dinner",
        ParentFolderId=created["ParentFolderId"],
    )
    assert same(response.json(), {"@odata.context": context(me, "Tasks"), "value": [completed]})
    (shown,) = response.json()["value"]
    assert shown["ChangeKey"] != created["ChangeKey"]
    assert shown["@odata.etag"] == f'W/"{shown["ChangeKey"]}"'


@pytest.mark.spec("complete.status", "complete.collection")
def test_the_answer_is_the_completed_task(me: Mailbox) -> None:
    """What the collection holds is what is read afterwards; the neighbour stays open."""
    open_task, done = me.create("tasks", DINNER), me.create("tasks", DINNER)

    response = me.post(f"tasks('{key(done)}')/complete")

    assert response.status_code == 200
    assert list(response.json()) == ["@odata.context", "value"]
    (completed,) = response.json()["value"]
    assert completed["Status"] == "Completed"
    assert me.get("tasks").json()["value"][1] == completed
    assert me.get(f"tasks('{key(open_task)}')").json() == open_task


@pytest.mark.spec("complete.status", "url.entity-id")
def test_by_the_entity_id(me: Mailbox) -> None:
    """The action answers below @odata.id as well."""
    created = me.create("tasks", DINNER)

    response = me.post(f"{created['@odata.id']}/complete")

    assert response.status_code == 200
    assert response.json()["value"][0]["Id"] == created["Id"]


@pytest.mark.spec("complete.date", "complete.utc", "complete.prefer-zone")
@pytest.mark.parametrize(
    ("now", "zone", "completed"),
    [
        (EVENING, None, date("2016-04-23")),
        (EVENING, "UTC", date("2016-04-23")),
        (EVENING, PACIFIC, date("2016-04-22", PACIFIC)),
        (EVENING, EASTERN, date("2016-04-22", EASTERN)),
        (EVENING, INDIA, date("2016-04-23", INDIA)),
        ("2016-04-22T23:59:59.9999999Z", None, date("2016-04-22")),
        ("2016-04-23T00:00:00Z", None, date("2016-04-23")),
        ("2016-04-23T06:59:59.9999999Z", PACIFIC, date("2016-04-22", PACIFIC)),
        ("2016-04-23T07:00:00Z", PACIFIC, date("2016-04-23", PACIFIC)),
        ("2016-12-01T07:59:59Z", PACIFIC, date("2016-11-30", PACIFIC)),
        ("2016-04-22T18:29:59Z", INDIA, date("2016-04-22", INDIA)),
        ("2016-04-22T18:30:00Z", INDIA, date("2016-04-23", INDIA)),
        # The day on which clocks go forward: its midnight has the offset of the day before.
        ("2016-03-13T18:00:00Z", PACIFIC, date("2016-03-13", PACIFIC)),
    ],
)
def test_the_current_date(
    frozen: Frozen, now: str, zone: str | None, completed: dict[str, str]
) -> None:
    """It is the date where the caller wants to be, and its midnight there."""
    created = frozen.me.create("tasks", DINNER)
    frozen.at(now)
    headers = {} if zone is None else {"Prefer": prefer(zone)}

    answer = frozen.me.post(f"tasks('{key(created)}')/complete", **headers).json()

    assert answer["value"][0]["CompletedDateTime"] == completed


@pytest.mark.spec("complete.utc", "complete.prefer-zone")
def test_read_in_another_zone(frozen: Frozen) -> None:
    """Midnight of the one zone is another hour in the other."""
    created = frozen.me.create("tasks", DINNER)
    address = f"tasks('{key(created)}')"
    frozen.at(EVENING)
    frozen.me.post(f"{address}/complete", Prefer=prefer(PACIFIC))

    shown = frozen.me.get(address).json()["CompletedDateTime"]

    assert shown == utc("2016-04-22T07:00:00.0000000")


WEEKLY = {
    "Pattern": {
        "Type": "Weekly",
        "Interval": 1,
        "Month": 0,
        "DayOfMonth": 0,
        "DaysOfWeek": ["Thursday"],
        "FirstDayOfWeek": "Sunday",
        "Index": "First",
    },
    "Range": {
        "Type": "Numbered",
        "StartDate": "2016-04-21",
        "EndDate": "0001-01-01",
        "RecurrenceTimeZone": PACIFIC,
        "NumberOfOccurrences": 3,
    },
}


@pytest.mark.spec("complete.recurring", "complete.status", "complete.date", "complete.prefer-zone")
def test_a_recurring_series(frozen: Frozen) -> None:
    """The completed task of the series, and the next one; after the last there is none."""
    me, zone = frozen.me, {"Prefer": prefer(PACIFIC)}
    frozen.at("2016-04-22T05:44:01.2012012Z")
    created = me.create("tasks", DINNER | {"Recurrence": WEEKLY})
    completed = {"CompletedDateTime": date("2016-04-22", PACIFIC), "Status": "Completed"}
    spans = [
        {"StartDateTime": date(start, PACIFIC), "DueDateTime": date(due, PACIFIC)}
        for start, due in (
            ("2016-04-21", "2016-04-25"),
            ("2016-04-28", "2016-05-02"),
            ("2016-05-05", "2016-05-09"),
        )
    ]
    frozen.at(EVENING)

    answers = [me.post(f"tasks('{key(created)}')/complete", **zone).json() for _ in spans]

    stamped = "2016-04-22T19:28:38.5300447-07:00"
    rest = {"Subject": "Shop for dinner", "LastModifiedDateTime": stamped}
    first = {"CreatedDateTime": "2016-04-21T22:44:01.2012012-07:00", "Id": created["Id"]}
    for number, answer in enumerate(answers[:-1]):
        done = task(CreatedDateTime=stamped, **spans[number], **completed, **rest)
        following = task(Recurrence=WEEKLY, **first, **spans[number + 1], **rest)
        assert same(answer, {"@odata.context": context(me, "Tasks"), "value": [done, following]})
        assert answer["value"][0]["Id"] != created["Id"]
    last = task(**first, **spans[-1], **completed, **rest)
    assert same(answers[-1], {"@odata.context": context(me, "Tasks"), "value": [last]})
