"""Parameters of every form, and the types that they are taken for."""

import base64
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given as given_
from hypothesis import strategies as st

from afterlook.csom.errors import InvalidClientQuery, WrongFormat
from afterlook.csom.values import read_date_time, read_literal
from tests.csom.sample import (
    ALL,
    PART_ID,
    SERVICE_PATH,
    SPECIAL_ID,
    THING_ID,
    THING_PATH,
    answer,
    assign,
    call,
    given,
    query,
    written,
)

OFFSETS = st.integers(-14 * 60, 14 * 60)

pytestmark = pytest.mark.observed("csom.parameters")

BOTH = SERVICE_PATH + THING_PATH


def spelt(minutes: int) -> str:
    """Return an offset as it is written."""
    hours, rest = divmod(abs(minutes), 60)
    return f"{'-' if minutes < 0 else '+'}{hours:02}:{rest:02}"


def rendered(name: str, parameter: str) -> Any:
    """Set a property of a thing; return what it holds then."""
    return answer(assign(1, name, parameter) + query(1), BOTH)[name]


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("Null", "", None),
        ("String", "", ""),
        ("String", " a ", " a "),
        ("Unspecified", "a", "a"),
        ("Char", "a", "a"),
        ("TimeSpan", "1.00:00:00", "1.00:00:00"),
        ("Number", "1.5", 1.5),
        ("Number", "-1", -1),
        ("Number", "1e3", 1000.0),
        ("Int16", "-7", -7),
        ("Int64", "9007199254740993", 9007199254740993),
        ("Byte", "255", 255),
        ("Enum", "2", 2),
        ("Decimal", "0.25", 0.25),
        ("Boolean", "true", True),
        ("Boolean", "False", False),
        ("Boolean", "1", True),
        (
            "Guid",
            "{2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa}",
            UUID("2c0bbf6e-4e0e-4f37-9d3c-7d7e7dd0f4aa"),
        ),
        ("Base64Binary", "AQ\nID", b"\x01\x02\x03"),
    ],
)
def test_literals(type_: str, text: str, value: object) -> None:
    assert read_literal(type_, text) == value
    assert type(read_literal(type_, text)) is type(value)


def test_a_number_that_is_none() -> None:
    assert read_literal("Number", "NaN") != read_literal("Number", "NaN")


@pytest.mark.parametrize(
    ("type_", "text"),
    [
        ("Number", "one"),
        ("Number", "1_0"),
        ("Number", "\u0661"),
        ("Int32", "1.5"),
        ("Int64", "9" * 20),
        ("Boolean", "yes"),
        ("Guid", "1"),
        ("Base64Binary", "A"),
        ("DateTime", ""),
        ("DateTime", "tomorrow"),
        ("DateTime", "2013-02-30"),
        ("DateTime", "2013-13-01T00:00:00Z"),
        ("DateTime", "2013-01-01T25:00:00Z"),
        ("DateTime", "0000-01-01T00:00:00"),
        ("DateTime", "2013-01-02T00:00:00+15:00"),
        ("DateTime", "2013-01-02T00:00:00+14:01"),
        ("DateTime", "2013-01-02T00:00:00+01:60"),
    ],
)
def test_literals_that_are_none(type_: str, text: str) -> None:
    with pytest.raises(WrongFormat):
        read_literal(type_, text)


def test_types_that_are_none() -> None:
    with pytest.raises(InvalidClientQuery, match="'Colour'"):
        read_literal("Colour", "red")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        (
            "2011-11-17T23:34:52.370-08:00",
            datetime(2011, 11, 18, 7, 34, 52, 370_000, tzinfo=UTC),
        ),
        ("1970-01-01T00:00:00.000Z", datetime(1970, 1, 1, tzinfo=UTC)),
        ("2013-01-02T00:00:00.000", datetime(2013, 1, 2)),  # noqa: DTZ001
        ("2013-01-02T03:04:05.1234567Z", datetime(2013, 1, 2, 3, 4, 5, 123_456, tzinfo=UTC)),
        ("2013-01-02T03:04Z", datetime(2013, 1, 2, 3, 4, tzinfo=UTC)),
        ("2013-01-02", datetime(2013, 1, 2)),  # noqa: DTZ001
    ],
)
def test_dates_of_three_kinds(text: str, moment: datetime) -> None:
    assert read_date_time(text) == moment
    assert (read_date_time(text).tzinfo is None) is (moment.tzinfo is None)


