"""The names of extended properties: many spellings of one property."""

import pytest

from tests.support.extended import (
    COLOR,
    MULTI,
    PALETTE,
    SET,
    SINGLE,
    SIZE,
    create_entity,
    entity,
    expansion,
    properties,
    query,
    read_properties,
)
from tests.support.outlook import expect_refusal, subjects
from tests.support.wire import Mailbox

BARE = SET.strip("{}")
SPELLINGS = {
    COLOR: [
        f"string {SET} Name Color",
        f"STRING {SET.upper()} name Color",
        f"String {BARE} NAME Color",
        f"  String  {BARE.upper()}   Name   Color ",
    ],
    SIZE: [
        f"integer {SET} id 0x8012",
        f"Integer {BARE} Id 32786",
        f"INTEGER {SET.upper()} ID 0X00008012",
        f"Integer {SET} Id 032786",
    ],
    "String 0x4001": ["string 0x4001", "STRING 0X4001", "String 0x00004001"],
    "Integer 0xe07": ["Integer 0x0E07", "integer 0xe07"],
}
CASES = [(name, spelling) for name, spellings in SPELLINGS.items() for spelling in spellings]
MALFORMED = [
    "",
    "Color",
    "String",
    f"{SET} Name Color",
    f"String {SET}",
    f"String {SET} Color",
    f"String {SET} Name",
    f"String {SET} Name  ",
    f"Text {SET} Name Color",
    f"Array {SET} Name Color",
    f"String {{{BARE[:-1]}}} Name Color",
    f"String {{{BARE[:-1]}g}} Name Color",
    f"Integer {SET} Id",
    f"Integer {SET} Id x8012",
    f"Integer {SET} Id 0x",
    f"Integer {SET} Id 0x1FFFFFFFF",
    f"Integer {SET} Id -1",
    f"Integer {SET} Id \u0665",
    "String 4001",
    "String 0x4001 Name Color",
    f"String {SET} Name {'x' * 600}",
    f"String {SET} Name a\nb",
]


def value(name: str) -> str:
    """Return a value of the type that a name begins with."""
    return "7" if name.lower().strip().startswith("integer") else "Green"


@pytest.mark.observed("extended.names")
@pytest.mark.once
@pytest.mark.parametrize("name", SPELLINGS)
def test_every_form(me: Mailbox, name: str) -> None:
    """By name, by id and by property tag."""
    address = create_entity(me, "tasks", "x", {name: value(name)})

    assert read_properties(me, address, name) == {name: value(name)}


@pytest.mark.inferred("extended.spelling")
@pytest.mark.in_process
@pytest.mark.parametrize(("name", "spelling"), CASES)
def test_one_property_in_every_spelling(me: Mailbox, name: str, spelling: str) -> None:
    """Written, expanded, filtered and taken away by any of them, shown by one."""
    address = create_entity(me, "tasks", "x", {spelling: value(name)})
    condition = f"{SINGLE}/Any(ep: ep/PropertyId eq '{spelling}')"

    assert (
        read_properties(me, address, name)
        == read_properties(me, address, spelling)
        == {name: value(name)}
    )
    assert subjects(me.get(query("tasks", filter=condition))) == ["x"]
    me.patch(address, properties({spelling: None}))
    assert read_properties(me, address, name) == {}


@pytest.mark.observed("extended.names")
def test_names_have_a_case(me: Mailbox) -> None:
    """Two that differ in it are two properties."""
    lower = COLOR.replace("Color", "color")
    address = create_entity(me, "tasks", "x", {COLOR: "Green", lower: "Red"})
    condition = f"{SINGLE}/any(ep:ep/PropertyId eq '{lower}' and ep/Value eq 'Green')"

    assert read_properties(me, address, COLOR) == {COLOR: "Green"}
    assert read_properties(me, address, lower) == {lower: "Red"}
    assert subjects(me.get(query("tasks", filter=condition))) == []


@pytest.mark.inferred("extended.spelling")
@pytest.mark.in_process
@pytest.mark.parametrize("name", ["O'Neill's", "a, b; (c)", "Größe 😀", "100%_x", "eq 'y' or"])
def test_any_characters_in_a_name(me: Mailbox, name: str) -> None:
    """Those too that mean something in a URL or in an expression."""
    spelt = f"String {SET} Name {name}"
    address = create_entity(me, "tasks", "x", {spelt: "Green"})

    assert read_properties(me, address, spelt) == {spelt: "Green"}


@pytest.mark.inferred("extended.spelling")
def test_the_last_of_two_spellings_in_a_body_counts(me: Mailbox) -> None:
    """They are one property."""
    address = create_entity(
        me, "tasks", "x", {COLOR: "Green", COLOR.upper()[:6] + COLOR[6:]: "Red"}
    )

    assert read_properties(me, address, COLOR) == {COLOR: "Red"}


@pytest.mark.inferred("extended.values")
@pytest.mark.once
@pytest.mark.parametrize("name", MALFORMED)
def test_what_is_no_name(me: Mailbox, name: str) -> None:
    """Neither in a body, nor in `$expand` or `$filter`."""
    address = create_entity(me, "tasks", "x", {})
    body = {SINGLE: [{"PropertyId": name, "Value": "1"}]}
    condition = f"{SINGLE}/any(ep:ep/PropertyId eq '{name}')"

    expect_refusal(me.post("tasks", body), 400, "ErrorInvalidRequest", name.strip()[:20])
    expect_refusal(me.patch(address, body), 400, "ErrorInvalidRequest")
    for option in (query(address, expand=expansion(name)), query("tasks", filter=condition)):
        expect_refusal(me.get(option), 400, "ErrorInvalidUrlQueryFilter")


@pytest.mark.inferred("extended.only-owners")
def test_each_kind_shows_only_its_own(me: Mailbox) -> None:
    """A name of the other kind is one that nothing has."""
    address = create_entity(me, "tasks", "x", {COLOR: "Green", PALETTE: ["Red"]})

    assert SINGLE not in entity(me, address, expand=expansion(PALETTE))
    assert MULTI not in entity(me, address, expand=expansion(COLOR, of=MULTI))
