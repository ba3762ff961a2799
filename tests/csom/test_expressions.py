"""Conditions, and queries on items."""

from typing import Any

import pytest

from afterlook.csom.errors import (
    FieldOrPropertyNotFound,
    InvalidClientQuery,
    NullObject,
    SchemaViolation,
)
from tests.csom.sample import (
    ALL,
    FALSE,
    SERVICE_PATH,
    SPECIAL_ID,
    THING_ID,
    THING_PATH,
    TRUE,
    answer,
    assign,
    call,
    conditional,
    given,
    instantiate,
    method,
    pairs,
    query,
)

pytestmark = pytest.mark.observed("csom.expressions")

BOTH = SERVICE_PATH + THING_PATH
X = '<ExpressionParameter Name="x" />'
LIST = method(3, "List") + SERVICE_PATH
ITEMS = "<QueryableObject />"
OTHER = (
    '<ExpressionProperty Name="Other"><ExpressionConstant ObjectPathId="1" /></ExpressionProperty>'
)
NUL = '<ExpressionConstant Type="Null" />'


def number(value: float | str) -> str:
    return f'<ExpressionConstant Type="Number">{value}</ExpressionConstant>'


def text(value: str) -> str:
    return f'<ExpressionConstant Type="String">{value}</ExpressionConstant>'


def of(name: str, inner: str = X) -> str:
    return f'<ExpressionProperty Name="{name}">{inner}</ExpressionProperty>'


def on_path(name: str) -> str:
    return of(name, '<ExpressionConstant ObjectPathId="1" />')


def lambda_of(body: str) -> str:
    return f'<Test><Parameters><Parameter Name="x" /></Parameters><Body>{body}</Body></Test>'


def holds(body: str, actions: str = "") -> bool:
    matches_: dict[int, Any] = dict(pairs(actions + conditional(body), BOTH))
    return bool(matches_[60]["Test"])


def both(name: str, left: str, right: str) -> str:
    return f"<{name}>{left}{right}</{name}>"


def test_one_branch_is_done() -> None:
    scope = conditional(TRUE, instantiate(1, 70), instantiate(1, 71))
    assert pairs(scope, BOTH) == [(60, {"Test": True}), (70, {"IsNull": False})]
    assert pairs(scope.replace(TRUE, FALSE), BOTH) == [
        (60, {"Test": False}),
        (71, {"IsNull": False}),
    ]


