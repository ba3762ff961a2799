"""Object paths: in any order, evaluated when needed, and once."""

import pytest

from afterlook.csom.errors import (
    FieldOrPropertyNotFound,
    InvalidClientQuery,
    MethodNotFound,
    NullObject,
    QueryError,
    TypeNotFound,
)
from tests.csom.sample import (
    PART_ID,
    SERVICE_ID,
    SERVICE_PATH,
    THING_ID,
    THING_PATH,
    Log,
    answer,
    assign,
    call,
    given,
    instantiate,
    method,
    pairs,
    query,
)

pytestmark = pytest.mark.observed("csom.paths")

MAKE = method(3, "Make", given("String", "a"), given("Number", "1"))
BOTH = SERVICE_PATH + THING_PATH


def other(number: int, of: int) -> str:
    """Write the path of the property Other."""
    return f'<Property Id="{number}" ParentId="{of}" Name="Other" />'


def test_stand_in_any_order() -> None:
    assert answer(query(3), MAKE + SERVICE_PATH)["Title"] == "a"


def test_are_evaluated_once() -> None:
    log = Log()
    result = pairs(instantiate(3) + query(3) + query(3), BOTH + MAKE, log)
    assert log.calls == [("Make", "a")]
    assert result[0] == (7, {"IsNull": False})
    assert result[1] == result[2]


def test_are_not_evaluated_before_they_are_needed() -> None:
    log = Log()
    assert pairs(instantiate(0), SERVICE_PATH + MAKE, log) == [(7, {"IsNull": False})]
    assert log.calls == []


def test_run_with_what_was_set_before() -> None:
    """As in example 4.1: properties are set on an object that a method takes later."""
    log = Log()
    copy = method(4, "Copy", '<Parameter ObjectPathId="1" />')
    set_ = assign(1, "Title", given("String", "late"))
    assert answer(instantiate(1) + set_ + query(4), copy + BOTH, log)["Title"] == "late"
    assert log.calls == [("Copy", "late")]


@pytest.mark.parametrize(
    "things",
    [
        '<Object ObjectPathId="3" />',
        (
            f'<Object TypeId="{THING_ID}"><Property Name="Title" Type="String">a</Property>'
            '<Property Name="Other" ObjectPathId="3" /></Object>'
        ),
    ],
)
def test_are_needed_by_what_holds_them(things: str) -> None:
    """An array, or an object that is sent whole."""
    log = Log()
    titles = call("Titles", given("Array", things))
    assert pairs(titles, MAKE + SERVICE_PATH, log) == [(9, ["a"])]
    assert log.calls == [("Make", "a")]


def test_lead_on_from_one_another() -> None:
    set_ = assign(1, "Other", '<Parameter ObjectPathId="3" />')
    assert answer(set_ + query(4), other(4, of=1) + MAKE + BOTH)["Title"] == "a"


def test_may_lead_to_null() -> None:
    assert pairs(instantiate(4) + query(4), BOTH + other(4, of=1)) == [
        (7, {"IsNull": True}),
        (8, None),
    ]


def test_do_not_lead_on_from_null() -> None:
    others = other(2, of=1) + other(3, of=2)
    with pytest.raises(NullObject, match=r'null\. "Other"'):
        pairs(instantiate(3), others + THING_PATH)
    with pytest.raises(NullObject, match=r'null\. "Title"'):
        pairs(assign(2, "Title", given("Null")), others + THING_PATH)
    with pytest.raises(NullObject, match=r'null\. "Do"'):
        pairs(call("Do", given("Null"), on=2), others + THING_PATH)


@pytest.mark.parametrize(
    "paths",
    [
        other(5, of=5),
        other(5, of=4) + other(4, of=5),
        method(5, "Copy", '<Parameter ObjectPathId="5" />'),
        method(
            5,
            "Copy",
            f'<Parameter TypeId="{THING_ID}"><Property Name="Other" '
            'ObjectPathId="5" /></Parameter>',
        ),
    ],
)
def test_may_not_lead_to_themselves(paths: str) -> None:
    with pytest.raises(InvalidClientQuery, match="leads to itself"):
        pairs(instantiate(5), SERVICE_PATH + paths)


def test_may_be_as_long_as_they_like() -> None:
    """Longer than Python has frames, the last one first."""
    long = "".join(
        method(n, "Copy", f'<Parameter ObjectPathId="{n - 1}" />') for n in range(9999, 3, -1)
    )
    assert answer(query(9999), long + MAKE + SERVICE_PATH)["Title"] == "a"
    lost = "".join(
        f'<Property Id="{n}" ParentId="{n - 1}" Name="Other" />' for n in range(9999, 1, -1)
    )
    with pytest.raises(NullObject):
        pairs(instantiate(9999), lost + THING_PATH)


