"""Objects as a query wants to see them (contract §1.3).

Owns which properties and items come along. Must not know how values are written.
"""

from __future__ import annotations

from typing import Any

from afterlook.csom.budget import STEPS_PER_OBJECT
from afterlook.csom.errors import PropertyNotFound
from afterlook.csom.expressions import Reader, queried
from afterlook.csom.request import ChildQuery, PropertyQuery, Query
from afterlook.csom.types import ServerObject

_ALL = Query(select_all=True, properties=())
_ALL_ITEMS = ChildQuery(select_all=True, properties=())


def shown(
    value: ServerObject | None, query: Query, children: ChildQuery | None, reader: Reader
) -> dict[str, Any] | None:
    """Return an object's members in the order of their declaration, its items last.

    All properties are the scalar ones; a null object stays null. Raises `PropertyNotFound`,
    `TooManyResources`.
    """
    if value is None:
        return None
    reader.spend(STEPS_PER_OBJECT + len(query.properties))
    members: dict[str, Any] = {"_ObjectType_": value.type.name}
    if value.identity is not None:
        members["_ObjectIdentity_"] = value.identity
    if query.select_all:
        for part in value.type.all_properties():
            if part.kind == "Scalar":
                members[part.name] = value.values.get(part.name)
    for wanted in query.properties:
        members[wanted.name] = _member(value, wanted, reader)
    if children is not None and value.items is not None:
        items = value.items
        if children.expression is not None:
            items = queried(items, children.expression, reader)
        members["_Child_Items_"] = [shown(item, children, None, reader) for item in items]
    return members


def _member(owner: ServerObject, wanted: PropertyQuery, reader: Reader) -> Any:
    part = owner.type.find_property(wanted.name)
    if part is None:
        raise PropertyNotFound(name=wanted.name)
    value = owner.values.get(part.name)
    if not isinstance(value, ServerObject):
        return value
    query, children = wanted.query, wanted.children
    if query is None:
        # To name an object is to want it with what it holds, as `load(object, 'Name')` does.
        query = _ALL
        children = children or _ALL_ITEMS
    return shown(value, query, children, reader)
