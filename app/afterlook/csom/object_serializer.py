"""Objects as a query asks for them (docs/reference/csom.md §1.3).

Owns which properties and items come along; `json_writer` owns how their values are written.
"""

from __future__ import annotations

from typing import Any

from afterlook.csom.budget import STEPS_PER_OBJECT
from afterlook.csom.errors import FieldOrPropertyNotFound
from afterlook.csom.expressions import EvaluationContext, apply_query
from afterlook.csom.request_model import ChildItemQuery, ClientQuery, PropertyQuery
from afterlook.csom.types import ObjectType, ServerObject

ALL_PROPERTIES = ClientQuery(select_all=True, properties=())
_ALL_ITEMS = ChildItemQuery(select_all=True, properties=())


def serialize(
    value: ServerObject | None,
    query: ClientQuery,
    children: ChildItemQuery | None,
    context: EvaluationContext,
) -> dict[str, Any] | None:
    """Return an object's members in the order of their declaration, its items last.

    All properties are the scalar ones; a null object stays null. Raises `FieldOrPropertyNotFound`,
    `TooManyResources`.
    """
    if value is None:
        return None
    members = _serialize_members(value, query, {}, context)
    if children is not None and value.items is not None:
        items = value.items
        if children.expression is not None:
            items = apply_query(items, children.expression, context)
        # There may be thousands, of one type: its properties are looked up once.
        names: dict[ObjectType[Any], list[str]] = {}
        members["_Child_Items_"] = [
            _serialize_members(item, children, names, context) for item in items
        ]
    return members


def _serialize_members(
    value: ServerObject,
    query: ClientQuery,
    names: dict[ObjectType[Any], list[str]],
    context: EvaluationContext,
) -> dict[str, Any]:
    """Return the members but for the items; `names` keeps those that a type has of the query."""
    context.budget.charge(STEPS_PER_OBJECT + len(query.properties))
    type_, values = value.type, value.values
    known = names.get(type_)
    if known is None:
        known = names[type_] = _find_scalars(type_, query)
    members: dict[str, Any] = {"_ObjectType_": type_.name}
    if value.identity is not None:
        members["_ObjectIdentity_"] = value.identity
    for name in known:
        members[name] = values.get(name)
    for part in query.properties:
        member = values.get(part.name)
        if isinstance(member, ServerObject):
            member = _serialize_object(member, part, context)
        members[part.name] = member
    return members


def _find_scalars(type_: ObjectType[Any], query: ClientQuery) -> list[str]:
    """Return the properties that are asked for without a name. Raises `FieldOrPropertyNotFound`."""
    for part in query.properties:
        if type_.find_property(part.name) is None:
            raise FieldOrPropertyNotFound(name=part.name)
    if not query.select_all:
        return []
    return [part.name for part in type_.all_properties() if part.kind == "Scalar"]


def _serialize_object(
    value: ServerObject, part_query: PropertyQuery, context: EvaluationContext
) -> Any:
    query, children = part_query.query, part_query.children
    if query is None:
        # To name an object is to want it with what it holds, as `load(object, 'Name')` does.
        query = ALL_PROPERTIES
        children = children or _ALL_ITEMS
    return serialize(value, query, children, context)
