"""Objects as a query asks for them (docs/reference/csom.md §1.3).

Owns which properties and items come along; `json_writer` owns how their values are written.
"""

from __future__ import annotations

from typing import Any

from afterlook.csom.budget import STEPS_PER_OBJECT
from afterlook.csom.errors import PropertyNotFound
from afterlook.csom.expressions import EvaluationContext, apply_query
from afterlook.csom.request_model import ChildQuery, PropertyQuery, Query
from afterlook.csom.types import ServerObject

ALL_PROPERTIES = Query(select_all=True, properties=())
_ALL_ITEMS = ChildQuery(select_all=True, properties=())


def serialize(
    value: ServerObject | None,
    query: Query,
    children: ChildQuery | None,
    context: EvaluationContext,
) -> dict[str, Any] | None:
    """Return an object's members in the order of their declaration, its items last.

    All properties are the scalar ones; a null object stays null. Raises `PropertyNotFound`,
    `TooManyResources`.
    """
    if value is None:
        return None
    context.budget.charge(STEPS_PER_OBJECT + len(query.properties))
    members: dict[str, Any] = {"_ObjectType_": value.type.name}
    if value.identity is not None:
        members["_ObjectIdentity_"] = value.identity
    if query.select_all:
        for part in value.type.all_properties():
            if part.kind == "Scalar":
                members[part.name] = value.values.get(part.name)
    for part_query in query.properties:
        members[part_query.name] = _serialize_member(value, part_query, context)
    if children is not None and value.items is not None:
        items = value.items
        if children.expression is not None:
            items = apply_query(items, children.expression, context)
        members["_Child_Items_"] = [serialize(item, children, None, context) for item in items]
    return members


def _serialize_member(
    owner: ServerObject, part_query: PropertyQuery, context: EvaluationContext
) -> Any:
    part = owner.type.find_property(part_query.name)
    if part is None:
        raise PropertyNotFound(name=part_query.name)
    value = owner.values.get(part.name)
    if not isinstance(value, ServerObject):
        return value
    query, children = part_query.query, part_query.children
    if query is None:
        # To name an object is to want it with what it holds, as `load(object, 'Name')` does.
        query = ALL_PROPERTIES
        children = children or _ALL_ITEMS
    return serialize(value, query, children, context)
