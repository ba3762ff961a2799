"""The document's own examples (4.1 to 4.3), their typesetting mended.

See docs/reference/csom.md §3.1, no. 4.
"""

from datetime import UTC, datetime

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import from_datetime
from afterlook.sharepoint.om.declarations import NO_DATE
from tests.sharepoint.om import rows
from tests.sharepoint.om.client import DATA, Client

SESSION = {"_ObjectType_": "SP.WorkManagement.OM.LocationOrientedUserOrderedSession"}
NOVEMBER = from_datetime(datetime(2011, 11, 17, 23, 44, 11, 123456, tzinfo=UTC))


def example(number: str) -> str:
    return (DATA / f"example-{number}.xml").read_text("utf-8")


def test_retrieving_active_tasks(client: Client, clock: FrozenClock) -> None:
    """4.1: three tasks, those without a location first, none that is completed."""
    clock.instant = NOVEMBER
    moment = datetime(2011, 11, 17, 23, 33, tzinfo=UTC)
    rows.project_task(client, "Get Groceries", 2, moment, '{"isProjectServerTask":true}')
    rows.project_task(client, "Pay Rent", 4, moment, None)
    milk = client.create("Remember the Milk", due="11/18/2011")
    client.create("Done", completed=True)

    answers = client.send(example("4.1"))

    created = [17, 19, 21, 23, 25, 27, 29, 31, 37, 40, 44, 48, 50]
    assert list(answers) == [*created, 51, 53, 54]
    assert all(answers[number] == {"IsNull": False} for number in [*created, 53])
    assert answers[51] == {
        "_ObjectType_": "SP.WorkManagement.OM.LocationOrientedUserOrderedSession"
    }
    assert answers[54]["_ObjectType_"] == "SP.WorkManagement.OM.LocationGroupClientCollection"
    first, second, third = answers[54]["_Child_Items_"]
    assert first == {
        "_ObjectType_": "SP.WorkManagement.OM.Task",
        "CustomAttributes": [],
        "Description": None,
        "DueDate": datetime.fromisoformat("2011-11-18"),
        "EditUrl": f"EditTask.aspx?taskId={milk}",
        "Id": milk,
        "IsCompleted": False,
        "IsPersonal": True,
        "IsReadOnly": False,
        "LastModified": datetime(2011, 11, 17, 23, 44, 11, tzinfo=UTC),
        "LocationId": -1,
        "Name": "Remember the Milk",
        "PinAge": 0,
        "SerializedCustomDataForClient": None,
        "StartDate": NO_DATE,
    }
    assert (second["Name"], second["LocationId"], second["IsPersonal"]) == (
        "Get Groceries",
        2,
        False,
    )
    assert second["SerializedCustomDataForClient"] == '{"isProjectServerTask":true}'
    assert (third["Name"], third["LocationId"]) == ("Pay Rent", 4)


def test_updating_a_task(client: Client) -> None:
    """4.2: the older number 1 means the title."""
    for number in range(13):
        client.create(f"Task {number + 1}")

    answers = client.send(example("4.2"))

    is_there = {"IsNull": False}
    assert answers == {156: is_there, 158: is_there, 159: SESSION, 161: is_there}
    assert client.names()[0] == "Remember the Chocolate"


def test_creating_a_new_task(client: Client, clock: FrozenClock) -> None:
    """4.3: six arguments, and what is created is in the answer."""
    clock.instant = NOVEMBER

    answers = client.send(example("4.3"))

    assert list(answers) == [1, 3, 4, 6, 7, 9, 10]
    assert answers[4] == {"_ObjectType_": "SP.WorkManagement.OM.SortableSession"}
    assert answers[7] == {
        "_ObjectType_": "SP.WorkManagement.OM.TaskWriteResult",
        "Error": 0,
        "ErrorMessage": None,
    }
    assert answers[10] == {
        "_ObjectType_": "SP.WorkManagement.OM.Task",
        "CustomAttributes": [],
        "Description": None,
        "DueDate": datetime.fromisoformat("2011-11-23"),
        "EditUrl": "EditTask.aspx?taskId=1",
        "Id": 1,
        "IsCompleted": False,
        "IsPersonal": True,
        "IsReadOnly": False,
        "LastModified": datetime(2011, 11, 17, 23, 44, 11, tzinfo=UTC),
        "LocationId": -1,
        "Name": "Go to concert",
        "PinAge": 0,
        "SerializedCustomDataForClient": None,
        "StartDate": NO_DATE,
    }
