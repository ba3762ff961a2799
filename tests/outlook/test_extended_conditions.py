"""`$filter` by extended properties: conditions of every kind, and what cannot be asked."""

import pytest

from tests.support.extended import (
    COLOR,
    IS_COLOR,
    MULTI,
    SET,
    SHAPE,
    SINGLE,
    SIZE,
    found,
    having,
    query,
)
from tests.support.outlook import expect_refusal, walk
from tests.support.wire import Mailbox

COLORED = having(IS_COLOR)
SHAPED = having(f"ep/PropertyId eq '{SHAPE}'")
GREEN = having(f"{IS_COLOR} and ep/Value eq 'Green'")


@pytest.mark.inferred("extended.conditions")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (f"{SINGLE}/any()", "abcd"),
        (f"not {SINGLE}/any()", "e"),
        (COLORED, "abcd"),
        (f"not {COLORED}", "e"),
        (f"not {GREEN}", "bcde"),
        (having(f"ep/PropertyId in ('{SHAPE}','{SIZE}')"), "abcd"),
        (f"{SINGLE}/all(p:p/PropertyId eq '{COLOR}' or p/PropertyId eq '{SHAPE}')", "de"),
        (f"{SINGLE}/ALL(p:p/Value ne '')", "abce"),
        (f"{SINGLE.lower()}/any(x:x/propertyid eq '{SHAPE}' and x/VALUE ne 'round')", "d"),
        (f"{COLORED} and {SHAPED}", "ad"),
        (f"{SHAPED} or Subject eq 'Egg'", "ade"),
        (f"Subject gt 'b' and {COLORED} and Status eq 'NotStarted'", "bcd"),
        (having(f"{IS_COLOR} and contains(Subject,ep/Value)"), "d"),
    ],
)
def test_conditions(things: Mailbox, condition: str, expected: str) -> None:
    """In a list, in a folder's, and counted."""
    assert found(things, condition) == expected
    assert found(things, condition, "taskfolders('tasks')/tasks") == expected
    counted = things.get(query("tasks/$count", filter=condition))
    assert counted.text == str(len(expected)), counted.text


@pytest.mark.inferred("extended.conditions")
@pytest.mark.in_process
@pytest.mark.parametrize(
    ("value", "expected"), [("10", "c"), ("Round", "a"), ("green", "a"), ("blue", "")]
)
def test_one_within_another(things: Mailbox, value: str, expected: str) -> None:
    """Each variable ranges over the properties by itself."""
    inner = f"{SINGLE}/any(other:other/Value eq '{value}' and ep/PropertyId eq '{COLOR}')"
    assert found(things, having(f"{IS_COLOR} and {inner}")) == expected


@pytest.mark.inferred("extended.conditions")
def test_pages_of_what_is_found(things: Mailbox) -> None:
    """The links repeat the filter, and `$count` counts all of them."""
    address = query("tasks", filter=COLORED, orderby="Subject desc", top="3", count="true")
    pages = walk(things, address)

    assert [[task["Subject"][0] for task in page] for page in pages] == [["d", "c", "b"], ["a"]]
    assert things.get(address).json()["@odata.count"] == 4


@pytest.mark.inferred("extended.conditions", "error.never-5xx")
@pytest.mark.once
@pytest.mark.parametrize(
    "condition",
    [
        having("ep ne null"),
        having("ep eq ep"),
        having("ep eq 'Green'"),
        having("ep/Value gt 5"),
        having("ep/Value"),
        having("ep/Name eq 'x'"),
        having("ep/Value/x eq 'x'"),
        having("PropertyId eq 'x'"),
        having(f"contains(ep/PropertyId,'{COLOR}')"),
        having("cast(ep/Value,Edm.String) eq 'x'"),
        having("cast(ep,Edm.Int32) eq 1"),
        having("cast(ep/PropertyId,Edm.Int32) eq 1"),
        f"{SINGLE}/any(ep/Value eq 'x')",
        f"{SINGLE}/all()",
        f"{SINGLE} ne null",
        f"{SINGLE}/Value eq 'x'",
        f"{MULTI}/any(ep:ep/PropertyId eq 'StringArray {SET} Name Palette')",
    ],
)
def test_what_cannot_be_asked(things: Mailbox, condition: str) -> None:
    """Refused before the store sees it; multi-valued ones are not asked for at all."""
    response = things.get(query("tasks", filter=condition))
    code = response.json().get("error", {}).get("code")
    expect_refusal(response, 400, code)
    assert code in {"ErrorInvalidUrlQueryFilter", "RequestBroker-ParseUri"}
