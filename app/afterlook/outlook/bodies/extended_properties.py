"""Extended properties in the bodies of tasks and folders."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StrictStr

from afterlook.errors import InvalidRequest
from afterlook.mailbox.extended_properties import MAX_PROPERTIES, PropertyUpdate, read_name
from afterlook.outlook.bodies.base import InputModel, Texts


class SingleValueExtendedPropertyInput(InputModel):
    """A single-valued extended property; without a value it is taken away."""

    edm_type = "SingleValueLegacyExtendedProperty"

    property_id: StrictStr
    value: StrictStr | None = None


class MultiValueExtendedPropertyInput(InputModel):
    """A multi-valued extended property; without values it is taken away."""

    edm_type = "MultiValueLegacyExtendedProperty"

    property_id: StrictStr
    value: Texts | None = None


_MAX = Field(max_length=MAX_PROPERTIES, fail_fast=True)


class ExtensibleInput(InputModel):
    """An entity that takes extended properties (docs/reference/outlook.md §1.5)."""

    # Made by a factory: Pydantic would copy a default list, at ten times the cost.
    single_value_extended_properties: Annotated[list[SingleValueExtendedPropertyInput], _MAX] = (
        Field(default_factory=list)
    )
    multi_value_extended_properties: Annotated[list[MultiValueExtendedPropertyInput], _MAX] = Field(
        default_factory=list
    )

    def extended_properties(self) -> list[PropertyUpdate]:
        """Return the extended properties that were asked for. Raises `InvalidRequest`."""
        single = [
            PropertyUpdate(read_name(p.property_id), p.value)
            for p in self.single_value_extended_properties
        ]
        multi = [
            PropertyUpdate(read_name(p.property_id), p.value)
            for p in self.multi_value_extended_properties
        ]
        if any(given.name.is_multi for given in single) or not all(g.name.is_multi for g in multi):
            reason = "An array type is for MultiValueExtendedProperties, and only for those."
            raise InvalidRequest(reason=reason)
        return [*single, *multi]
