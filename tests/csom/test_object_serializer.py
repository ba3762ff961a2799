"""Queries: which members of an object an answer has."""

from typing import Any

import pytest

from afterlook.csom.budget import Budget
from afterlook.csom.errors import FieldOrPropertyNotFound, TooManyResources
from tests.csom.sample import (
    ALL,
    ALL_ITEMS,
    FALSE,
    SERVICE_PATH,
    SPECIAL_ID,
    THING_PATH,
    Log,
    answer,
    assign,
    call,
    conditional,
    given,
    instantiate,
    method,
    pairs,
    query,
    written,
)

pytestmark = pytest.mark.observed("csom.queries")

NOTHING = '<Query SelectAllProperties="false"><Properties /></Query>'
LIST = method(3, "List") + SERVICE_PATH
EMPTY = method(3, "Empty") + SERVICE_PATH


def wanting(*properties: str, select_all: str = "false", element: str = "Query") -> str:
    """Write a query of properties."""
    listed = f"<Properties>{''.join(properties)}</Properties>"
    return f'<{element} SelectAllProperties="{select_all}">{listed}</{element}>'


def test_all_properties_are_the_scalar_ones_in_their_order() -> None:
    assert list(answer(query(1), THING_PATH)) == [
        *("_ObjectType_", "Title", "Count", "Size", "When", "IsDone", "Key", "Colour", "Tags"),
        *("Numbers", "Made"),
    ]


def test_a_derived_type_has_those_of_its_base() -> None:
    special = f'<Constructor Id="1" TypeId="{SPECIAL_ID}" />'
    assert answer(query(1), special)["_ObjectType_"] == "Sample.Special"
    assert "Title" in answer(query(1), special)


def test_an_object_without_properties() -> None:
    assert answer(query(0), SERVICE_PATH) == {"_ObjectType_": "Sample.Service"}


def test_named_properties() -> None:
    """As .NET and as JavaScript spell it."""
    for marked in ('ScalarProperty="true"', 'SelectAll="true"', ""):
        inner = wanting(f'<Property Name="Title" {marked} />')
        assert answer(query(1, inner), THING_PATH) == {
            "_ObjectType_": "Sample.Thing",
            "Title": None,
        }


def test_an_object_by_name_comes_with_its_scalars() -> None:
    set_ = assign(1, "Other", '<Parameter ObjectPathId="2" />')
    inner = wanting('<Property Name="Other" SelectAll="true" />', select_all="true")
    paths = THING_PATH + THING_PATH.replace('Id="1"', 'Id="2"')
    rendered = answer(set_ + query(1, inner), paths)
    assert rendered["Other"]["Count"] == 0
    assert "Other" not in rendered["Other"]
    assert answer(query(1, inner), paths)["Other"] is None


@pytest.mark.parametrize(("true", "false"), [("true", "false"), ("1", "0"), (" 1 ", " 0 ")])
def test_spellings_of_true(true: str, false: str) -> None:
    assert "Title" in answer(query(1, wanting(select_all=true)), THING_PATH)
    assert "Title" not in answer(query(1, wanting(select_all=false)), THING_PATH)


def test_an_object_by_a_query_of_its_own() -> None:
    set_ = assign(1, "Other", '<Parameter ObjectPathId="2" />')
    part = f'<Property Name="Other">{wanting(TITLE)}</Property>'
    paths = THING_PATH + THING_PATH.replace('Id="1"', 'Id="2"')
    rendered: dict[str, Any] = answer(set_ + query(1, wanting(part)), paths)
    assert rendered["Other"] == {"_ObjectType_": "Sample.Thing", "Title": None}


TITLE = '<Property Name="Title" />'


def test_a_collection_by_name_comes_with_its_items() -> None:
    set_ = assign(1, "Parts", '<Parameter ObjectPathId="3" />')
    rendered = answer(
        set_ + query(1, wanting('<Property Name="Parts" SelectAll="true" />')), THING_PATH + LIST
    )
    assert [item["Title"] for item in rendered["Parts"]["_Child_Items_"]] == list("cabde")
    assert rendered["Parts"]["_Child_Items_"][-1]["_ObjectType_"] == "Sample.Special"


def test_items_come_only_when_they_are_asked_for() -> None:
    assert answer(query(3, NOTHING), LIST) == {"_ObjectType_": "Sample.Things"}
    inner = NOTHING + wanting(TITLE, element="ChildItemQuery")
    assert answer(query(3, inner), LIST)["_Child_Items_"][0] == {
        "_ObjectType_": "Sample.Thing",
        "Title": "c",
    }


def test_no_items_are_an_empty_list() -> None:
    assert '"_Child_Items_":[]' in written(query(3, ALL + ALL_ITEMS), EMPTY)


def test_items_of_what_is_no_collection() -> None:
    assert "_Child_Items_" not in answer(query(1, ALL + ALL_ITEMS), THING_PATH)


def test_properties_that_there_are_not() -> None:
    with pytest.raises(FieldOrPropertyNotFound, match='"vti" does not exist'):
        answer(query(1, wanting('<Property Name="vti" />')), THING_PATH)


def test_a_method_that_returns_nothing_has_no_pair() -> None:
    log = Log()
    assert pairs(call("Do", given("String", "it")), SERVICE_PATH, log) == []
    assert log.calls == [("Do", "it")]


def test_a_method_that_returns_a_value_has() -> None:
    numbers = given("Array", '<Object Type="Number">1</Object><Object Type="Number">2</Object>')
    assert pairs(call("Sum", numbers), SERVICE_PATH) == [(9, 3)]


def test_a_method_that_returns_an_object_shows_it() -> None:
    made = call("Make", given("String", "a"), given("Number", "1"))
    assert answer(made, SERVICE_PATH)["Title"] == "a"
    assert pairs(call("Copy", given("Null")), SERVICE_PATH) == [(9, None)]


def test_actions_with_the_same_id_answer_each() -> None:
    assert pairs(instantiate(1) + instantiate(1), THING_PATH) == [(7, {"IsNull": False})] * 2


def test_there_is_an_end_to_what_one_request_may_see() -> None:
    thousand = method(3, "Many", given("Number", "1000")) + SERVICE_PATH
    assert len(pairs(query(3, ALL + ALL_ITEMS) * 200, thousand)) == 200
    with pytest.raises(TooManyResources) as refused:
        pairs(query(3, ALL + ALL_ITEMS) * 251, thousand)
    assert refused.value.message == "The request uses too many resources."


@pytest.mark.parametrize(
    ("actions", "paths", "steps"),
    [
        (query(1), THING_PATH, 4),
        (query(1, wanting(TITLE, '<Property Name="Count" />')), THING_PATH, 6),
        (call("Do", given("Null")) * 3, SERVICE_PATH, 60),
        (query(3, NOTHING), LIST, 20 + 5 * 4 + 4),
        (query(3, ALL + ALL_ITEMS) * 2, LIST, 20 + 5 * 4 + 2 * (4 + 5 * 4)),
        (conditional(f"<NOT>{FALSE}</NOT>"), "", 2),
    ],
)
def test_what_counts(monkeypatch: pytest.MonkeyPatch, actions: str, paths: str, steps: int) -> None:
    """Objects, members that are named, calls and what they return, operations."""
    monkeypatch.setattr("afterlook.csom.path_evaluator.Budget", lambda: Budget(steps))
    pairs(actions, paths)
    monkeypatch.setattr("afterlook.csom.path_evaluator.Budget", lambda: Budget(steps - 1))
    with pytest.raises(TooManyResources):
        pairs(actions, paths)