@pytest.mark.parametrize(
    ("name", "parameter", "value"),
    [
        ("Title", given("String", "a &amp; b"), "a & b"),
        ("Title", given("String", "a<!-- no -->b"), "ab"),
        ("Title", given("String", "<![CDATA[<b>]]>"), "<b>"),
        ("Title", given("Null"), None),
        ("Count", given("Number", "3"), 3),
        ("Count", given("Number", "3.0"), 3),
        ("Count", given("Int32", "-3"), -3),
        ("Count", given("Number", str(-(2**31))), -(2**31)),
        ("Size", given("Number", str(2**32 - 1)), 2**32 - 1),
        ("IsDone", given("Boolean", "true"), True),
        ("Colour", given("Enum", "1"), 1),
        ("Colour", given("Number", "7"), 7),
        ("Tags", given("Array"), []),
        ("Tags", given("Null"), None),
        (
            "Tags",
            given("Array", '<Object Type="String">a</Object><Object Type="Null" />'),
            ["a", None],
        ),
        ("Numbers", given("Array", '<Object Type="Number">1</Object>'), [1]),
    ],
)
def test_properties_of_every_type(name: str, parameter: str, value: object) -> None:
    assert rendered(name, parameter) == value


@pytest.mark.parametrize(
    ("type_", "text", "value"),
    [
        ("Number", "1", "1"),
        ("Number", "-1.5", "-1.5"),
        ("Number", "1e3", "1000"),
        ("Number", "1e21", "1E+21"),
        ("Number", "0.00001", "1E-05"),
        ("Number", "NaN", "NaN"),
        ("Int64", "9007199254740993", "9007199254740993"),
        ("Decimal", "0.25", "0.25"),
        ("Byte", "7", "7"),
        ("Boolean", "true", "True"),
        ("Boolean", "0", "False"),
    ],
)
def test_text_of_numbers_and_truths(type_: str, text: str, value: str) -> None:
    """Where text is wanted they are taken by their text in no culture."""
    assert rendered("Title", given(type_, text)) == value
    item = f'<Object Type="{type_}">{text}</Object>'
    assert rendered("Tags", given("Array", item)) == [value]


def test_a_date_that_has_yet_to_be_set_is_the_first_of_all() -> None:
    first = r'"When":"\/Date(1,0,1,0,0,0,0)\/"'
    assert first in written(query(1), THING_PATH)
    assert first in written(assign(1, "When", given("Null")) + query(1), THING_PATH)


def test_a_space_before_the_name_of_a_property() -> None:
    """As in the document's own example 4.1."""
    assert answer(assign(1, " Count", given("Number", "3")) + query(1), BOTH)["Count"] == 3


@pytest.mark.parametrize(
    ("name", "parameter"),
    [
        ("Title", given("Array")),
        ("Title", given("Dictionary")),
        ("Title", given("Base64Binary", "AQID")),
        ("Title", '<Parameter ObjectPathId="1" />'),
        ("Count", given("String", "1")),
        ("Count", given("Number", "1.5")),
        ("Count", given("Number", "NaN")),
        ("Count", given("Number", str(2**31))),
        ("Count", given("Boolean", "true")),
        ("Size", given("Number", "-1")),
        ("IsDone", given("Number", "1")),
        ("When", given("String", "2013-01-02")),
        ("Key", given("String", "a")),
        ("Tags", given("String", "a")),
        ("Other", given("String", "a")),
        ("Other", '<Parameter ObjectPathId="0" />'),
    ],
)
def test_values_of_another_type(name: str, parameter: str) -> None:
    with pytest.raises(WrongFormat) as refused:
        rendered(name, parameter)
    assert refused.value.type_name == "System.FormatException"


@pytest.mark.parametrize(("name", "otherwise"), [("Count", 0), ("IsDone", False), ("Title", None)])
def test_null_is_the_default_of_a_type_that_does_not_have_it(name: str, otherwise: object) -> None:
    assert rendered(name, given("Null")) == otherwise


