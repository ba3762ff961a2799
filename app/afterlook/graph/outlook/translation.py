"""Entities from the Outlook API's spelling into Graph's, and bodies back.

Owns the walk along the types: names of members and of types change, and members of enumerations;
what is a client's text stays as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import orjson

from afterlook.errors import PropertyUnknown
from afterlook.graph.outlook.edm import (
    ATTACHMENT_OF_ANY_KIND,
    SPELT,
    name_member,
    name_type,
    name_value,
)
from afterlook.odata.edm import (
    CollectionType,
    EdmType,
    EntityType,
    EnumType,
    StructuredType,
    collection_of,
)
from afterlook.outlook.edm import ANY_ATTACHMENT, ATTACHMENT, ITEM
from afterlook.outlook.model import MODEL

Json = dict[str, object]
Convert = Callable[[object], object]

_TYPE = "@odata.type"
_MAX_SHOWN = 128
_BASE = ("id", "contentType", "isInline", "lastModifiedDateTime", "name", "size")
_ORDER = (*_BASE, "contentBytes", "contentId", "contentLocation")
"""Of the members of attachments, which alone come in another order than the Outlook API's."""


class _Member(NamedTuple):
    """A member as the other side spells it, and what becomes of its value."""

    name: str
    convert: Convert | None


class _Shape(NamedTuple):
    """A type as it is walked along: its members by the name that is read."""

    type: StructuredType
    members: Mapping[str, _Member]
    is_attachment: bool


def present(value: Mapping[str, object], type_: StructuredType) -> Json:
    """Return an entity, or a part of one, as Graph shows it."""
    shape = _get_shown_shape(_find_actual_type(value, type_))
    shown: Json = {}
    for name, item in value.items():
        member = shape.members.get(name)
        if member is not None:
            shown[member.name] = item if member.convert is None else member.convert(item)
        elif name == _TYPE:
            shown[name] = _name_fragment(item)
        elif name != "@odata.id":
            owner, _, annotation = name.partition("@")
            shown[f"{name_member(owner)}@{annotation}"] = item
    if not shape.is_attachment:
        return shown
    annotations = {name: item for name, item in shown.items() if name[0] == "@"}
    return annotations | {name: shown[name] for name in _ORDER if name in shown} | shown


def present_value(value: object, type_: EdmType) -> object:
    """Return a value of a type as Graph shows it."""
    convert = _make_presenter(type_)
    return value if convert is None else convert(value)


def present_item(item: bytes) -> bytes:
    """Return an item as Graph shows it: never longer, for no name is longer there."""
    return orjson.dumps(present(orjson.loads(item), ITEM))


def spell(body: Mapping[str, object], type_: StructuredType) -> Json:
    """Return a body as the Outlook API spells it. Raises `PropertyUnknown`."""
    known = body.get(_TYPE)
    actual = _find_actual_type({_TYPE: _spell_type(known)}, type_) if _TYPE in body else type_
    shape = _get_read_shape(actual)
    spelt: Json = {}
    for name, item in body.items():
        member = shape.members.get(name)
        if member is not None:
            spelt[member.name] = item if member.convert is None else member.convert(item)
        elif name == _TYPE:
            spelt[name] = _spell_type(item)
        elif "@" in name or name.startswith("#"):
            spelt[name] = item
        else:
            raise PropertyUnknown(name=name[:_MAX_SHOWN], type=name_type(actual.name))
    return spelt


_ENTITY_TYPES = {type_.name.lower(): type_ for type_ in MODEL.entity_types}


def _find_actual_type(value: Mapping[str, object], declared: StructuredType) -> StructuredType:
    """Return the type that an entity says it is of, else the one that it should be."""
    name = value.get(_TYPE)
    if not (isinstance(declared, EntityType) and isinstance(name, str)):
        return declared
    return _ENTITY_TYPES.get(name.removeprefix("#").lower(), declared)


def _name_fragment(value: object) -> object:
    type_ = _ENTITY_TYPES.get(str(value).removeprefix("#").lower())
    return value if type_ is None else f"#{name_type(type_.name)}"


def _spell_type(value: object) -> object:
    """Return what an annotation names, or a name that is no type's."""
    name = str(value).removeprefix("#").lower()
    return f"#{SPELT[name]}" if name in SPELT else ""


def _make_presenter(type_: EdmType) -> Convert | None:
    """Return what becomes of values of a type when they are shown."""
    match type_:
        case CollectionType(item=item):
            return _map_items(_make_presenter(item))
        case EnumType():
            names = {member: name_value(member) for member in type_.members}
            return lambda value: names.get(value, value) if isinstance(value, str) else value
        case StructuredType():
            return lambda value: present(value, type_) if isinstance(value, dict) else value
    return None


def _make_speller(type_: EdmType) -> Convert | None:
    """Return what becomes of values of a type when they are read."""
    match type_:
        case CollectionType(item=item):
            return _map_items(_make_speller(item))
        case EnumType():
            return lambda value: _spell_member(value, type_)
        case StructuredType():
            return lambda value: spell(value, type_) if isinstance(value, dict) else value
    return None


def _spell_member(value: object, type_: EnumType) -> object:
    number = type_.number(value) if isinstance(value, str) else None
    return value if number is None else type_.members[number]


def _map_items(convert: Convert | None) -> Convert | None:
    if convert is None:
        return None
    return lambda value: [convert(item) for item in value] if isinstance(value, list) else value


_shapes: dict[tuple[int, bool], _Shape] = {}
"""By the identity of a type, whose hash goes through all that it is made of."""


def _get_shown_shape(type_: StructuredType) -> _Shape:
    shape = _shapes.get((id(type_), False))
    return shape or _make_shape(type_, _make_presenter, is_read=False)


def _get_read_shape(type_: StructuredType) -> _Shape:
    shape = _shapes.get((id(type_), True))
    return shape or _make_shape(type_, _make_speller, is_read=True)


def _make_shape(
    type_: StructuredType, convert: Callable[[EdmType], Convert | None], *, is_read: bool
) -> _Shape:
    whole = ATTACHMENT_OF_ANY_KIND if type_ is ANY_ATTACHMENT else type_
    members: dict[str, _Member] = {}
    for part in whole.properties:
        members[part.name] = _Member(name_member(part.name), convert(part.type))
    for one in whole.navigations if isinstance(whole, EntityType) else ():
        target: EdmType = MODEL.entity_type(one.type)
        leads = convert(collection_of(target) if one.many else target)
        members[one.name] = _Member(name_member(one.name), leads)
    if is_read:
        members = {member.name: _Member(name, member.convert) for name, member in members.items()}
    is_attachment = isinstance(type_, EntityType) and ATTACHMENT in type_.lineage
    shape = _Shape(type_, members, is_attachment)
    _shapes[id(type_), is_read] = shape
    return shape