@pytest.mark.parametrize(
    ("body", "result"),
    [
        (both("AND", TRUE, FALSE), False),
        (both("AND", TRUE, TRUE), True),
        (both("OR", FALSE, TRUE), True),
        (both("OR", FALSE, FALSE), False),
        (f"<NOT>{FALSE}</NOT>", True),
        (both("EQ", number(1), number("1.0")), True),
        (both("EQ", text("a"), text("A")), False),
        (both("NE", text("1"), number(1)), True),
        (both("LT", number(1), number(2)), True),
        (both("LT", number(1), number(1)), False),
        (both("GT", number(1), number(1)), False),
        (both("GE", number(1), number(2)), False),
        (both("GE", number(1), number(1)), True),
        (both("LE", number(2), number(1)), False),
        (both("LE", number(1), number(1)), True),
        (both("GT", text("b"), text("a")), True),
        (both("LE", NUL, number(1)), False),
        (both("EQ", NUL, NUL), True),
        (both("EQ", on_path("Title"), text("x")), True),
        (both("EQ", on_path("Count"), number(0)), True),
        (both("EQ", OTHER, NUL), True),
        # What stands on the right of a decided AND or OR is not looked at.
        (both("AND", both("NE", OTHER, NUL), both("EQ", of("Title", OTHER), NUL)), False),
        (both("OR", both("EQ", OTHER, NUL), both("EQ", of("Title", OTHER), NUL)), True),
        (f'<ExpressionConvert Type="x">{TRUE}</ExpressionConvert>', True),
        (
            (
                f'<ExpressionTypeIs TypeId="{THING_ID}"><ExpressionConstant ObjectPathId="1" />'
                "</ExpressionTypeIs>"
            ),
            True,
        ),
        (f'<ExpressionTypeIs Type="Sample.Thing">{TRUE}</ExpressionTypeIs>', False),
        (
            both(
                "LT",
                '<ExpressionConstant Type="DateTime">2013-01-01</ExpressionConstant>',
                '<ExpressionConstant Type="DateTime">2013-01-02T00:00:00Z</ExpressionConstant>',
            ),
            True,
        ),
    ],
)
def test_conditions(body: str, result: bool) -> None:
    assert holds(body, assign(1, "Title", given("String", "x"))) is result


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (number(1), InvalidClientQuery),
        (both("AND", TRUE, number(1)), InvalidClientQuery),
        (f"<NOT>{number(1)}</NOT>", InvalidClientQuery),
        (both("LT", number(1), text("a")), InvalidClientQuery),
        (of("Title", OTHER), NullObject),
        (on_path("Colours"), FieldOrPropertyNotFound),
        (of("Title", TRUE), FieldOrPropertyNotFound),
        ('<ExpressionMethod Name="x" />', SchemaViolation),
        (f'<ExpressionMethod Name="x">{TRUE}</ExpressionMethod>', InvalidClientQuery),
        (f'<ExpressionStaticMethod TypeId="{THING_ID}" Name="x" />', InvalidClientQuery),
        (f'<ExpressionStaticProperty TypeId="{THING_ID}" Name="x" />', FieldOrPropertyNotFound),
        ('<ExpressionConstant Type="Array" />', InvalidClientQuery),
        ('<ExpressionConstant ObjectPathId="99" />', InvalidClientQuery),
        (TRUE + TRUE, SchemaViolation),
        (both("AND", TRUE, TRUE + TRUE), SchemaViolation),
        ("<NOT />", SchemaViolation),
    ],
)
def test_conditions_that_are_none(body: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        holds(body)


def test_a_static_property() -> None:
    root = f'<ExpressionStaticProperty TypeId="{THING_ID}" Name="Root" />'
    assert holds(both("EQ", of("Title", root), text("root")))
    with pytest.raises(InvalidClientQuery, match="static"):
        listed(step("Where", both("EQ", root, X)))


def test_a_condition_as_deep_as_may_be() -> None:
    body = TRUE
    for _ in range(55):
        body = both("AND", body, TRUE)
    assert holds(body)


def listed(step: str) -> list[str]:
    """Return the titles of the items c1 a2 b1 d2 e9 that a query lets through."""
    children = (
        '<ChildItemQuery SelectAllProperties="true"><Properties />'
        f"<QueryableExpression>{step}</QueryableExpression></ChildItemQuery>"
    )
    items = answer(query(3, ALL + children), LIST)["_Child_Items_"]
    return [item["Title"] for item in items]


def step(name: str, body: str, source: str = ITEMS) -> str:
    return f"<{name}>{lambda_of(body)}<Object>{source}</Object></{name}>"


BY_COUNT = step("OrderBy", of("Count"))
HAS_TWO = both("EQ", of("Count"), number(2))


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("", "cabde"),
        (ITEMS, "cabde"),
        (step("Where", HAS_TWO), "ad"),
        (step("Where", both("GT", of("Title"), text("a")), step("Where", HAS_TWO)), "d"),
        (step("OrderBy", of("Title")), "abcde"),
        (step("OrderByDescending", of("Title")), "edcba"),
        (BY_COUNT, "cbade"),
        (step("ThenBy", of("Title"), BY_COUNT), "bcade"),
        (step("ThenByDescending", of("Title"), BY_COUNT), "cbdae"),
        (step("ThenBy", of("Title"), step("ThenBy", of("When"), BY_COUNT)), "bcade"),
        (f'<Take Count="2">{step("OrderBy", of("Title"))}</Take>', "ab"),
        (step("OrderBy", of("Title"), f'<Take Count="2">{ITEMS}</Take>'), "ac"),
        (f'<Take Count="-1">{ITEMS}</Take>', ""),
        (f'<Take Count="999999999999999999">{ITEMS}</Take>', "cabde"),
        (f'<OfType TypeId="{SPECIAL_ID.upper()}">{ITEMS}</OfType>', "e"),
        (f'<OfType Type="Sample.Thing">{ITEMS}</OfType>', "cabde"),
        (f"<OfType>{ITEMS}</OfType>", ""),
    ],
)
def test_queries_on_items(wanted: str, titles: str) -> None:
    assert "".join(listed(wanted)) == titles


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (step("ThenBy", of("Title")), InvalidClientQuery),
        (step("ThenBy", of("Title"), step("Where", TRUE)), InvalidClientQuery),
        (step("OrderBy", of("Colours")), FieldOrPropertyNotFound),
        (step("OrderBy", X), InvalidClientQuery),
        (step("Where", of("Count")), InvalidClientQuery),
        (f"<Where>{lambda_of(TRUE)}</Where>", SchemaViolation),
        (f"<Where><Object>{ITEMS}</Object></Where>", SchemaViolation),
        ('<Take Count="1" />', SchemaViolation),
        (f"<Take>{ITEMS}</Take>", SchemaViolation),
        (f'<Take Count="x">{ITEMS}</Take>', SchemaViolation),
        (ITEMS + ITEMS, SchemaViolation),
        (step("Where", TRUE, ""), SchemaViolation),
    ],
)
def test_queries_that_are_none(wanted: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        listed(wanted)


def test_a_query_may_refer_to_a_path() -> None:
    same = both("EQ", of("Title"), of("Title", '<ExpressionConstant ObjectPathId="4" />'))
    children = (
        '<ChildItemQuery SelectAllProperties="true"><Properties /><QueryableExpression>'
        f"{step('Where', same)}</QueryableExpression></ChildItemQuery>"
    )
    make = method(4, "Make", given("String", "b"), given("Number", "1"))
    matches_ = answer(query(3, ALL + children), LIST + make)["_Child_Items_"]
    assert [item["Title"] for item in matches_] == ["b"]


def test_a_query_on_items_of_a_property_may_refer_to_a_path() -> None:
    """One that nothing else in the request has needed so far."""
    same = both("EQ", of("Title"), of("Title", '<ExpressionConstant ObjectPathId="4" />'))
    parts = (
        f'<Property Name="Parts">{ALL}<ChildItemQuery SelectAllProperties="true"><Properties />'
        f"<QueryableExpression>{step('Where', same)}</QueryableExpression></ChildItemQuery>"
        "</Property>"
    )
    wanted = f'<Query SelectAllProperties="false"><Properties>{parts}</Properties></Query>'
    make = method(4, "Make", given("String", "b"), given("Number", "1"))
    set_ = assign(1, "Parts", '<Parameter ObjectPathId="3" />')
    matches_ = answer(set_ + query(1, wanted), LIST + THING_PATH + make)
    assert [item["Title"] for item in matches_["Parts"]["_Child_Items_"]] == ["b"]


@pytest.mark.parametrize(
    ("name", "counts"), [("OrderBy", [1, 3, 2, 0]), ("OrderByDescending", [0, 2, 1, 3])]
)
def test_null_is_less_than_all_else(name: str, counts: list[int]) -> None:
    """And those that are null stay as they were."""
    items = given(
        "Array",
        '<Object Type="String">b</Object><Object Type="Null" />'
        '<Object Type="String">a</Object><Object Type="Null" />',
    )
    children = (
        '<ChildItemQuery SelectAllProperties="true"><Properties />'
        f"<QueryableExpression>{step(name, of('Title'))}</QueryableExpression></ChildItemQuery>"
    )
    paths = SERVICE_PATH + method(3, "Called", items)
    matches_ = answer(query(3, ALL + children), paths)["_Child_Items_"]
    assert [item["Count"] for item in matches_] == counts


def test_calls_within_a_branch() -> None:
    scope = conditional(TRUE, call("Sum", given("Null")))
    assert pairs(scope, BOTH)[-1] == (9, 0)