@pytest.mark.parametrize(
    "parameter",
    [
        "<Parameter />",
        '<Parameter Type="String" ObjectPathId="1" />',
        f'<Parameter Type="String" TypeId="{THING_ID}" />',
        given("String", '<Object Type="String" />'),
        given("Array", '<Property Name="a" Type="String" />'),
        given("Dictionary", '<Object Type="String" />'),
        f'<Parameter TypeId="{THING_ID}"><Object Type="Null" /></Parameter>',
        f'<Parameter TypeId="{PART_ID}" />',
        f'<Parameter TypeId="{THING_ID}"><Property Name="X" Type="Null" /></Parameter>',
        f'<Parameter TypeId="{THING_ID}"><Property Name="Made" Type="Null" /></Parameter>',
        f'<Parameter TypeId="{PART_ID.replace("e", "f")}" />',
        '<Parameter ObjectPathId="99" />',
        given("Binary", ""),
    ],
)
def test_parameters_of_no_form(parameter: str) -> None:
    with pytest.raises(InvalidClientQuery):
        rendered("Other", parameter)


def test_an_object_that_is_sent_whole() -> None:
    whole = (
        f'<Parameter TypeId="{SPECIAL_ID}"><Property Name="Title" Type="String">s</Property>'
        f'<Property Name="Other" TypeId="{THING_ID}"><Property Name="Count" Type="Number">2'
        "</Property></Property></Parameter>"
    )
    names = ALL.replace("<Properties />", '<Properties><Property Name="Other" /></Properties>')
    assert answer(call("Copy", whole), BOTH)["Title"] == "s"
    other = answer(assign(1, "Other", whole) + query(1, names), BOTH)["Other"]
    assert other["_ObjectType_"] == "Sample.Special"


def test_an_array_of_objects() -> None:
    two = given("Array", f'<Object ObjectPathId="1" /><Object TypeId="{THING_ID}" />')
    actions = assign(1, "Title", given("String", "one")) + call("Titles", two)
    assert answer(actions, BOTH) == ["one", None]


@pytest.mark.parametrize(
    "item", ['<Object ObjectPathId="0" />', '<Object Type="Number">1</Object>']
)
def test_an_array_of_other_objects(item: str) -> None:
    with pytest.raises(WrongFormat):
        answer(call("Titles", given("Array", item)), BOTH)


@pytest.mark.parametrize(
    ("parameters", "taken"),
    [("abc", ["a", "b", "c"]), ("ac", ["a", None, "c"])],
)
def test_rows_of_parameters(parameters: str, taken: list[str | None]) -> None:
    assert answer(call("Options", *(given("String", text) for text in parameters)), BOTH) == taken


@pytest.mark.parametrize("count", [0, 1, 4, 1000])
def test_a_row_of_another_length(count: int) -> None:
    with pytest.raises(InvalidClientQuery, match=f'"Options" does not take {count} parameters'):
        answer(call("Options", *[given("String")] * count), BOTH)


@given_(st.datetimes(), OFFSETS)
def test_a_date_keeps_the_clock_that_it_was_written_by(moment: datetime, minutes: int) -> None:
    """The first and the last of all dates too, whose instants there are no names for."""
    ahead = timedelta(minutes=minutes)
    text = f"{moment.isoformat()}{spelt(minutes)}"
    result = read_date_time(text)
    assert (result.replace(tzinfo=None), result.utcoffset()) == (moment, ahead)
    parameter = given("DateTime", text)
    since = (moment - datetime(1970, 1, 1) - ahead) // timedelta(milliseconds=1)  # noqa: DTZ001
    rendered = written(assign(1, "When", parameter) + query(1), THING_PATH)
    assert f'"When":"\\/Date({since})\\/"' in rendered


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("2011-11-17T23:34:52.370-08:00", r'"\/Date(1321601692370)\/"'),
        ("1970-01-01T00:00:00.000Z", r'"\/Date(0)\/"'),
        ("2011-11-23T00:00:00.000", r'"\/Date(2011,10,23,0,0,0,0)\/"'),
        ("0001-01-01T00:00:00", r'"\/Date(1,0,1,0,0,0,0)\/"'),
    ],
)
def test_a_date_comes_back_as_what_it_was(text: str, spelt: str) -> None:
    assert f'"When":{spelt}' in written(
        assign(1, "When", given("DateTime", text)) + query(1), THING_PATH
    )


def test_a_million_characters_come_back() -> None:
    assert rendered("Title", given("String", "é" * 1_000_000)) == "é" * 1_000_000


def test_ninety_thousand_items() -> None:
    many = given("Array", '<Object Type="Number">1</Object>' * 60_000)
    assert answer(call("Sum", many), BOTH) == 60_000


def test_base64_with_what_is_no_alphabet() -> None:
    with pytest.raises(WrongFormat):
        read_literal("Base64Binary", base64.b64encode(b"a").decode() + "!")
