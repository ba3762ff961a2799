"""Attached items are held against Message, Event and Contact as `$metadata` declares them."""

import pytest

from afterlook.errors import BadRequest
from afterlook.odata import conformance
from afterlook.odata.edm import CollectionType, EdmType, EnumType, StructuredType
from afterlook.outlook.edm import ITEM
from afterlook.outlook.itemtypes import ITEMS
from afterlook.outlook.model import MODEL
from tests.outlook.attaching import listed, new_task
from tests.support.attachments import SPACE, item
from tests.support.outlook import Json, expect_refusal
from tests.support.wire import Mailbox


@pytest.mark.inferred("v2.items-validated")
@pytest.mark.once
@pytest.mark.parametrize("kind", ["Message", "Event", "Contact"])
@pytest.mark.parametrize(
    ("members", "word"),
    [
        ({"Subjekt": "x"}, "'Subjekt'"),
        ({"categories": []}, "'categories'"),
        ({"Categories": "x"}, "Collection(Edm.String)"),
        ({"Categories": [1]}, "Edm.String"),
        ({"CreatedDateTime": "2016-02-30T00:00:00Z"}, "Edm.DateTimeOffset"),
        ({"SingleValueExtendedProperties": [{"Name": "x"}]}, "'Name'"),
    ],
)
def test_items_of_no_kind(me: Mailbox, kind: str, members: Json, word: str) -> None:
    task = new_task(me)
    response = me.post(f"{task}/attachments", item("x", kind, **members))
    expect_refusal(response, 400, "RequestBodyRead", word)
    assert listed(me, task) == []


def members() -> list[tuple[str, str, EdmType]]:
    """Return every member of the three, with its type."""
    return [(type_.short_name, part.name, part.type) for type_ in ITEMS for part in type_]


@pytest.mark.parametrize(("kind", "name", "type_"), members())
def test_every_member_of_an_item(kind: str, name: str, type_: EdmType) -> None:
    """Takes what is of its type, and refuses what is not."""
    entity = {"@odata.type": f"#{SPACE}.{kind}"}
    conformance.check(entity | {name: sample(type_)}, ITEM, MODEL)
    for wrong in (5 if type_.name == "Edm.String" else "x", {"x": 1}, [{"x": 1}], True):
        if (wrong is True and type_.name == "Edm.Boolean") or wrong == sample(type_):
            continue
        with pytest.raises(BadRequest):
            conformance.check(entity | {name: wrong}, ITEM, MODEL)


def sample(type_: EdmType) -> object:
    """Return a value of a type."""
    if isinstance(type_, CollectionType):
        return [sample(type_.item)]
    if isinstance(type_, StructuredType):
        return {part.name: sample(part.type) for part in type_}
    if isinstance(type_, EnumType):
        return type_.members[-1]
    return {
        "Edm.String": "x",
        "Edm.Boolean": False,
        "Edm.Int32": 15.0,
        "Edm.Double": 1.5,
        "Edm.Date": "2016-04-25",
        "Edm.DateTimeOffset": "2016-04-25T08:00:00.5+01:00",
    }[type_.name]
