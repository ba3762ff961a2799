"""Outlook Task REST, "Update tasks": which properties a client can write."""

import pytest

from tests.spec.exchanges import Json, context, date, unchanged
from tests.support.outlook import EASTERN, key, prefer
from tests.support.samples import WEEKEND, same, task, zoned
from tests.support.wire import Mailbox

STAMPS = {"@odata.context", "@odata.etag", "ChangeKey", "LastModifiedDateTime"}


def without(entity: Json, names: set[str]) -> Json:
    """Return an entity without some members."""
    return {name: value for name, value in entity.items() if name not in names}


PATTERN = {
    "Pattern": {
        "Type": "Daily",
        "Interval": 2,
        "Month": 0,
        "DayOfMonth": 0,
        "DaysOfWeek": [],
        "FirstDayOfWeek": "Sunday",
        "Index": "First",
    },
    "Range": {
        "Type": "NoEnd",
        "StartDate": "2016-05-03",
        "EndDate": "0001-01-01",
        "RecurrenceTimeZone": "UTC",
        "NumberOfOccurrences": 0,
    },
}
WRITABLE: dict[str, Json] = {
    "subject": {"Subject": "Shop for dinner"},
    "no subject": {"Subject": None},
    "text": {"Body": {"ContentType": "Text", "Content": "Bread\r\nButter ½ €"}},
    "categories": {"Categories": ["Red category", "Leisure"]},
    "importance": {"Importance": "High"},
    "sensitivity": {"Sensitivity": "Confidential"},
    "in progress": {"Status": "InProgress"},
    "waiting": {"Status": "WaitingOnOthers"},
    "deferred": {"Status": "Deferred"},
    "reminder on": {"IsReminderOn": True},
    "reminder": {"ReminderDateTime": zoned("2016-05-05T08:30:15.5000000", "UTC")},
    "due": {"DueDateTime": date("2016-05-06")},
    "start": {"StartDateTime": date("2016-05-02")},
    "both": {"StartDateTime": date("2016-06-01"), "DueDateTime": date("2016-06-02")},
    "recurrence": {"Recurrence": PATTERN},
    "several": {"Subject": "Shop", "Importance": "Low", "Categories": ["Leisure"]},
}


@pytest.mark.spec("update.writable", "update.others-kept", "update.answer", "update.utc")
@pytest.mark.in_process
@pytest.mark.parametrize("body", WRITABLE.values(), ids=WRITABLE)
def test_writable_properties(me: Mailbox, body: Json) -> None:
    """What the body names is changed and answered, all else stays, and so it is read back."""
    created = me.create("tasks", WEEKEND)
    address = f"tasks('{key(created)}')"

    response = me.patch(address, body)

    assert response.status_code == 200
    updated = response.json()
    assert without(updated, STAMPS) == without(created, STAMPS) | body
    assert list(updated) == list(created)
    assert updated["ChangeKey"] != created["ChangeKey"]
    assert me.get(address).json() == updated


READ_ONLY: Json = {
    "Id": "AAMkADA1MTHgwAAA=",
    "ChangeKey": "1/KC9Vmu40G3DwB6Lgs7MAAAIW9XXg==",
    "CreatedDateTime": "2016-04-22T18:19:18Z",
    "LastModifiedDateTime": "2016-04-22T18:19:18Z",
    "AssignedTo": "somebody@contoso.com",
    "HasAttachments": True,
    "Owner": "Somebody else",
    "ParentFolderId": "AQMkADA1MTIBEgAAAA==",
}


@pytest.mark.spec("update.read-only")
@pytest.mark.in_process
@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_properties_alone(me: Mailbox, name: str) -> None:
    """A body that names nothing else changes nothing at all."""
    address = f"tasks('{key(me.create('tasks', WEEKEND))}')"

    unchanged(me, address, lambda: me.patch(address, {name: READ_ONLY[name]}))


@pytest.mark.spec("update.read-only", "update.writable")
def test_read_only_properties_beside_others(me: Mailbox) -> None:
    """What a client read and sends back whole, with another subject: the subject changes."""
    address = f"tasks('{key(me.create('tasks', WEEKEND))}')"
    read = me.get(address, Prefer=prefer(EASTERN)).json()

    response = me.patch(address, read | READ_ONLY | {"Subject": "Shop"}, Prefer=prefer(EASTERN))

    assert response.status_code == 200
    updated = response.json()
    assert without(updated, STAMPS) == without(read, STAMPS) | {"Subject": "Shop"}
    assert updated["LastModifiedDateTime"] > read["LastModifiedDateTime"]
    assert updated["ChangeKey"] not in (read["ChangeKey"], READ_ONLY["ChangeKey"])


@pytest.mark.spec("update.read-only")
@pytest.mark.in_process
@pytest.mark.parametrize("name", READ_ONLY)
def test_read_only_properties_of_a_new_task(me: Mailbox, name: str) -> None:
    """On POST they are the service's too."""
    created = me.create("tasks", {"Subject": "Shop for dinner", name: READ_ONLY[name]})

    assert created[name] != READ_ONLY[name]
    assert same(created, task(context(me, "Tasks/$entity"), Subject="Shop for dinner"))
