"""An entity model written as CSDL JSON (OData CSDL JSON 4.01).

Owns the members.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.odata.csdl import COMPUTED, PRECISION, is_computed
from afterlook.odata.edm import DATE_TIME_OFFSET, STRING, CollectionType
from afterlook.odata.model import BINDING_PARAMETER, CONTAINER

if TYPE_CHECKING:
    from afterlook.odata.edm import EdmType, EntityType, Navigation, Property
    from afterlook.odata.model import Action, EntityModel

Json = dict[str, object]


def write_model(model: EntityModel) -> Json:
    """Return the document; it claims 4.0, for it has nothing that 4.0 lacks."""
    schema: Json = {"$Alias": model.alias} if model.alias else {}
    for enumeration in model.enumerations:
        numbers = {member: number for number, member in enumerate(enumeration.members)}
        schema[enumeration.short_name] = {"$Kind": "EnumType", **numbers}
    for complex_type in model.complex_types:
        parts = {part.name: _write_property(part) for part in complex_type}
        schema[complex_type.short_name] = {"$Kind": "ComplexType", **parts}
    for entity_type in model.entity_types:
        schema[entity_type.short_name] = _write_entity_type(entity_type)
    for action in model.actions:
        # Overloads of one name are one array (§12.1).
        schema[action.name] = [
            _write_action(one) for one in model.actions if one.name == action.name
        ]
    schema[CONTAINER] = {
        "$Kind": "EntityContainer",
        **{name: {"$Collection": True, "$Type": type_.name} for name, type_ in model.entity_sets},
        **{name: {"$Type": type_.name} for name, type_ in model.singletons},
    }
    return {
        "$Version": "4.0",
        "$EntityContainer": f"{model.namespace}.{CONTAINER}",
        model.namespace: schema,
    }


def _write_entity_type(entity_type: EntityType) -> Json:
    members: Json = {"$Kind": "EntityType"}
    if entity_type.base is None:
        members["$Key"] = [entity_type.key]
    else:
        members["$BaseType"] = entity_type.base.name
    if entity_type.abstract:
        members["$Abstract"] = True
    for part in entity_type.declared:
        computed = {f"@{COMPUTED}": True} if is_computed(part, entity_type) else {}
        members[part.name] = _write_property(part) | computed
    for navigation in entity_type.declared_navigations:
        members[navigation.name] = _write_navigation(navigation)
    return members


def _write_property(part: Property) -> Json:
    members = _write_type(part.type)
    if part.nullable:
        members["$Nullable"] = True
    if part.type == DATE_TIME_OFFSET:
        members["$Precision"] = PRECISION
    return members


def _write_type(type_: EdmType) -> Json:
    """Return the members that name a type; text needs no naming."""
    many: Json = {"$Collection": True} if isinstance(type_, CollectionType) else {}
    item = type_.item if isinstance(type_, CollectionType) else type_
    return many if item.name == STRING.name else many | {"$Type": item.name}


def _write_navigation(navigation: Navigation) -> Json:
    many: Json = {"$Collection": True} if navigation.many else {}
    return {
        "$Kind": "NavigationProperty",
        **many,
        "$Type": navigation.type,
        "$ContainsTarget": True,
    }


def _write_action(action: Action) -> Json:
    many: Json = {"$Collection": True} if action.on_collection else {}
    bound = {"$Name": BINDING_PARAMETER, **many, "$Type": action.bound_to.name}
    others = [{"$Name": part.name, **_write_type(part.type)} for part in action.parameters]
    is_detached = action.is_detached or action.returns is None
    return {
        "$Kind": action.kind,
        "$IsBound": True,
        **({} if is_detached else {"$EntitySetPath": BINDING_PARAMETER}),
        "$Parameter": [bound, *others],
        **({} if action.returns is None else {"$ReturnType": _write_type(action.returns)}),
    }
