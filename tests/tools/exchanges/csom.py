"""Requests to ProcessQuery in short: each line of a body is a JSON list, a method that is called.

    ! ["UserOrderedSession", "CreateTask", "Name", null, true, -1]
    ! ["SortableSession", "ReadTasks", {"SortableTaskQuery": {"CoreQuery": {"TaskQuery": {}}}}]

A line that is a JSON text names a request in `requests.txt`, which is sent as it was recorded.
The first of a list is the type: a session, which is created, or a type that has a constructor. An
object as parameter is constructed and its properties are set. A type alone is constructed and
queried. What returns an object is queried whole, with its items and its `Result`, if the document
says that it has one.
"""

import json
import re
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

_DATA = Path(__file__).parents[2] / "sharepoint" / "om" / "data"
_RECORDED = re.compile(r"^## (.+)\n(<Actions>.+)$", re.MULTILINE)
TYPES: dict[str, Any] = {
    type_["name"]: type_ for type_ in json.loads((_DATA / "types.json").read_text("utf-8"))["types"]
}
SESSIONS = {
    "SortableSession": "CreateSession",
    "UserOrderedSession": "CreateSession",
    "LocationOrientedSortableSession": "CreateLocationOrientedSession",
    "LocationOrientedUserOrderedSession": "CreateLocationOrientedSession",
}
ROOT = (
    '<Request xmlns="http://schemas.microsoft.com/sharepoint/clientquery/2009" '
    'SchemaVersion="15.0.0.0" LibraryVersion="15.0.0.0" ApplicationName="Exchanges">'
)
_ALL = '<Query SelectAllProperties="true"><Properties /></Query>'
_ITEMS = '<ChildItemQuery SelectAllProperties="true"><Properties /></ChildItemQuery>'


def write(calls: list[Any]) -> str:
    """Write a request that calls methods one after another, or one that was recorded."""
    if isinstance(calls[0], str):
        recorded = dict(_RECORDED.findall((_DATA / "requests.txt").read_text("utf-8")))
        return f"{ROOT}{recorded[calls[0]]}</Request>"
    writer = _Writer()
    for type_, *call in calls:
        if call:
            writer.call(type_, call[0], call[1:])
        else:
            writer.query(type_)
    actions, paths = "".join(writer.actions), "".join(writer.paths)
    return f"{ROOT}<Actions>{actions}</Actions><ObjectPaths>{paths}</ObjectPaths></Request>"


class _Writer:
    """A request under construction; ids are numbered in the order in which things are added."""

    def __init__(self) -> None:
        self.actions: list[str] = []
        self.paths: list[str] = []
        self._last = 0

    def call(self, type_: str, name: str, values: list[Any]) -> None:
        owner = self._make(type_)
        given = "".join(self._write("Parameter", value) for value in values)
        parameters = f"<Parameters>{given}</Parameters>" if values else ""
        declared = {method["name"]: method for method in TYPES[type_].get("methods", [])}
        method = declared.get(name, {"kind": "ObjectPath", "returns": ""})
        if method["kind"] != "ObjectPath":
            self.actions.append(
                f'<Method Name="{name}" Id="{self._id()}" ObjectPathId="{owner}">'
                f"{parameters}</Method>"
            )
            return
        path = f'<Method Id="" ParentId="{owner}" Name="{name}">{parameters}</Method>'
        made = self._path(path)
        is_many = str(method["returns"]).endswith("Collection")
        inner = _ALL + _ITEMS * is_many
        self.actions.append(f'<Query Id="{self._id()}" ObjectPathId="{made}">{inner}</Query>')
        if method["returns"] == "TaskWriteResult":
            result = self._path(f'<Property Id="" ParentId="{made}" Name="Result" />')
            self.actions.append(f'<Query Id="{self._id()}" ObjectPathId="{result}">{_ALL}</Query>')

    def query(self, type_: str) -> None:
        owner = self._make(type_)
        self.actions.append(f'<Query Id="{self._id()}" ObjectPathId="{owner}">{_ALL}</Query>')

    def _make(self, type_: str) -> int:
        if type_ in SESSIONS:
            manager = f"{type_.removeprefix('LocationOriented')}Manager"
            owner = self._make(manager)
            return self._path(f'<Method Id="" ParentId="{owner}" Name="{SESSIONS[type_]}" />')
        return self._path(f'<Constructor Id="" TypeId="{TYPES[type_]["typeId"].lower()}" />')

    def _path(self, element: str) -> int:
        number = self._id()
        self.paths.append(element.replace('Id=""', f'Id="{number}"', 1))
        self.actions.append(f'<ObjectPath Id="{self._id()}" ObjectPathId="{number}" />')
        return number

    def _id(self) -> int:
        self._last += 1
        return self._last

    def _write(self, element: str, value: Any) -> str:
        match value:
            case None:
                return f'<{element} Type="Null" />'
            case bool():
                return f'<{element} Type="Boolean">{str(value).lower()}</{element}>'
            case int():
                return f'<{element} Type="Number">{value}</{element}>'
            case str():
                kind = "DateTime" if value.endswith("T00:00:00Z") else "String"
                return f'<{element} Type="{kind}">{escape(value)}</{element}>'
            case list():
                items = "".join(self._write("Object", item) for item in value)
                return f'<{element} Type="Array">{items}</{element}>'
        ((type_, properties),) = value.items()
        made = self._make(type_)
        for name, given in properties.items():
            written = self._write("Parameter", given)
            self.actions.append(
                f'<SetProperty Id="{self._id()}" ObjectPathId="{made}" Name="{name}">'
                f"{written}</SetProperty>"
            )
        return f'<{element} ObjectPathId="{made}" />'
