"""The methods that the document declares, and arguments for them."""

from typing import Any

from tests.sharepoint.om.client import SESSIONS, TYPES, Ref, Request

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


def given(request: Request, parameter: dict[str, str]) -> Any:
    """Return a value for a parameter."""
    name, type_ = parameter["name"], parameter["type"]
    if name in PLAIN:
        return PLAIN[name]
    made: Ref = request.make(type_)
    return made
