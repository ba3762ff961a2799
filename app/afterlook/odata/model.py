"""A whole entity model (OData CSDL 4.0): what a service publishes at `$metadata`.

Owns actions, the entity container, and finding types by their full name.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from afterlook.odata.edm import EdmType, EntityType, EnumType, Property, StructuredType

CONTAINER = "EntityContainer"
BINDING_PARAMETER = "bindingParameter"


@dataclass(frozen=True)
class Action:
    """An action, or a function, bound to entities of a type: to one, or to a collection.

    Unless `is_detached` it answers from the set of what it is bound to; one that `returns` nothing
    does not.
    """

    name: str
    bound_to: EntityType
    returns: EdmType | None = None
    parameters: tuple[Property, ...] = ()
    is_function: bool = False
    on_collection: bool = False
    is_detached: bool = False

    @property
    def kind(self) -> str:
        """What CSDL calls it."""
        return "Function" if self.is_function else "Action"


@dataclass(frozen=True)
class EntityModel:
    """A schema and its container.

    Every navigation property is one of containment, as the service's context URLs have it
    (`$metadata#Me/TaskFolders('…')/Tasks`), so that there is no entity set to bind it to.
    """

    namespace: str
    enumerations: tuple[EnumType, ...]
    complex_types: tuple[StructuredType, ...]
    entity_types: tuple[EntityType, ...]
    actions: tuple[Action, ...]
    entity_sets: tuple[tuple[str, EntityType], ...]
    singletons: tuple[tuple[str, EntityType], ...]
    alias: str = ""

    @cached_property
    def _entity_types(self) -> dict[str, EntityType]:
        return {entity_type.name: entity_type for entity_type in self.entity_types}

    def entity_type(self, name: str) -> EntityType:
        """Return the entity type of a full name, with or without the `#` of `@odata.type`."""
        return self._entity_types[name.removeprefix("#")]

    def actions_on(self, entity_type: EntityType) -> tuple[Action, ...]:
        """Return the actions that can be called on an entity of a type."""
        lineage = {one.name for one in entity_type.lineage}
        return tuple(
            action
            for action in self.actions
            if action.bound_to.name in lineage and not action.on_collection
        )
