"""CSDL against the rules of its specification: what is named is there, and can be reached."""

from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from afterlook.odata import csdl, csdl_json
from afterlook.odata.edm import (
    INT32,
    STRING,
    EntityType,
    EnumType,
    Navigation,
    Property,
    collection_of,
)
from afterlook.odata.model import Action, EntityModel
from afterlook.outlook.model import MODEL
from tests.tools import metadata

EDM = f"{{{csdl.EDM}}}"
COLOUR = EnumType("Shop.Colour", members=("Red", "Green"))
THING = EntityType("Shop.Thing", properties=(Property("Key", STRING),), key="Key", abstract=True)
PART = EntityType(
    "Shop.Part",
    properties=(
        *THING.properties,
        Property("Colours", collection_of(COLOUR), writable=True),
        Property("Count", INT32, nullable=True),
    ),
    base=THING,
    navigations=(Navigation("Twin", "Shop.Part", many=False),),
)
SHOP = EntityModel(
    namespace="Shop",
    enumerations=(COLOUR,),
    complex_types=(),
    entity_types=(THING, PART),
    actions=(
        Action("Paint", bound_to=PART, returns=PART),
        Action("Paint", bound_to=THING, returns=collection_of(STRING)),
    ),
    entity_sets=(("Parts", PART),),
    singletons=(("First", PART),),
)
MODELS = pytest.mark.parametrize("model", [MODEL, SHOP], ids=["outlook", "shop"])
PRIMITIVES = {
    f"Edm.{name}"
    for name in (
        *("String", "Binary", "Boolean", "Int32", "Double", "Guid", "Date"),
        "DateTimeOffset",
    )
}


def _schema(model: EntityModel) -> ET.Element:
    document = ET.fromstring(csdl.write_model(model))
    assert document.tag == f"{{{csdl.EDMX}}}Edmx"
    assert document.attrib == {"Version": "4.0"}
    [services] = document
    assert services.tag == f"{{{csdl.EDMX}}}DataServices"
    [schema] = services
    assert schema.tag == f"{EDM}Schema"
    return schema


def _item(name: str) -> str:
    return name.removeprefix("Collection(").removesuffix(")")


def _json_schema(model: EntityModel) -> dict[str, Any]:
    document: dict[str, Any] = csdl_json.write_model(model)
    return dict(document[model.namespace])


@MODELS
@pytest.mark.inferred("metadata.csdl")
def test_every_type_that_is_named_is_there(model: EntityModel) -> None:
    schema = _schema(model)
    declared = {
        f"{schema.attrib['Namespace']}.{element.attrib['Name']}"
        for kind in ("EnumType", "ComplexType", "EntityType")
        for element in schema.iter(f"{EDM}{kind}")
    }
    named = {
        _item(element.attrib[attribute])
        for element in schema.iter()
        for attribute in ("Type", "BaseType", "EntityType")
        if attribute in element.attrib
    }
    assert named <= declared | PRIMITIVES


@MODELS
@pytest.mark.inferred("metadata.csdl")
def test_names_are_unique(model: EntityModel) -> None:
    """Of the elements of a schema, save overloads, and of the members of each (§15.2)."""
    schema = _schema(model)
    for element in (schema, *schema.iter(f"{EDM}EnumType"), *schema.iter(f"{EDM}ComplexType")):
        names = [part.attrib["Name"] for part in element if part.tag != f"{EDM}Action"]
        assert len(names) == len(set(names))
    for one in model.entity_types:
        names = [part.name for part in one.properties] + [part.name for part in one.navigations]
        assert len(names) == len(set(names))


