"""The registry is the specification: nothing missing, nothing invented."""

import re
from typing import Any

import pytest

from afterlook.csom.types import (
    ArrayType,
    ClientEnum,
    ClientType,
    Method,
    ObjectType,
    ScalarType,
)
from afterlook.sharepoint.om.enums import ENUMS
from afterlook.sharepoint.registry import OM_TYPES, REGISTRY
from tests.sharepoint.om.client import TYPES

CLASSES = {type_["shortName"]: type_ for type_ in TYPES if type_["kind"] == "class"}
OURS = {type_.name: type_ for type_ in OM_TYPES}
PREFIX = "SP.WorkManagement.OM."
CONSTRUCTOR = "CSOM Constructor"

ITEMS = {
    "DashboardScriptExtensionInfoClientCollection": "DashboardScriptExtensionInfo",
    "LocationClientCollection": "Location",
    "LocationGroupClientCollection": "Task",
    "LocationUpdateResultClientCollection": "LocationUpdateResult",
    "ProviderErrorInfoClientCollection": "ProviderErrorInfo",
    "ProviderRefreshStatusClientCollection": "ProviderRefreshStatus",
    "RefreshEventInfoClientCollection": "RefreshResult",
    "TaskClientCollection": "Task",
}
"""What is in each collection (docs/reference/csom.md §3.1, no. 7)."""

READ_ONLY = {"ExchangeUserSyncState", "NonTaskDataReadResult"}
"""Types whose properties cannot be set (docs/reference/csom.md §3.1, no. 5)."""


def test_classes() -> None:
    assert set(OURS) == set(CLASSES)
    assert len(OURS) == len(OM_TYPES) == 46


def test_enumerations() -> None:
    """Section 3.1.5.47 is headed by another name than it is used by.

    See docs/reference/csom.md §3.1, no. 1.
    """
    expected = {
        type_["name"].replace("WriteFieldType", "WriteFieldErrorType"): {
            value["name"]: value["value"] for value in type_["values"]
        }
        for type_ in TYPES
        if type_["kind"] == "enum"
    }

    assert {enum.name: dict(enum.members) for enum in ENUMS} == expected
    assert len(ENUMS) == 13


@pytest.mark.parametrize("name", CLASSES)
def test_class(name: str) -> None:
    """A class has the id, the properties and the methods of the document."""
    ours, theirs = OURS[name], CLASSES[name]

    assert ours.type_id == theirs["typeId"].lower()
    assert REGISTRY.get_type(theirs["typeId"]) is ours
    assert {part.name: (part.kind, spelt(part.type)) for part in ours.all_properties()} == {
        part["name"]: (part["kind"], part["type"]) for part in theirs.get("properties", [])
    }
    made = CONSTRUCTOR in (m["name"] for m in theirs.get("methods", []))
    # SetUserSettings takes these, and whoever sends one whole makes it.
    assert ours.constructible is (made or theirs["name"] == "LocationDisplaySetting")
    assert [part.name for part in ours.all_properties()] == sorted(
        (part.name for part in ours.all_properties()), key=str.lower
    )
    assert {part.writable for part in ours.all_properties()} <= {theirs["name"] not in READ_ONLY}
    items = ITEMS.get(theirs["name"])
    assert (ours.items and ours.items.name) == (items and PREFIX + items)


@pytest.mark.parametrize("name", CLASSES)
def test_methods(name: str) -> None:
    """Its methods have the parameters, and return what the document says."""
    assert {method.name: facts(method) for method in all_methods(OURS[name])} == {
        method["name"]: stated(method)
        for method in CLASSES[name].get("methods", [])
        if method["name"] != CONSTRUCTOR
    }


def test_handlers_take_what_is_declared() -> None:
    """A shorter row of arguments names declared ones only."""
    for type_ in OM_TYPES:
        for method in type_.methods.values():
            names = [parameter.name for parameter in method.parameters]
            for row in method.overloads:
                assert set(row) < set(names)
                assert len(row) == len(set(row))


def all_methods(type_: ObjectType[Any]) -> list[Method]:
    inherited = [] if type_.base is None else all_methods(type_.base)
    return [*inherited, *type_.methods.values()]


def facts(method: Method) -> tuple[object, ...]:
    parameters = [(part.name, spelt(part.type)) for part in method.parameters]
    return method.kind, spelt(method.returns), parameters


def stated(method: dict[str, Any]) -> tuple[object, ...]:
    parameters = [(part["name"], part["type"]) for part in method["parameters"]]
    return method["kind"], method["returns"], parameters


def spelt(type_: ClientType) -> str:
    """Return a type as the document spells it."""
    match type_:
        case ScalarType("None"):
            return "None"
        case ScalarType(name):
            return f"CSOM {name}"
        case ClientEnum(name):
            return name
        case ArrayType(item):
            return f"CSOM array of {spelt(item)}"
        case ObjectType():
            return re.sub(f"^{re.escape(PREFIX)}", "", type_.name)
