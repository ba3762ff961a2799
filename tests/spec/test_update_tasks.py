"""Outlook Task REST, "Update tasks"."""

import pytest

from tests.spec.exchanges import Json, context, date
from tests.support.frozen import Frozen
from tests.support.outlook import EASTERN, ids, key, prefer
from tests.support.samples import WEEKEND, same, task, zoned
from tests.support.wire import Mailbox

DUE = {"DueDateTime": {"DateTime": "2016-05-06T16:00:00", "TimeZone": EASTERN}}


@pytest.mark.spec(
    *("update.writable", "update.others-kept", "update.address", "update.answer"),
    *("update.prefer-zone", "dates.midnight-update", "create.members"),
)
@pytest.mark.parametrize("address", ["tasks('{task}')", "tasks/{task}"])
def test_sample(me: Mailbox, address: str) -> None:
    """Another due date, shown in Eastern time; the start stays."""
    created = me.create("tasks", WEEKEND)

    response = me.patch(address.format(task=key(created)), DUE, Prefer=prefer(EASTERN))

    assert response.status_code == 200
    sample = task(
        context(me, "Tasks/$entity"),
        Id=created["Id"],
        DueDateTime=date("2016-05-06", EASTERN),
        StartDateTime=date("2016-05-03", EASTERN),
        Subject="Shop for children's weekend",
        ParentFolderId=created["ParentFolderId"],
    )
    assert same(response.json(), sample)
    assert response.json()["CreatedDateTime"][-6:] in ("-04:00", "-05:00")


@pytest.mark.spec("update.answer", "update.prefer-zone")
def test_stamps_of_the_sample(frozen: Frozen) -> None:
    """The sample's own times: created stays, last modified is now, both with the offset."""
    frozen.at("2016-04-22T22:19:18.9526004Z")
    created = frozen.me.create("tasks", WEEKEND)
    frozen.at("2016-04-22T22:38:20.5541528Z")

    updated = frozen.me.patch(f"tasks('{key(created)}')", DUE, Prefer=prefer(EASTERN)).json()

    assert updated["CreatedDateTime"] == "2016-04-22T18:19:18.9526004-04:00"
    assert updated["LastModifiedDateTime"] == "2016-04-22T18:38:20.5541528-04:00"
    assert updated["ChangeKey"] != created["ChangeKey"]
    assert updated["@odata.etag"] == f'W/"{updated["ChangeKey"]}"'


@pytest.mark.spec("update.writable", "update.others-kept")
def test_other_tasks_stay(me: Mailbox) -> None:
    """A change reaches the task that the address names, and no other."""
    changed, other = me.create("tasks", WEEKEND), me.create("tasks", WEEKEND)

    me.patch(f"tasks('{key(changed)}')", {"Subject": "Shop for dinner"})

    assert me.get(f"tasks('{key(other)}')").json() == other
    assert ids(me.get("tasks")) == [changed["Id"], other["Id"]]


@pytest.mark.spec("update.completed")
def test_completed_by_its_date_and_status(me: Mailbox) -> None:
    """CompletedDateTime and Status in one body: the date counts from midnight of its zone."""
    created = me.create("tasks", WEEKEND)
    body = {"Status": "Completed", "CompletedDateTime": zoned("2016-05-05T17:45:00", EASTERN)}

    updated = me.patch(f"tasks('{key(created)}')", body, Prefer=prefer(EASTERN)).json()

    assert updated["Status"] == "Completed"
    assert updated["CompletedDateTime"] == date("2016-05-05", EASTERN)


@pytest.mark.spec("update.start-and-due")
@pytest.mark.parametrize(
    ("body", "start", "due"),
    [
        ({"StartDateTime": zoned("2016-05-04T09:00:00", EASTERN)}, "2016-05-04", "2016-05-05"),
        ({"DueDateTime": zoned("2016-05-03T23:59:00", EASTERN)}, "2016-05-03", "2016-05-03"),
        ({"StartDateTime": None}, None, "2016-05-05"),
        ({"DueDateTime": None}, None, None),
        ({"Subject": "Shop"}, "2016-05-03", "2016-05-05"),
    ],
)
def test_start_and_due(me: Mailbox, body: Json, start: str | None, due: str | None) -> None:
    """The stored date stays beside a new one that it agrees with."""
    created = me.create("tasks", WEEKEND)

    updated = me.patch(f"tasks('{key(created)}')", body, Prefer=prefer(EASTERN)).json()

    assert updated["StartDateTime"] == (start and date(start, EASTERN))
    assert updated["DueDateTime"] == (due and date(due, EASTERN))
