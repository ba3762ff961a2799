"""Requests recorded from SharePoint's own client all answer."""

import pytest

from afterlook.csom.errors import MethodNotFound
from tests.sharepoint.om.client import Client, recorded

REQUESTS = recorded()
REFUSED = {
    "parameter kinds on Method action": MethodNotFound,
    "static method/property": MethodNotFound,
}


def test_recorded_requests_are_found() -> None:
    assert len(REQUESTS) == 23
    assert set(REFUSED) < set(REQUESTS)


@pytest.mark.parametrize("name", sorted(set(REQUESTS) - set(REFUSED)))
def test_recorded_request(client: Client, name: str) -> None:
    """On a mailbox of fifteen tasks it is carried out as a whole."""
    for number in range(15):
        client.create(f"Task {number}")

    assert client.send(REQUESTS[name])


@pytest.mark.parametrize("name", REFUSED)
def test_recorded_requests_for_what_there_is_not(client: Client, name: str) -> None:
    with pytest.raises(MethodNotFound):
        client.send(REQUESTS[name])


def test_inline_new_task(client: Client) -> None:
    """The result is asked for twice, and made once."""
    answers = client.send(REQUESTS["inline new task"])

    assert answers[11]["Error"] == 0
    assert answers[12] == answers[10]
    assert answers[10]["Name"] == "Buy milk"
    assert client.names() == ["Buy milk"]


def test_delete(client: Client) -> None:
    """The page asks for the result of a deletion, which is null."""
    for number in range(13):
        client.create(f"Task {number}")

    answers = client.send(REQUESTS["delete"])

    assert (answers[20]["Error"], answers[22], answers[23]) == (0, {"IsNull": True}, None)
    assert len(client.names()) == 12


def test_clear_due_date(client: Client) -> None:
    for number in range(13):
        client.create(f"Task {number}", due="11/23/2011")

    answers = client.send(REQUESTS["clear due date"])

    assert answers[58]["DueDate"].year == 1


def test_pin_and_add_to_timeline(client: Client) -> None:
    for number in range(13):
        client.create(f"Task {number}")
    client.write("AddAttributeToTask", 13, "AWIOP_RemoveFromTimeline")

    answers = client.send(REQUESTS["pin + add to timeline"])

    assert answers[36]["PinAge"] == 1
    assert answers[36]["CustomAttributes"] == []


def test_load_of_parts(client: Client) -> None:
    """Named properties of items, and nested ones."""
    client.ask("UserOrderedSession", "BeginCacheRefresh")
    answers = client.send(
        REQUESTS["load with property list / nested / IncludeWithDefaultProperties"]
    )

    assert answers[6]["UserSettings"]["OldTasksLimit"] == -1
    personal = {"_ObjectType_": "SP.WorkManagement.OM.Location", "Name": "Personal", "Url": None}
    assert answers[6]["AllLocatons"]["_Child_Items_"] == [personal]
    (refresh,) = answers[6]["RefreshHistory"]["Refreshes"]["_Child_Items_"]
    assert refresh["TaskChangesByLocation"]["_Child_Items_"] == []
