"""Work Management by REST: declared types, by their names."""

from typing import Any

import pytest

from tests.sharepoint.helpers import PROCESS_QUERY, parsed, post
from tests.sharepoint.om.client import ROOT, SESSIONS, TYPES, Request
from tests.sharepoint.rest.helpers import (
    MANAGER,
    SESSION,
    SETTINGS,
    ask,
    content_of,
    error_of,
    new_list,
)
from tests.support.wire import Mailbox

NEW = {"taskName": "Task", "completed": False, "pinned": False, "locationKey": -1}
GIVEN: dict[str, Any] = {
    **NEW,
    "taskKey": 1,
    "newAfterTaskKey": -1,
    "newLocationKey": -1,
    "locationId": 1,
    "refreshId": 1,
    "field": 21,
    "value": "Renamed",
    "attribute": "mark",
    "since": "2011-01-01T00:00:00Z",
    "description": None,
    "editUrl": None,
    "localizedStartDate": "",
    "localizedDueDate": "12/31/2016",
}
NOT_SERVED = {"ReadTasks", "SetUserSettings", "SetPersistedProperties"}
METHODS = {
    kind: [
        method
        for type_ in TYPES
        if type_["name"] == kind
        for method in type_["methods"]
        if method["name"] not in NOT_SERVED
    ]
    for kind in SESSIONS
}


def read(me: Mailbox) -> list[dict[str, Any]]:
    """Read the user's list by CSOM: REST has no method for it."""
    request = Request()
    tasks = request.method(
        request.session("UserOrderedSession"), "ReadTasks", request.make("TaskQuery")
    )
    number = request.query(tasks, items=True)
    answer = parsed(post(me, PROCESS_QUERY, f"{ROOT}{request.xml()}</Request>"))
    answers_by_id = dict(zip(answer[1::2], answer[2::2], strict=True))
    items: list[dict[str, Any]] = answers_by_id[number]["_Child_Items_"]
    return items


@pytest.mark.inferred("providers.aggregated")
def test_assigned_and_aggregated(me: Mailbox) -> None:
    """From the site to the user's list, and back."""
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Yours", "AssignedToId": [1]}), 201)
    assert read(me) == []
    content_of(ask(me, "POST", f"{SESSION}/BeginCacheRefresh"))
    (task,) = read(me)
    assert (task["Name"], task["IsPersonal"]) == ("Yours", False)

    update = {"taskKey": task["Id"], "field": 13, "value": "1"}
    assert (
        content_of(ask(me, "POST", f"{SESSION}/UpdateTaskWithLocalizedValue", update))["Error"] == 0
    )
    item = content_of(ask(me, "GET", f"{tasks}/items(1)"))
    assert (item["Status"], item["PercentComplete"]) == ("Completed", 1.0)

    content_of(ask(me, "POST", f"{SESSION}/DeleteTask({task['Id']})"))
    error_of(ask(me, "GET", f"{tasks}/items(1)"), 404)


@pytest.mark.observed("providers.refresh")
def test_refresh(me: Mailbox) -> None:
    content_of(
        ask(me, "POST", f"{new_list(me)}/items", {"Title": "Task", "AssignedToId": [1]}), 201
    )
    begun = content_of(ask(me, "POST", f"{SESSION}/BeginCacheRefresh"))
    assert begun == {"CreatedJob": True, "CurrentJobId": 1, "EncounteredError": False}
    ignored = content_of(ask(me, "POST", f"{SESSION}/BeginCacheRefresh"))
    assert (ignored["CreatedJob"], ignored["CurrentJobId"]) == (False, -1)

    status = content_of(ask(me, "GET", f"{SESSION}/GetRefreshStatus(1)"))
    assert status["AggregatorRefreshState"] == 3
    assert [change["AddedCount"] for change in status["TaskChangesByLocation"]] == [1]
    assert [one["ProviderKey"] for one in status["ProviderStatuses"]] == ["SharePoint"]
    assert content_of(ask(me, "GET", f"{SESSION}/GetRefreshHealthInfo"))["NewTasks"] == 1
    history = content_of(ask(me, "GET", f"{SESSION}/GetRefreshHistory(since='2011-01-01')"))
    assert [one["RefreshId"] for one in history["Refreshes"]] == [1]


@pytest.mark.spec("providers.promote")
def test_promote(me: Mailbox) -> None:
    tasks = new_list(me)
    content_of(ask(me, "POST", f"{tasks}/items", {"Title": "Task", "AssignedToId": [1]}), 201)
    content_of(ask(me, "POST", f"{SESSION}/BeginCacheRefresh"))
    locations = content_of(ask(me, "GET", f"{SETTINGS}/GetAllLocations"))["value"]
    assert [place["Name"] for place in locations] == ["Personal", "a", "a: Tasks"]
    body = NEW | {"taskName": "Mine", "locationKey": locations[2]["Id"]}
    result = content_of(
        ask(me, "POST", f"{SESSION}/CreatePersonalTaskAndPromoteToProviderTask", body)
    )

    assert (result["Error"], result["Result"]["IsPersonal"]) == (0, False)
    assert content_of(ask(me, "GET", f"{tasks}/items(2)"))["Title"] == "Mine"


