"""Outlook Task REST, "Overview" and "Using the Task REST API"."""

from uuid import uuid4

import pytest

from tests.spec.exchanges import DEFAULT_GROUP_KEY, Json, every_kind, folder, group, named
from tests.support.outlook import ids, key, values
from tests.support.samples import same
from tests.support.wire import Mailbox


@pytest.mark.spec("overview.default-folder", "overview.default-group", "overview.hierarchy")
def test_a_new_mailbox_has_the_default_folder_in_the_default_group(me: Mailbox) -> None:
    """Nothing else is in it."""
    the_folder = folder(IsDefaultFolder=True, Name="Tasks", ParentGroupKey=DEFAULT_GROUP_KEY)
    the_group = group(IsDefaultGroup=True, Name="My Tasks", GroupKey=DEFAULT_GROUP_KEY)

    assert same(values(me.get("taskfolders")), [the_folder])
    assert same(values(me.get("taskgroups")), [the_group])
    assert values(me.get("tasks")) == []


@pytest.mark.spec("overview.hierarchy")
def test_a_task_lies_in_a_folder_and_the_folder_in_a_group(me: Mailbox) -> None:
    """The links upwards are ParentFolderId and ParentGroupKey."""
    a_group = me.create("taskgroups", {"Name": "Leisure tasks"})
    a_folder = me.create(f"taskgroups('{key(a_group)}')/taskfolders", {"Name": "Cooking"})
    a_task = me.create(f"taskfolders('{key(a_folder)}')/tasks", {"Subject": "Shop for dinner"})

    assert a_task["ParentFolderId"] == a_folder["Id"]
    assert a_folder["ParentGroupKey"] == a_group["GroupKey"]


@pytest.mark.spec("overview.task-data")
def test_a_task_keeps_what_it_is_for(me: Mailbox) -> None:
    """Dates, progress, recurrence and reminder are kept."""
    pattern: Json = {
        "Type": "Weekly",
        "Interval": 1,
        "Month": 0,
        "DayOfMonth": 0,
        "DaysOfWeek": ["Monday"],
        "FirstDayOfWeek": "Sunday",
        "Index": "First",
    }
    bounds: Json = {
        "Type": "Numbered",
        "StartDate": "2016-04-25",
        "EndDate": "0001-01-01",
        "RecurrenceTimeZone": "UTC",
        "NumberOfOccurrences": 10,
    }
    sent = {
        "StartDateTime": {"DateTime": "2016-04-25T00:00:00.0000000", "TimeZone": "UTC"},
        "DueDateTime": {"DateTime": "2016-04-26T00:00:00.0000000", "TimeZone": "UTC"},
        "ReminderDateTime": {"DateTime": "2016-04-26T07:30:00.0000000", "TimeZone": "UTC"},
        "IsReminderOn": True,
        "Status": "InProgress",
        "Recurrence": {"Pattern": pattern, "Range": bounds},
    }

    created = me.create("tasks", sent)

    kept = me.get(f"tasks('{key(created)}')").json()
    assert {name: kept[name] for name in sent} == sent


@pytest.mark.spec("overview.token")
def test_the_token_says_whose_mailbox_is_meant(me: Mailbox) -> None:
    """Two callers of one address see a mailbox each; one caller sees the same one again."""
    task = me.create("tasks", {"Subject": "Shop for dinner"})
    somebody_else = Mailbox(me.wire, uuid4().hex)

    assert ids(somebody_else.get("tasks")) == []
    assert ids(me.get("tasks")) == [task["Id"]]


@pytest.mark.spec("overview.signed-in-user")
@every_kind
def test_nobody_reaches_somebody_elses_things(me: Mailbox, collection: str) -> None:
    """Neither by the address of the other user nor by an id of theirs below one's own."""
    mine = me.create(collection, named(collection, "Leisure"))
    somebody_else = Mailbox(me.wire, uuid4().hex)

    by_address = somebody_else.get(str(mine["@odata.id"]))
    by_id = somebody_else.get(f"{collection}('{key(mine)}')")

    assert by_address.status_code == 403
    assert by_id.status_code in (400, 404)
    assert somebody_else.delete(str(mine["@odata.id"])).status_code == 403
    assert key(mine) in ids(me.get(collection))


@pytest.mark.spec("overview.versions")
@pytest.mark.in_process
@every_kind
@pytest.mark.parametrize("version", ["beta", "v2.0"])
def test_both_versions_answer(me: Mailbox, version: str, collection: str) -> None:
    """The same entity is under both, and the links in an answer stay with the version asked."""
    created = me.create(f"/api/{version}/me/{collection}", named(collection, "Leisure"))

    response = me.get(f"/api/{version}/me/{collection}")

    assert response.status_code == 200
    root = f"{me.wire.url}/api/{version}"
    content = response.json()
    assert content["@odata.context"].startswith(f"{root}/$metadata#Me/")
    assert all(entity["@odata.id"].startswith(f"{root}/Users('") for entity in content["value"])
    assert created in [
        {"@odata.context": created["@odata.context"], **entity} for entity in content["value"]
    ]
    for other in ("beta", "v2.0"):
        assert key(created) in ids(me.get(f"/api/{other}/me/{collection}"))
