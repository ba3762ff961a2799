"""Outlook Task REST, the six date-related properties and Prefer: outlook.timezone."""

import pytest

from tests.spec.exchanges import INDIA, Json, date
from tests.support.frozen import Frozen
from tests.support.outlook import EASTERN, key, prefer
from tests.support.samples import utc, zoned

GIVEN = {
    "StartDateTime": zoned("2016-05-03T09:00:00", EASTERN),
    "DueDateTime": zoned("2016-05-05T16:00:00", EASTERN),
    "ReminderDateTime": zoned("2016-05-05T08:30:00", EASTERN),
}
NOON = "2016-05-04T12:00:00.1234560Z"
SHOWN: dict[str | None, Json] = {
    None: {
        "CreatedDateTime": "2016-05-04T12:00:00.123456Z",
        "LastModifiedDateTime": "2016-05-04T12:00:00.123456Z",
        "StartDateTime": utc("2016-05-03T04:00:00.0000000"),
        "DueDateTime": utc("2016-05-05T04:00:00.0000000"),
        "ReminderDateTime": utc("2016-05-05T12:30:00.0000000"),
        "CompletedDateTime": date("2016-05-04"),
    },
    EASTERN: {
        "CreatedDateTime": "2016-05-04T08:00:00.123456-04:00",
        "LastModifiedDateTime": "2016-05-04T08:00:00.123456-04:00",
        "StartDateTime": date("2016-05-03", EASTERN),
        "DueDateTime": date("2016-05-05", EASTERN),
        "ReminderDateTime": zoned("2016-05-05T08:30:00.0000000", EASTERN),
        "CompletedDateTime": date("2016-05-04", EASTERN),
    },
    INDIA: {
        "CreatedDateTime": "2016-05-04T17:30:00.123456+05:30",
        "LastModifiedDateTime": "2016-05-04T17:30:00.123456+05:30",
        "StartDateTime": zoned("2016-05-03T09:30:00.0000000", INDIA),
        "DueDateTime": zoned("2016-05-05T09:30:00.0000000", INDIA),
        "ReminderDateTime": zoned("2016-05-05T18:00:00.0000000", INDIA),
        "CompletedDateTime": date("2016-05-04", INDIA),
    },
}


@pytest.mark.spec(
    *("dates.six", "dates.utc-default", "dates.prefer", "create.utc", "create.prefer-zone"),
    *("get.utc", "get.prefer-zone", "update.utc", "update.prefer-zone", "complete.prefer-shown"),
)
@pytest.mark.parametrize("zone", SHOWN)
@pytest.mark.parametrize("operation", ["POST", "GET", "GET all", "PATCH", "Complete"])
def test_all_six_in_the_preferred_zone(frozen: Frozen, operation: str, zone: str | None) -> None:
    """Every operation shows every date-related property in UTC, or in the zone preferred."""
    me, headers = frozen.me, {} if zone is None else {"Prefer": prefer(zone)}
    frozen.at(NOON)
    completed = {"Status": "Completed", "CompletedDateTime": date("2016-05-04", zone or "UTC")}
    if operation == "POST":
        answer = me.post("tasks", GIVEN | completed, **headers).json()
    else:
        task = f"tasks('{key(me.create('tasks', GIVEN))}')"
        if operation == "Complete":
            answer = me.post(f"{task}/complete", **headers).json()["value"][0]
        else:
            answer = me.patch(task, completed, **headers).json()
        if operation == "GET":
            answer = me.get(task, **headers).json()
        elif operation == "GET all":
            (answer,) = me.get("tasks", **headers).json()["value"]

    assert {name: answer[name] for name in SHOWN[zone]} == SHOWN[zone]