@pytest.mark.observed("rest.objects")
def test_parameters(me: Mailbox) -> None:
    """In parentheses by name or by place, or in a body; addresses in any case of letters."""
    made = content_of(ask(me, "POST", f"{SESSION}/CreateTask", NEW | {"taskName": "It's"}))
    assert (made["Error"], made["Result"]["Name"]) == (0, "It's")
    address = f"{SESSION}/UpdateTaskWithLocalizedValue"
    for given in ("(1,21,'a''b/c')", "(taskKey=1,field=21,value='a''b/c')"):
        assert content_of(ask(me, "POST", address + given))["Result"]["Name"] == "a'b/c"
        assert content_of(ask(me, "POST", f"{address.lower()}{given}/Result"))["Name"] == "a'b/c"
    assert content_of(ask(me, "POST", f"{SESSION}/ReorderTask(1,-1)")) == {"odata.null": True}
    moved = "/CreateLocationOrientedSession/MovePersonalTaskToLocation(1,-1)"
    assert content_of(ask(me, "POST", MANAGER + moved)) == {"value": True}


@pytest.mark.observed("rest.objects")
@pytest.mark.in_process
@pytest.mark.parametrize("kind", SESSIONS)
def test_every_method(me: Mailbox, kind: str) -> None:
    manager, creates = SESSIONS[kind]
    session = f"/_api/SP.WorkManagement.OM.{manager}/{creates}"
    content_of(ask(me, "POST", f"{session}/CreateTask", NEW))
    assert METHODS[kind]
    for method in METHODS[kind]:
        body = {part["name"]: GIVEN[part["name"]] for part in method["parameters"]}
        content_of(ask(me, "POST", f"{session}/{method['name']}", body))


@pytest.mark.observed("rest.objects")
def test_levels(me: Mailbox) -> None:
    verbose = content_of(ask(me, "GET", f"{SETTINGS}/GetAllLocations", level="verbose"))["d"][
        "results"
    ]
    assert verbose[0]["__metadata"]["type"] == "SP.WorkManagement.OM.Location"
    assert verbose[0]["Name"] == "Personal"
    pending = content_of(ask(me, "GET", f"{SETTINGS}/IsExchangeJobPending", level="verbose"))
    assert pending == {"d": {"IsExchangeJobPending": False}}
    settings = content_of(ask(me, "GET", f"{SETTINGS}/GetUserSettings"))
    assert settings["ImportantLocationIds"] == []
    places = content_of(
        ask(me, "POST", f"{SETTINGS}/GetLocations", {"locationsId": {"results": [-1, 9]}})
    )
    assert [place["Id"] for place in places["value"]] == [-1]


@pytest.mark.observed("rest.not-served")
@pytest.mark.once
@pytest.mark.parametrize(
    "address",
    [
        f"{SESSION}/ReadTasks",
        f"{MANAGER}/CreateLocationOrientedSession/ReadTasks",
        f"{SETTINGS}/SetUserSettings",
        f"{SETTINGS}/SetPersistedProperties",
    ],
)
def test_what_rest_has_not(me: Mailbox, address: str) -> None:
    code, text = error_of(ask(me, "POST", address, {}), 404)
    assert code == "-1, Microsoft.SharePoint.Client.InvalidClientQueryException"
    assert text == f'Method "{address.rpartition("/")[2]}" does not exist.'


@pytest.mark.inferred("rest.omitted")
def test_parameters_that_are_left_out(me: Mailbox) -> None:
    """What there is to know of a task is its name."""
    made = content_of(ask(me, "POST", f"{SESSION}/CreateTask", {"taskName": "Task"}))["Result"]
    assert (made["IsCompleted"], made["PinAge"], made["LocationId"]) == (False, 0, -1)

    assert content_of(ask(me, "POST", f"{SESSION}/DeleteTask"))["Error"] == 1
    assert len(read(me)) == 1


@pytest.mark.inferred("rest.safe")
def test_a_link_writes_nothing(me: Mailbox) -> None:
    content_of(ask(me, "POST", f"{SESSION}/CreateTask", NEW))
    for step in ("DeleteTask(1)", "PinTask(1)", "DeleteTask(1)/Result", "BeginCacheRefresh"):
        response = ask(me, "GET", f"{SESSION}/{step}")
        error_of(response, 405)
        assert response.headers["Allow"] == "POST"
    error_of(ask(me, "GET", f"{SETTINGS}/OptIntoExchangeSync"), 405)
    assert len(read(me)) == 1
