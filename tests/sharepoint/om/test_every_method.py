"""Every method of every type that a client can come by answers with what the document says."""

from typing import Any

import pytest

from tests.sharepoint.om.client import SESSIONS, TYPES, Client, Ref, Request

MANAGERS = ("SortableSessionManager", "UserOrderedSessionManager", "UserSettingsManager")
METHODS = [
    (type_["name"], method["name"])
    for type_ in TYPES
    if type_["name"] in (*SESSIONS, *MANAGERS)
    for method in type_["methods"]
    if method["name"] != "CSOM Constructor"
]
DECLARED = {
    (type_["name"], method["name"]): method
    for type_ in TYPES
    for method in type_.get("methods", [])
}
PLAIN: dict[str, Any] = {
    "taskKey": 1,
    "newAfterTaskKey": -1,
    "newLocationKey": -1,
    "locationKey": -1,
    "locationId": 1,
    "refreshId": 1,
    "field": 21,
    "value": "Renamed",
    "taskName": "New",
    "attribute": "mark",
    "completed": False,
    "pinned": True,
    "since": None,
    "description": None,
    "editUrl": None,
    "localizedStartDate": "",
    "localizedDueDate": "12/31/2016",
    "locationsId": [-1],
    "locationColorUpdates": [],
}
RETURNED = {"CSOM Boolean": bool, "ExchangeOptInResult": int}


def test_all_are_found() -> None:
    assert len(METHODS) == 4 * 18 + 4 + 2 + 2 + 2 * 2 + 11
    assert {method for _, method in METHODS} >= {"ReadTasks", "ReorderTask", "SetUserSettings"}


@pytest.mark.parametrize(("type_", "name"), METHODS)
def test_method(client: Client, type_: str, name: str) -> None:
    client.create("Task")
    method = DECLARED[type_, name]
    request = Request()
    owner = request.session(type_) if type_ in SESSIONS else request.make(type_)
    values = [given(request, parameter) for parameter in method["parameters"]]
    if method["kind"] == "ObjectPath":
        number = request.query(request.method(owner, name, *values), items=True)
        answer = client.send(request.xml())[number]
        assert answer["_ObjectType_"] == f"SP.WorkManagement.OM.{method['returns']}"
        assert ("_Child_Items_" in answer) is method["returns"].endswith("Collection")
    else:
        number = request.call(owner, name, *values)
        answers = client.send(request.xml())
        kind = RETURNED.get(method["returns"])
        assert (number in answers) is (kind is not None)
        assert kind is None or type(answers[number]) is kind


def given(request: Request, parameter: dict[str, str]) -> Any:
    """Return a value for a parameter."""
    name, type_ = parameter["name"], parameter["type"]
    if name in PLAIN:
        return PLAIN[name]
    made: Ref = request.make(type_)
    return made
