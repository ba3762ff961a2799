"""Responses at the other metadata levels than `minimal`, at which they are rendered.

Owns what `none` leaves out and what `full` adds (OData JSON 4.0 §3.1, §4.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.odata.edm import CollectionType, StructuredType
from afterlook.odata.formats import Level

if TYPE_CHECKING:
    from afterlook.odata.edm import EdmType, EntityType
    from afterlook.odata.model import EntityModel

Json = dict[str, object]

_ALWAYS_SHOWN = frozenset({"odata.nextLink", "odata.count", "odata.deltaLink"})
_SELF_EXPLAINING = frozenset({"Edm.String", "Edm.Boolean", "Edm.Double"})
"""Types that JSON tells apart by itself (§4.5.3)."""


def apply_level(
    content: Json,
    level: Level,
    model: EntityModel,
    entity_type: EntityType,
    *,
    selected: bool = False,
) -> Json:
    """Return an answer at a level: an entity, or a collection of them in `value`.

    `selected` tells that `$select` left things out, so that links and actions are not offered.
    """
    if level is Level.NONE:
        return strip_metadata(content)
    if level is Level.FULL:
        return _Full(model, selected=selected).content(content, entity_type)
    return content


def apply_level_to_property(content: Json, level: Level, type_: EdmType) -> Json:
    """Return the answer of a property's own address at a level: `value`, or a complex one's parts.

    Only `full` says what is told nowhere else: the type, unless JSON tells it by itself.
    """
    if level is Level.NONE:
        return strip_metadata(content)
    if level is Level.MINIMAL or type_.name in _SELF_EXPLAINING:
        return content
    annotations = {name: value for name, value in content.items() if name[0] == "@"}
    parts = {name: value for name, value in content.items() if name[0] != "@"}
    if isinstance(type_, StructuredType):
        return annotations | _complex(parts, type_)
    return annotations | {"@odata.type": _fragment(type_), "value": _items(parts["value"], type_)}


def strip_metadata(content: Json) -> Json:
    """Return an answer without metadata, at any depth; only what tells of further pages stays."""
    return {name: _strip_value(value) for name, value in content.items() if _is_shown(name)}


def _is_shown(name: str) -> bool:
    annotation = name.rpartition("@")[2] if "@" in name else ""
    return not annotation.startswith("odata.") or annotation in _ALWAYS_SHOWN


def _strip_value(value: object) -> object:
    if isinstance(value, dict):
        return strip_metadata(value)
    if isinstance(value, list):
        return [_strip_value(item) for item in value]
    return value


class _Full:
    """Adds what full metadata has."""

    def __init__(self, model: EntityModel, *, selected: bool) -> None:
        self._model = model
        self._selected = selected

    def content(self, content: Json, entity_type: EntityType) -> Json:
        """Return a collection or an entity."""
        entities = content.get("value")
        if isinstance(entities, list):
            return {**content, "value": [self._item(item, entity_type) for item in entities]}
        return self._entity(content, entity_type)

    def _item(self, item: Json, entity_type: EntityType) -> Json:
        # What a synchronisation reports as deleted is no entity.
        return self._entity(item, entity_type) if "@odata.id" in item else item

    def _entity(self, entity: Json, declared: EntityType) -> Json:
        """Return an entity: context, type and id first, then as before (§4.5)."""
        type_name = entity.get("@odata.type")
        actual = self._model.entity_type(str(type_name)) if type_name else declared
        address = str(entity["@odata.id"])
        full: Json = {}
        if "@odata.context" in entity:
            full["@odata.context"] = entity["@odata.context"]
        full["@odata.type"] = _fragment(actual)
        full |= {name: value for name, value in entity.items() if name[0] == "@"}
        full["@odata.editLink"] = address
        for name, value in entity.items():
            if name[0] != "@":
                self._member(full, name, value, actual)
        if not self._selected:
            self._links(full, actual, address)
        return full

    def _member(self, full: Json, name: str, value: object, owner: EntityType) -> None:
        navigation = next((one for one in owner.navigations if one.name == name), None)
        if navigation is not None:
            target = self._model.entity_type(navigation.type)
            if isinstance(value, list):
                full[name] = [self._item(item, target) for item in value]
            else:
                full[name] = self._item(value, target) if isinstance(value, dict) else value
            return
        _structural(full, name, value, owner)

    def _links(self, full: Json, owner: EntityType, address: str) -> None:
        for navigation in owner.navigations:
            link = f"{address}/{navigation.name}"
            full[f"{navigation.name}@odata.associationLink"] = f"{link}/$ref"
            full[f"{navigation.name}@odata.navigationLink"] = link
        for action in self._model.actions_on(owner):
            qualified = f"{self._model.namespace}.{action.name}"
            full[f"#{qualified}"] = {"title": action.name, "target": f"{address}/{qualified}"}


def _structural(full: Json, name: str, value: object, owner: StructuredType) -> None:
    """Add a structural property, and its type where the value does not tell it."""
    part = owner.find(name)
    if part is None or value is None:
        full[name] = value
    elif isinstance(value, dict) and isinstance(part.type, StructuredType):
        full[name] = _complex(value, part.type)
    else:
        if part.type.name not in _SELF_EXPLAINING:
            full[f"{name}@odata.type"] = _fragment(part.type)
        full[name] = _items(value, part.type)


def _items(value: object, type_: EdmType) -> object:
    item = type_.item if isinstance(type_, CollectionType) else None
    if isinstance(item, StructuredType) and isinstance(value, list):
        return [_complex(one, item) for one in value]
    return value


def _complex(value: Json, type_: StructuredType) -> Json:
    full: Json = {"@odata.type": _fragment(type_)}
    for name, part in value.items():
        _structural(full, name, part, type_)
    return full


def _fragment(type_: EdmType) -> str:
    """Name a type as annotations do: built-in ones without their namespace (§4.5.3)."""
    return f"#{type_.name.replace('Edm.', '')}"