@MODELS
@pytest.mark.inferred("metadata.csdl")
def test_every_entity_type_has_one_key(model: EntityModel) -> None:
    """It is a property of the first of its line, and never null (§8.2)."""
    elements = {one.attrib["Name"]: one for one in _schema(model).iter(f"{EDM}EntityType")}
    for element in elements.values():
        line = [element]
        while "BaseType" in line[-1].attrib:
            line.append(elements[line[-1].attrib["BaseType"].rpartition(".")[2]])
        [reference] = [ref for one in line for ref in one.findall(f"{EDM}Key/{EDM}PropertyRef")]
        key = line[-1].find(f"{EDM}Property[@Name='{reference.attrib['Name']}']")
        assert key is not None
        assert key.attrib["Nullable"] == "false"


@MODELS
@pytest.mark.inferred("metadata.csdl")
def test_everything_is_reached_by_containment(model: EntityModel) -> None:
    """So that no navigation property has to be bound to an entity set (§13.4)."""
    schema = _schema(model)
    for navigation in schema.iter(f"{EDM}NavigationProperty"):
        assert navigation.attrib["ContainsTarget"] == "true"
    [container] = schema.findall(f"{EDM}EntityContainer")
    reached: set[str] = set()
    waiting = [
        model.entity_type(one.attrib.get("EntityType") or one.attrib["Type"]) for one in container
    ]
    while waiting:
        entity_type = waiting.pop()
        if entity_type.name not in reached:
            reached.add(entity_type.name)
            waiting += [model.entity_type(one.type) for one in entity_type.navigations]
            # What leads to a type leads to those that derive from it.
            waiting += [one for one in model.entity_types if one.base is entity_type]
    assert reached >= {one.name for one in model.entity_types if not one.abstract}


@MODELS
@pytest.mark.inferred("metadata.csdl")
def test_actions_are_bound_to_an_entity(model: EntityModel) -> None:
    entity_types = {one.name for one in model.entity_types}
    for action in _schema(model).iter(f"{EDM}Action"):
        first = action.find(f"{EDM}Parameter")
        assert first is not None
        assert (action.attrib["IsBound"], first.attrib["Type"] in entity_types) == ("true", True)
        assert action.attrib["EntitySetPath"] == first.attrib["Name"]


@MODELS
@pytest.mark.inferred("metadata.json")
def test_json_says_what_xml_says(model: EntityModel) -> None:
    """Every element has its member, with the same type and nullability."""
    schema, members = _schema(model), _json_schema(model)
    assert list(members) == list(dict.fromkeys(one.attrib["Name"] for one in schema))
    for element, path in _below(schema):
        member: Any = members
        for name in path:
            member = member[0] if isinstance(member, list) else member[name]
        if element.tag in (f"{EDM}Property", f"{EDM}NavigationProperty"):
            type_ = element.attrib["Type"]
            assert member.get("$Type", "Edm.String") == _item(type_)
            assert member.get("$Collection", False) == type_.startswith("Collection(")
        if element.tag == f"{EDM}Property":
            assert member.get("$Nullable", False) == ("Nullable" not in element.attrib)
            assert f"@{csdl.COMPUTED}" in member or not list(element)
        if element.tag == f"{EDM}Member":
            assert member == int(element.attrib["Value"])


def _below(schema: ET.Element) -> Iterator[tuple[ET.Element, tuple[str, ...]]]:
    for element in schema:
        if element.tag != f"{EDM}Action":
            for part in element:
                if "Name" in part.attrib:
                    yield part, (element.attrib["Name"], part.attrib["Name"])


@pytest.mark.inferred("metadata.json")
def test_overloads() -> None:
    overloads = _json_schema(SHOP)["Paint"]
    assert [one["$Parameter"][0]["$Type"] for one in overloads] == ["Shop.Part", "Shop.Thing"]
    assert [one["$ReturnType"] for one in overloads] == [
        {"$Type": "Shop.Part"},
        {"$Collection": True},
    ]
    assert SHOP.actions_on(PART) == SHOP.actions
    assert SHOP.actions_on(THING) == SHOP.actions[1:]


@pytest.mark.inferred("metadata.document")
def test_kept_file() -> None:
    assert metadata.FILE.read_text("utf-8") == metadata.document()
