"""Extended properties as tests write, ask for and read them."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import pytest

from tests.support.outlook import Json, key, subjects
from tests.support.wire import Mailbox

SINGLE, MULTI = "SingleValueExtendedProperties", "MultiValueExtendedProperties"
SET = "{00020329-0000-0000-c000-000000000046}"
COLOR = f"String {SET} Name Color"
SHAPE = f"String {SET} Name Shape"
SIZE = f"Integer {SET} Id 0x8012"
PALETTE = f"StringArray {SET} Name Palette"
TAGS = f"StringArray {SET} Name Tags"
KINDS = {"tasks": "Subject", "taskfolders": "Name"}
"""The collections whose entities have extended properties, and what names an entity there."""
both = pytest.mark.parametrize("kind", KINDS)


def properties(values: Mapping[str, object]) -> Json:
    """Return what a body says to write properties; those of array types are multi-valued."""
    body: Json = {}
    for name, value in values.items():
        is_multi = name.split()[0].lower().endswith("array")
        body.setdefault(MULTI if is_multi else SINGLE, []).append(
            {"PropertyId": name, "Value": value}
        )
    return body


def create_entity(me: Mailbox, kind: str, title: str, values: Mapping[str, object]) -> str:
    """Create an entity with properties; return its address."""
    return f"{kind}('{key(me.create(kind, {KINDS[kind]: title, **properties(values)}))}')"


def expansion(*names: str, of: str = SINGLE) -> str:
    """Return the `$expand` of properties by their names."""
    equal = (f"PropertyId eq '{name.replace(chr(39), chr(39) * 2)}'" for name in names)
    return f"{of}($filter={' or '.join(equal)})"


def query(address: str, **options: str) -> str:
    """Return an address with query options."""
    return address + "?" + "&".join(f"${name}={quote(text)}" for name, text in options.items())


def entity(me: Mailbox, address: str, **options: str) -> Json:
    """Get one entity."""
    response = me.get(query(address, **options))
    assert response.status_code == 200, response.text
    return dict(response.json())


def read_properties(me: Mailbox, address: str, *names: str) -> dict[str, Any]:
    """Return the properties of an entity that it has of these, by name."""
    of = MULTI if "Array" in names[0] else SINGLE
    items = entity(me, address, expand=expansion(*names, of=of)).get(of, [])
    assert all(list(item) == ["PropertyId", "Value"] for item in items)
    return {item["PropertyId"]: item["Value"] for item in items}


WEIGHT = f"Double {SET} Name Weight"
THINGS: dict[str, dict[str, object]] = {
    "apple": {COLOR: "Green", SHAPE: "Round", SIZE: "5", WEIGHT: "1.5"},
    "book": {COLOR: "dark_green", SIZE: "-7", WEIGHT: "15e-1"},
    "cup": {COLOR: "ÉCRU 100%", SIZE: "10", WEIGHT: "-0.25"},
    "door": {COLOR: "", SHAPE: "Square"},
    "egg": {},
}
IS_COLOR = f"ep/PropertyId eq '{COLOR}'"


def found(me: Mailbox, condition: str, address: str = "tasks") -> str:
    """Return the initials of the tasks that a filter finds."""
    response = me.get(query(address, filter=condition, orderby="Subject"))
    return "".join(subject[0] for subject in subjects(response))


def having(condition: str) -> str:
    """Return a filter for what has a property that meets a condition."""
    return f"{SINGLE}/any(ep:{condition})"
