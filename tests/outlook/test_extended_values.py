"""The values of extended properties: those that a type has, and those that it refuses."""

import pytest

from tests.support.extended import (
    COLOR,
    KINDS,
    MULTI,
    PALETTE,
    SET,
    SINGLE,
    SIZE,
    both,
    create_entity,
    properties,
    read_properties,
)
from tests.support.outlook import Json, everything, expect_refusal
from tests.support.wire import Mailbox

RIGHT = {
    "Integer": ["0", "-2147483648", "2147483647", "+7"],
    "Long": ["9007199254740993", "-9223372036854775808", "9223372036854775807"],
    "Short": ["-1", "-32768", "32767"],
    "Double": ["0", "-1.5", "1e5", "2.5E-3", ".5", "1.", "1.7976931348623157E+308"],
    "Float": ["-1.5", "3.4028235E+38", "1e-50"],
    "ApplicationTime": ["42486.5"],
    "Currency": ["9223372036854775807", "-9223372036854775808", "12.3456"],
    "Boolean": ["true", "False", "TRUE"],
    "String": ["", " ", "Zoë 😀", "'", "x" * 10_000],
    "SystemTime": ["2016-04-26T10:00:00Z", "4501-01-01T00:00:00", "2016-04-26T10:00:00.1+02:00"],
    "CLSID": [SET, SET.upper(), SET.strip("{}")],
    "Binary": ["AQID", "", "AQ==", "+/+/"],
}
WRONG = {
    "Integer": [
        *("", "x", "1.5", "1e3", "0x10", "1_000", " 1", "\u0665", "--1", "9" * 5000),
        *("2147483648", "-2147483649", "99999999999"),
    ],
    "Long": ["", "1.0", "9223372036854775808", "-9223372036854775809"],
    "Short": ["true", "99999", "32768", "-32769"],
    "Double": ["", "x", ".", "e5", "1,5", "nan", "inf", "-Infinity", "1e999", "1_0", "0x1p3"],
    "Float": ["", "x", "3.5e38", "-1e39", "nan"],
    "ApplicationTime": ["", "2016-04-26", "1e999"],
    "Currency": ["", "x", "9223372036854775808", "$5", "1e30"],
    "Boolean": ["", "yes", "1", "0", "truee"],
    "SystemTime": [
        *("", "tomorrow", "2016-02-30", "2016-04-26T25:00:00Z", "26.04.2016", "1461664800"),
        *(" 2016-04-26", "0001-01-01T00:00:00+14:00", "2016-04-26T10:00:00 Europe/Berlin"),
    ],
    "CLSID": ["", "x", SET[:-1], SET[1:], SET.replace("-", ""), f"({SET})", f"{SET}\n"],
    "Binary": ["###", "A", "AQI", "AQID=", "AQ=ID", "Größe", "_-_-", "AQ ID"],
}
ARRAYS = {
    SINGLE: [{"PropertyId": PALETTE, "Value": "Red"}],
    MULTI: [{"PropertyId": COLOR, "Value": ["Red"]}],
}
SHAPES: list[Json] = [
    {SINGLE: None},
    {SINGLE: "x"},
    {SINGLE: {"PropertyId": COLOR, "Value": "Red"}},
    {SINGLE: ["x"]},
    {SINGLE: [{"Value": "Red"}]},
    {SINGLE: [{"PropertyId": None, "Value": "Red"}]},
    {SINGLE: [{"PropertyId": COLOR, "Value": 1}]},
    {SINGLE: [{"PropertyId": COLOR, "Value": ["Red"]}]},
    {SINGLE: [{"PropertyId": COLOR, "Valu": "Red"}]},
    {SINGLE: [{"id": COLOR, "value": "Red"}]},
    {MULTI: [{"PropertyId": PALETTE, "Value": "Red"}]},
    {MULTI: [{"PropertyId": PALETTE, "Value": ["Red", None]}]},
    {MULTI: [{"PropertyId": PALETTE, "Value": ["Red", 1]}]},
]


def pairs(of: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return each value with its type."""
    return [(type_, value) for type_, given in of.items() for value in given]


def unmoved(me: Mailbox, kind: str, body: Json, code: str) -> None:
    """Expect that neither POST nor PATCH takes a body, and that nothing comes of either."""
    address = create_entity(me, kind, "x", {COLOR: "Green", SIZE: "1"})
    before = everything(me)
    expect_refusal(me.post(kind, {KINDS[kind]: "y", **body}), 400, code)
    expect_refusal(me.patch(address, {KINDS[kind]: "y", **body}), 400, code)

    assert everything(me) == before
    assert read_properties(me, address, COLOR, SIZE) == {COLOR: "Green", SIZE: "1"}


@pytest.mark.inferred("extended.values")
@pytest.mark.in_process
@pytest.mark.parametrize(("type_", "value"), pairs(RIGHT))
def test_values_come_back_as_they_were(me: Mailbox, type_: str, value: str) -> None:
    """Text for text, alone and among several."""
    one, many = f"{type_} {SET} Name x", f"{type_}Array {SET} Name x"
    address = create_entity(me, "tasks", "x", {one: value, many: [value, value]})

    assert read_properties(me, address, one) == {one: value}
    assert read_properties(me, address, many) == {many: [value, value]}


@pytest.mark.inferred("extended.values")
@pytest.mark.once
@pytest.mark.parametrize(("type_", "value"), pairs(WRONG))
def test_values_of_another_type(me: Mailbox, type_: str, value: str) -> None:
    """Alone and among several; what stands before them in the body is not kept either."""
    one = properties({COLOR: "Red", f"{type_} {SET} Id 1": value})
    unmoved(me, "tasks", one, "ErrorInvalidRequest")
    several = properties({COLOR: "Red", f"{type_}Array {SET} Id 1": [value]})
    expect_refusal(me.post("tasks", several), 400, "ErrorInvalidRequest", type_)


@pytest.mark.inferred("extended.values")
@pytest.mark.once
@both
@pytest.mark.parametrize("member", ARRAYS)
def test_in_the_wrong_list(me: Mailbox, kind: str, member: str) -> None:
    """Array types are for the multi-valued ones, and only for those."""
    unmoved(me, kind, {member: ARRAYS[member]}, "ErrorInvalidRequest")


@pytest.mark.inferred("extended.values")
@pytest.mark.once
@pytest.mark.parametrize("body", SHAPES)
def test_other_shapes(me: Mailbox, body: Json) -> None:
    """A property is an object of PropertyId and Value, in a list."""
    missing = body == {SINGLE: [{"Value": "Red"}]}
    unmoved(me, "tasks", body, "ErrorInvalidRequest" if missing else "RequestBodyRead")


@pytest.mark.inferred("extended.values")
@pytest.mark.once
@pytest.mark.parametrize(("member", "type_"), [(SINGLE, "Single"), (MULTI, "Multi")])
def test_unknown_members(me: Mailbox, member: str, type_: str) -> None:
    """They are named with the type that lacks them."""
    body = {member: [{"PropertyId": COLOR, "Worth": "Red"}]}
    owner = f"{type_}ValueLegacyExtendedProperty"
    expect_refusal(me.post("tasks", body), 400, "RequestBodyRead", "'Worth'", owner)
