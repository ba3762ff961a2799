"""The Outlook API's types as `microsoft.graph` declares them: docs/reference/graph.md §2.

Owns their names. Everything else, columns and what can be filtered, is the Outlook API's own.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from afterlook.graph.edm import NAMESPACE
from afterlook.graph.spelling import to_camel
from afterlook.odata.edm import (
    CollectionType,
    EdmType,
    EntityType,
    EnumType,
    Navigation,
    Property,
    StructuredType,
    collection_of,
)
from afterlook.outlook import edm as outlook
from afterlook.outlook.model import MODEL

_TYPES = {"Task": "outlookTask", "TaskFolder": "outlookTaskFolder", "TaskGroup": "outlookTaskGroup"}
_TYPES |= {"Item": "outlookItem"}
_PREFIX = f"{outlook.NAMESPACE}."

ATTACHMENT_OF_ANY_KIND = replace(
    outlook.ANY_ATTACHMENT, navigations=outlook.ITEM_ATTACHMENT.navigations
)
"""What the body of an attachment may hold before its kind is known."""


def name_type(name: str) -> str:
    """Return the full name of a type of the Outlook API in Graph; others keep theirs."""
    if not name.startswith(_PREFIX):
        return name
    short = name.removeprefix(_PREFIX)
    return f"{NAMESPACE}.{_TYPES.get(short) or to_camel(short)}"


def name_member(name: str) -> str:
    """Return how Graph spells a property; an extended one's name is its `id` there."""
    return "id" if name == "PropertyId" else to_camel(name)


def name_value(member: str) -> str:
    """Return how Graph spells a member of an enumeration."""
    return member.lower() if member.isupper() else to_camel(member)


@cache
def as_graph(type_: EdmType) -> EdmType:
    """Return a type of the Outlook API as Graph declares it; a primitive one is the same."""
    if isinstance(type_, CollectionType):
        return collection_of(as_graph(type_.item))
    if isinstance(type_, EnumType):
        members = tuple(map(name_value, type_.members))
        return replace(type_, name=name_type(type_.name), members=members)
    if not isinstance(type_, StructuredType):
        return type_
    properties = tuple(map(_property, type_.properties))
    spelt = replace(type_, name=name_type(type_.name), properties=properties)
    if not (isinstance(type_, EntityType) and isinstance(spelt, EntityType)):
        return spelt
    base = None if type_.base is None else as_graph(type_.base)
    assert base is None or isinstance(base, EntityType)  # noqa: S101
    return replace(
        spelt,
        navigations=tuple(map(_navigation, type_.navigations)),
        base=base,
        key=name_member(type_.key),
    )


def _property(part: Property) -> Property:
    return replace(
        part,
        name=name_member(part.name),
        type=as_graph(part.type),
        parts=tuple(map(_property, part.parts)),
    )


def _navigation(one: Navigation) -> Navigation:
    item = None if one.item is None else as_graph(one.item)
    assert item is None or isinstance(item, StructuredType)  # noqa: S101
    return replace(one, name=to_camel(one.name), type=name_type(one.type), item=item)


SPELT: dict[str, str] = {
    name_type(type_.name).lower(): type_.name
    for type_ in (*MODEL.entity_types, *MODEL.complex_types)
}
"""The Outlook API's names of types, by Graph's in lower case."""

_DECLARED: dict[int, EntityType] = {}
for _type in (
    outlook.TASK,
    outlook.TASK_FOLDER,
    outlook.TASK_GROUP,
    outlook.ANY_ATTACHMENT,
    outlook.SINGLE_VALUE,
    outlook.MULTI_VALUE,
):
    _spelt = as_graph(_type)
    assert isinstance(_spelt, EntityType)  # noqa: S101
    _DECLARED[id(_type)] = _spelt


def declared_type(type_: EntityType) -> EntityType:
    """Return an entity type that options speak of, as Graph declares it."""
    # By identity: a type's hash goes through all that it is made of.
    return _DECLARED[id(type_)]


def name_parts(type_: StructuredType) -> dict[str, str]:
    """Return how Graph spells what a type declares, by how the Outlook API does."""
    parts = [part.name for part in type_.properties]
    if isinstance(type_, EntityType):
        parts += [one.name for one in type_.navigations]
    return {name: name_member(name) for name in parts}


PROPERTY_NAMES: dict[str, str] = {
    name: spelt
    for type_ in (*MODEL.entity_types, *MODEL.complex_types)
    for name, spelt in name_parts(type_).items()
}
"""How Graph spells each property that the Outlook API has anywhere."""
