"""An entity model written as CSDL XML (OData CSDL XML 4.0).

Owns the elements and their attributes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from afterlook.odata.edm import DATE_TIME_OFFSET
from afterlook.odata.model import BINDING_PARAMETER, CONTAINER

if TYPE_CHECKING:
    from afterlook.odata.edm import EntityType, EnumType, Navigation, Property, StructuredType
    from afterlook.odata.model import Action, EntityModel

EDM = "http://docs.oasis-open.org/odata/ns/edm"
EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
COMPUTED = "Org.OData.Core.V1.Computed"
"""The term for what a client reads only. Clients know it; nothing has to be fetched for it."""

PRECISION = 7
"""Fraction digits of a DateTimeOffset; one without them would have none (§7.2.3)."""


def write_model(model: EntityModel) -> str:
    """Return the document."""
    # ElementTree cannot write attributes beside a default namespace of its own making.
    document = ET.Element("edmx:Edmx", {"xmlns:edmx": EDMX, "Version": "4.0"})
    services = ET.SubElement(document, "edmx:DataServices")
    schema = ET.SubElement(services, "Schema", xmlns=EDM, Namespace=model.namespace)
    if model.alias:
        schema.set("Alias", model.alias)
    for enumeration in model.enumerations:
        _write_enumeration(schema, enumeration)
    for complex_type in model.complex_types:
        _write_complex_type(schema, complex_type)
    for entity_type in model.entity_types:
        _write_entity_type(schema, entity_type)
    for action in model.actions:
        _write_action(schema, action)
    container = ET.SubElement(schema, "EntityContainer", Name=CONTAINER)
    for name, entity_type in model.entity_sets:
        ET.SubElement(container, "EntitySet", Name=name, EntityType=entity_type.name)
    for name, entity_type in model.singletons:
        ET.SubElement(container, "Singleton", Name=name, Type=entity_type.name)
    ET.indent(document)
    declaration = '<?xml version="1.0" encoding="utf-8"?>\n'
    return declaration + ET.tostring(document, encoding="unicode") + "\n"


def _write_enumeration(schema: ET.Element, enumeration: EnumType) -> None:
    element = ET.SubElement(schema, "EnumType", Name=enumeration.short_name)
    for number, member in enumerate(enumeration.members):
        ET.SubElement(element, "Member", Name=member, Value=str(number))


def _write_complex_type(schema: ET.Element, complex_type: StructuredType) -> None:
    element = ET.SubElement(schema, "ComplexType", Name=complex_type.short_name)
    for part in complex_type:
        _write_property(element, part)


def _write_entity_type(schema: ET.Element, entity_type: EntityType) -> None:
    element = ET.SubElement(schema, "EntityType", Name=entity_type.short_name)
    if entity_type.base is None:
        key = ET.SubElement(element, "Key")
        ET.SubElement(key, "PropertyRef", Name=entity_type.key)
    else:
        element.set("BaseType", entity_type.base.name)
    if entity_type.abstract:
        element.set("Abstract", "true")
    for part in entity_type.declared:
        property_element = _write_property(element, part)
        if is_computed(part, entity_type):
            ET.SubElement(property_element, "Annotation", Term=COMPUTED, Bool="true")
    for navigation in entity_type.declared_navigations:
        _write_navigation(element, navigation)


def is_computed(part: Property, owner: EntityType) -> bool:
    """Tell whether a property is marked as read-only; of a key, clients take that amiss."""
    return not part.writable and part.name != owner.key


def _write_property(parent: ET.Element, part: Property) -> ET.Element:
    element = ET.SubElement(parent, "Property", Name=part.name, Type=part.type.name)
    if not part.nullable:
        element.set("Nullable", "false")
    if part.type == DATE_TIME_OFFSET:
        element.set("Precision", str(PRECISION))
    return element


def _write_navigation(parent: ET.Element, navigation: Navigation) -> None:
    type_ = f"Collection({navigation.type})" if navigation.many else navigation.type
    ET.SubElement(
        parent, "NavigationProperty", Name=navigation.name, Type=type_, ContainsTarget="true"
    )


def _write_action(schema: ET.Element, action: Action) -> None:
    element = ET.SubElement(schema, action.kind, Name=action.name, IsBound="true")
    if not action.is_detached and action.returns is not None:
        element.set("EntitySetPath", BINDING_PARAMETER)
    bound_to = action.bound_to.name
    type_ = f"Collection({bound_to})" if action.on_collection else bound_to
    parameter = {"Name": BINDING_PARAMETER, "Type": type_, "Nullable": "false"}
    ET.SubElement(element, "Parameter", parameter)
    for part in action.parameters:
        ET.SubElement(element, "Parameter", Name=part.name, Type=part.type.name, Nullable="false")
    if action.returns is not None:
        ET.SubElement(element, "ReturnType", Type=action.returns.name, Nullable="false")
