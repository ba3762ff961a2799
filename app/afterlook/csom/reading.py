"""From the bytes of a request to its actions and paths.

Owns the meaning of each element's place. Must not know what the request is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from afterlook.csom import request as asked
from afterlook.csom.errors import InvalidClientQuery, VersionNotSupported
from afterlook.csom.expressing import expression, queryable
from afterlook.csom.literals import arguments, child, value
from afterlook.csom.validation import local, validate
from afterlook.csom.xml import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

VERSIONS = ("14.0.0.0", "15.0.0.0")
"""The schema versions that there are (contract §1.2)."""

_TRUE = ("true", "1")
_SCOPES = ("Try", "Catch", "Finally")


def read(raw: bytes) -> asked.Request:
    """Read a request. Raises `RequestTooBig`, `XmlMalformed`, `SchemaViolation` and its like."""
    root = parse(raw)
    validate(root)
    version = root.attrib["SchemaVersion"]
    if version.strip() not in VERSIONS:
        raise VersionNotSupported(version=version[:32])
    actions, paths = root
    return asked.Request(_actions(actions), _paths(paths))


def _paths(elements: Iterable[Element]) -> dict[int, asked.Path]:
    found: dict[int, asked.Path] = {}
    for element in elements:
        number = _id(element)
        if number in found:
            raise InvalidClientQuery(reason=f"There are two object paths with the id {number}.")
        found[number] = _path(element)
    return found


def _path(element: Element) -> asked.Path:
    attributes, name = element.attrib, element.attrib.get("Name", "")
    match local(element):
        case "Constructor":
            return asked.Construction(attributes["TypeId"], arguments(element))
        case "Method":
            return asked.MethodPath(_id(element, "ParentId"), name, arguments(element))
        case "StaticMethod":
            return asked.StaticMethodPath(attributes["TypeId"], name, arguments(element))
        case "Property":
            return asked.PropertyPath(_id(element, "ParentId"), name)
        case "StaticProperty":
            return asked.StaticPropertyPath(attributes["TypeId"], name)
    return asked.IdentityPath(name)


def _actions(elements: Iterable[Element] | None) -> tuple[asked.Action, ...]:
    return tuple(map(_action, elements)) if elements is not None else ()


def _action(element: Element) -> asked.Action:
    number, name = _id(element), element.attrib.get("Name", "")
    match local(element):
        case "ObjectPath":
            return asked.Instantiate(number, _path_id(element))
        case "ObjectIdentityQuery":
            return asked.QueryIdentity(number, _path_id(element))
        case "Query":
            children = _children(child(element, "ChildItemQuery"))
            return asked.QueryObject(number, _path_id(element), _query(element[0]), children)
        case "Method":
            return asked.CallMethod(number, _path_id(element), name, arguments(element))
        case "StaticMethod":
            type_id = element.attrib["TypeId"]
            return asked.CallStaticMethod(number, type_id, name, arguments(element))
        case "SetProperty":
            return asked.SetProperty(number, _path_id(element), name, value(element[0]))
        case "SetStaticProperty":
            type_id = element.attrib["TypeId"]
            return asked.SetStaticProperty(number, type_id, name, value(element[0]))
        case "ConditionalScope":
            branches = [_actions(child(element, f"If{case}Scope")) for case in ("True", "False")]
            return asked.ConditionalScope(number, expression(element[0]), *branches)
        case "ExceptionHandlingScopeSimple":
            return asked.ExceptionScope(number, _actions(element))
    scopes = [_actions(child(element, f"{scope}Scope")) for scope in _SCOPES]
    return asked.ExceptionScope(number, *scopes)


def _query(element: Element) -> asked.Query:
    return asked.Query(_is_true(element, "SelectAllProperties"), _properties(element))


def _children(element: Element | None) -> asked.ChildQuery | None:
    if element is None:
        return None
    select_all = _is_true(element, "SelectAllProperties")
    steps = child(element, "QueryableExpression")
    wanted = None if steps is None or not len(steps) else queryable(steps)
    return asked.ChildQuery(select_all, _properties(element), wanted)


def _properties(element: Element) -> tuple[asked.PropertyQuery, ...]:
    listed = child(element, "Properties")
    return () if listed is None else tuple(map(_property, listed))


def _property(element: Element) -> asked.PropertyQuery:
    query = child(element, "Query")
    return asked.PropertyQuery(
        name=element.attrib["Name"],
        select_all=_is_true(element, "SelectAll"),
        query=None if query is None else _query(query),
        children=_children(child(element, "ChildItemQuery")),
    )


def _is_true(element: Element, name: str) -> bool:
    return element.attrib.get(name, "").strip() in _TRUE


def _id(element: Element, name: str = "Id") -> int:
    return int(element.attrib[name])


def _path_id(element: Element) -> int:
    return _id(element, "ObjectPathId")
