"""`$filter` by extended properties: which tasks and folders have which values."""

import pytest

from tests.support.extended import (
    COLOR,
    IS_COLOR,
    KINDS,
    SHAPE,
    SINGLE,
    SIZE,
    WEIGHT,
    both,
    create_entity,
    found,
    having,
    query,
)
from tests.support.outlook import values
from tests.support.wire import Mailbox

SIZE_AS_INT = f"ep/PropertyId eq '{SIZE}' and cast(ep/Value,Edm.Int32)"
WEIGHT_AS_DOUBLE = f"ep/PropertyId eq '{WEIGHT}' and cast(ep/Value, Edm.Double)"


@pytest.mark.observed("extended.found", "later.extended-filter")
@both
def test_by_name_and_value(me: Mailbox, kind: str) -> None:
    """The documented form, on tasks and on folders."""
    create_entity(me, kind, "green", {COLOR: "Green", SHAPE: "Red"})
    create_entity(me, kind, "red", {COLOR: "Red", SHAPE: "Green"})
    create_entity(me, kind, "none", {})
    condition = f"{SINGLE}/Any(ep: ep/PropertyId eq '{COLOR}' and ep/Value eq 'Green')"

    listed = values(me.get(query(kind, filter=condition)))
    assert [each[KINDS[kind]] for each in listed] == ["green"]
    assert SINGLE not in listed[0]


@pytest.mark.observed("extended.text")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("ep/Value eq 'GREEN'", "a"),
        ("ep/Value eq 'écru 100%'", "c"),
        ("ep/Value eq ''", "d"),
        ("ep/Value ne 'green'", "bcd"),
        ("contains(ep/Value,'GREEN')", "ab"),
        ("contains(ep/Value,'%')", "c"),
        ("contains(ep/Value,'_')", "b"),
        ("startswith(ep/Value,'Éc')", "c"),
        ("startswith(ep/Value,'')", "abcd"),
        ("not contains(ep/Value,'green')", "cd"),
        ("length(ep/Value) gt 5", "bc"),
        ("(ep/Value eq 'x' or ep/Value eq 'GrEeN')", "a"),
    ],
)
def test_text(things: Mailbox, condition: str, expected: str) -> None:
    """Without case; `%` and `_` are characters like others."""
    assert found(things, having(f"{IS_COLOR} and {condition}")) == expected


@pytest.mark.observed("extended.numbers")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (f"{SIZE_AS_INT} eq 5", "a"),
        (f"{SIZE_AS_INT} ne 5", "bc"),
        (f"{SIZE_AS_INT} gt 5", "c"),
        (f"{SIZE_AS_INT} ge 5", "ac"),
        (f"{SIZE_AS_INT} lt 5", "b"),
        (f"{SIZE_AS_INT} le 5", "ab"),
        (f"{SIZE_AS_INT} lt -6", "b"),
        (f"{SIZE_AS_INT.replace('Int32', 'Int64')} gt 4.5", "ac"),
        (f"{WEIGHT_AS_DOUBLE} eq 1.5", "ab"),
        (f"{WEIGHT_AS_DOUBLE} lt 0", "c"),
        (f"6 gt cast(ep/Value,Edm.Int32) and ep/PropertyId eq '{SIZE}'", "ab"),
    ],
)
def test_numbers(things: Mailbox, condition: str, expected: str) -> None:
    """By their worth, not by their text."""
    assert found(things, having(condition)) == expected


@pytest.mark.inferred("extended.numbers")
def test_text_is_no_number(things: Mailbox) -> None:
    """Cast it is null: not equal to any number, nor greater or less."""
    for operator, expected in {"eq": "", "gt": "", "le": "", "ne": "abcd"}.items():
        condition = f"{IS_COLOR} and cast(ep/Value,Edm.Int32) {operator} 0"
        assert found(things, having(condition)) == expected, operator


@pytest.mark.observed("extended.not-null")
def test_whatever_the_value(things: Mailbox) -> None:
    """As a client asks for the tasks that it has marked."""
    assert found(things, having(f"{IS_COLOR} and ep/Value ne null")) == "abcd"
    assert found(things, having(f"{IS_COLOR} and ep/Value eq null")) == ""


@pytest.mark.inferred("filter.reasons")
@pytest.mark.once
def test_a_name_that_is_none(me: Mailbox) -> None:
    """The sentence of another refusal, within that of a filter."""
    condition = f"{SINGLE}/Any(ep: ep/PropertyId eq 'bad' and ep/Value eq 'x')"
    response = me.get(f"/api/beta/me/tasks?$filter={condition}")
    assert response.status_code == 400
    text = response.json()["error"]["message"]
    assert ". 'bad' is not the PropertyId of an extended property, at position " in text
