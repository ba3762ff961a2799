"""From the bytes of a request to its actions and paths.

Owns the meaning of each element's place.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from afterlook.csom import request_model as model
from afterlook.csom.errors import InvalidClientQuery, VersionNotSupported
from afterlook.csom.expression_reader import (
    find_child,
    read_arguments,
    read_expression,
    read_item_query,
    read_value,
)
from afterlook.csom.validation import local_name, validate
from afterlook.csom.xml import parse

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

VERSIONS = ("14.0.0.0", "15.0.0.0")
"""The schema versions that there are (docs/reference/csom.md §1.2)."""

_TRUE = ("true", "1")
_SCOPES = ("Try", "Catch", "Finally")


def read_request(raw: bytes) -> model.ClientRequest:
    """Read a request. Raises `RequestTooBig`, `XmlMalformed`, `SchemaViolation` and its like."""
    root = parse(raw)
    validate(root)
    version = root.attrib["SchemaVersion"]
    if version.strip() not in VERSIONS:
        raise VersionNotSupported(version=version[:32])
    actions, paths = root
    return model.ClientRequest(_actions(actions), _paths(paths))


def _paths(elements: Iterable[Element]) -> dict[int, model.Path]:
    paths: dict[int, model.Path] = {}
    for element in elements:
        number = _id(element)
        if number in paths:
            raise InvalidClientQuery(reason=f"There are two object paths with the id {number}.")
        paths[number] = _path(element)
    return paths


def _path(element: Element) -> model.Path:
    attributes, name = element.attrib, element.attrib.get("Name", "")
    match local_name(element):
        case "Constructor":
            return model.Construction(attributes["TypeId"], read_arguments(element))
        case "Method":
            return model.MethodPath(_id(element, "ParentId"), name, read_arguments(element))
        case "StaticMethod":
            return model.StaticMethodPath(attributes["TypeId"], name, read_arguments(element))
        case "Property":
            return model.PropertyPath(_id(element, "ParentId"), name)
        case "StaticProperty":
            return model.StaticPropertyPath(attributes["TypeId"], name)
    return model.IdentityPath(name)


def _actions(elements: Iterable[Element] | None) -> tuple[model.Action, ...]:
    return tuple(map(_action, elements)) if elements is not None else ()


def _action(element: Element) -> model.Action:
    number, name = _id(element), element.attrib.get("Name", "")
    match local_name(element):
        case "ObjectPath":
            return model.Instantiate(number, _path_id(element))
        case "ObjectIdentityQuery":
            return model.QueryIdentity(number, _path_id(element))
        case "Query":
            children = _children(find_child(element, "ChildItemQuery"))
            return model.QueryObject(number, _path_id(element), _query(element[0]), children)
        case "Method":
            return model.CallMethod(number, _path_id(element), name, read_arguments(element))
        case "StaticMethod":
            type_id = element.attrib["TypeId"]
            return model.CallStaticMethod(number, type_id, name, read_arguments(element))
        case "SetProperty":
            return model.SetProperty(number, _path_id(element), name, read_value(element[0]))
        case "SetStaticProperty":
            type_id = element.attrib["TypeId"]
            return model.SetStaticProperty(number, type_id, name, read_value(element[0]))
        case "ConditionalScope":
            branches = [
                _actions(find_child(element, f"If{case}Scope")) for case in ("True", "False")
            ]
            return model.ConditionalScope(number, read_expression(element[0]), *branches)
        case "ExceptionHandlingScopeSimple":
            return model.ExceptionScope(number, _actions(element))
    scopes = [_actions(find_child(element, f"{scope}Scope")) for scope in _SCOPES]
    return model.ExceptionScope(number, *scopes)


def _query(element: Element) -> model.ClientQuery:
    return model.ClientQuery(_is_true(element, "SelectAllProperties"), _properties(element))


def _children(element: Element | None) -> model.ChildItemQuery | None:
    if element is None:
        return None
    select_all = _is_true(element, "SelectAllProperties")
    steps = find_child(element, "QueryableExpression")
    expression = None if steps is None or not len(steps) else read_item_query(steps)
    return model.ChildItemQuery(select_all, _properties(element), expression)


def _properties(element: Element) -> tuple[model.PropertyQuery, ...]:
    listed = find_child(element, "Properties")
    return () if listed is None else tuple(map(_property, listed))


def _property(element: Element) -> model.PropertyQuery:
    query = find_child(element, "Query")
    return model.PropertyQuery(
        name=element.attrib["Name"],
        select_all=_is_true(element, "SelectAll"),
        query=None if query is None else _query(query),
        children=_children(find_child(element, "ChildItemQuery")),
    )


def _is_true(element: Element, name: str) -> bool:
    return element.attrib.get(name, "").strip() in _TRUE


def _id(element: Element, name: str = "Id") -> int:
    return int(element.attrib[name])


def _path_id(element: Element) -> int:
    return _id(element, "ObjectPathId")