def test_that_failed_are_not_run_again() -> None:
    log = Log()
    fail = method(3, "Fail", given("String", "gone"))
    scope = f'<ExceptionHandlingScopeSimple Id="1">{query(3)}</ExceptionHandlingScopeSimple>'
    assert [value["HasException"] for _, value in pairs(scope * 2, SERVICE_PATH + fail, log)] == [
        True,
        True,
    ]
    assert log.calls == [("Fail", "gone")]


def test_with_the_same_id() -> None:
    with pytest.raises(InvalidClientQuery, match="two object paths with the id 0"):
        pairs("", SERVICE_PATH + SERVICE_PATH)


@pytest.mark.parametrize(
    ("path", "error", "message"),
    [
        ("", InvalidClientQuery, "There is no object path with the id 5."),
        (
            '<Constructor Id="5" TypeId="{EC5E0A70-0000-0000-0000-000000000000}" />',
            TypeNotFound,
            (
                'Cannot find stub for type with id "{ec5e0a70-0000-0000-0000-000000000000}". '
                "The specified server may not support APIs used in this operation."
            ),
        ),
        (
            f'<Constructor Id="5" TypeId="{PART_ID}" />',
            InvalidClientQuery,
            "An object of 'Sample.Part' cannot be made.",
        ),
        (
            (
                f'<Constructor Id="5" TypeId="{THING_ID}"><Parameters>{given("Null")}</Parameters>'
                "</Constructor>"
            ),
            QueryError,
            "'Sample.Thing' is made without parameters.",
        ),
        (method(5, "Paint"), MethodNotFound, 'Method "Paint" does not exist.'),
        (
            method(5, "Sum", given("Null")),
            InvalidClientQuery,
            'Method "Sum" returns no object.',
        ),
        (
            '<Property Id="5" ParentId="1" Name="Colours" />',
            FieldOrPropertyNotFound,
            'Field or property "Colours" does not exist.',
        ),
        (
            '<Property Id="5" ParentId="1" Name="Title" />',
            InvalidClientQuery,
            'The property "Title" is no object.',
        ),
        (
            f'<StaticProperty Id="5" TypeId="{THING_ID}" Name="Leaf" />',
            FieldOrPropertyNotFound,
            'Field or property "Leaf" does not exist.',
        ),
        (
            f'<StaticMethod Id="5" TypeId="{THING_ID}" Name="Grow" />',
            MethodNotFound,
            'Method "Grow" does not exist.',
        ),
        (
            '<Identity Id="5" Name="x" />',
            InvalidClientQuery,
            "There is no object of this identity.",
        ),
    ],
)
def test_to_what_is_not_there(path: str, error: type[QueryError], message: str) -> None:
    with pytest.raises(error) as refused:
        pairs(instantiate(5), BOTH + path)
    assert refused.value.message == message


def test_to_what_cannot_be_set() -> None:
    with pytest.raises(InvalidClientQuery, match='"Made" cannot be set'):
        pairs(assign(1, "Made", given("Null")), BOTH)
    with pytest.raises(FieldOrPropertyNotFound):
        pairs(assign(1, "Maker", given("Null")), BOTH)


@pytest.mark.parametrize(
    ("action", "error"),
    [
        (f'<StaticMethod Id="5" TypeId="{THING_ID}" Name="X" />', MethodNotFound),
        (
            (
                f'<SetStaticProperty Id="5" TypeId="{THING_ID}" Name="X">{given("Null")}'
                "</SetStaticProperty>"
            ),
            FieldOrPropertyNotFound,
        ),
        (f'<StaticMethod Id="5" TypeId="{SERVICE_ID.replace("c", "f")}" Name="X" />', TypeNotFound),
    ],
)
def test_what_is_static(action: str, error: type[QueryError]) -> None:
    with pytest.raises(error):
        pairs(action)


def test_identities_go_out_and_come_back() -> None:
    root = f'<StaticProperty Id="5" TypeId="{THING_ID}" Name="Root" />'
    told = pairs(
        instantiate(5) + query(5) + '<ObjectIdentityQuery Id="4" ObjectPathId="5" />', root
    )
    assert told[0] == (7, {"IsNull": False, "_ObjectIdentity_": "the root"})
    assert list(told[1][1])[:2] == ["_ObjectType_", "_ObjectIdentity_"]
    assert told[2] == (4, {"_ObjectIdentity_": "the root"})
    assert answer(query(5), '<Identity Id="5" Name="the root" />')["Title"] == "root"


def test_an_object_without_an_identity() -> None:
    action = '<ObjectIdentityQuery Id="4" ObjectPathId="1" />'
    assert pairs(action, THING_PATH) == [(4, {"_ObjectIdentity_": None})]
