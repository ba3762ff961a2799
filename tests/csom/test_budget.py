"""What the largest requests cost."""

import asyncio
from contextlib import suppress

import pytest

from afterlook.csom.errors import QueryError, SchemaViolation, TooManyResources
from afterlook.csom.processor import Processor
from afterlook.csom.request_reader import read_request
from afterlook.csom.xml import MAX_ATTRIBUTES, MAX_ELEMENTS
from tests.csom.sample import (
    ALL,
    ALL_ITEMS,
    REGISTRY,
    SERVICE_PATH,
    Log,
    assign,
    call,
    given,
    instantiate,
    method,
    pairs,
    query,
    request,
)
from tests.support.steps import expect_linear

COUNT = 10_000
SOME = 500


async def count_turns(raw: bytes, *refusals: type[Exception]) -> int:
    """Return how often another task has its turn until a request is processed or refused."""
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    beside = asyncio.create_task(other())
    with suppress(*refusals):
        await Processor(read_request(raw), REGISTRY, Log(), "trace").process()
    beside.cancel()
    return turns


@pytest.mark.inferred("csom.never-fails")
def test_ten_thousand_actions() -> None:
    """They cost ten times what a thousand do."""
    thing = method(3, "Make", given("String", "a"), given("Number", "1"))
    one = (
        instantiate(3)
        + assign(3, "Title", given("String", "b"))
        + query(3)
        + call("Do", given("String", "c"))
    )
    log = Log()

    result = pairs(one * (COUNT // 4), thing + SERVICE_PATH, log)

    assert len(result) == COUNT // 2
    assert len(log.calls) == COUNT // 4 + 1
    expect_linear(lambda count: pairs(one * count, thing + SERVICE_PATH, Log()), SOME)


@pytest.mark.inferred("csom.never-fails")
def test_ten_thousand_scopes_that_catch() -> None:
    scope = f'<ExceptionHandlingScopeSimple Id="1">{instantiate(9)}</ExceptionHandlingScopeSimple>'

    assert len(pairs(scope * COUNT)) == COUNT
    expect_linear(lambda count: pairs(scope * count), SOME)


@pytest.mark.inferred("csom.never-fails")
def test_others_have_their_turn() -> None:
    """One action may show thousands of objects, so actions are not what is counted."""
    shows = 20
    raw = request(
        query(3, ALL + ALL_ITEMS) * shows,
        method(3, "Many", given("Number", "2000")) + SERVICE_PATH,
    )

    assert asyncio.run(count_turns(raw)) >= shows


@pytest.mark.inferred("bomb.csom")
@pytest.mark.parametrize(("count", "is_taken"), [(MAX_ATTRIBUTES - 3, True), (40_000, False)])
def test_attributes_are_bounded(count: int, is_taken: bool) -> None:
    """Of their own number and the namespace: to read a value is to walk along all before it."""
    many = " ".join(f'i:a{number}=""' for number in range(count))
    instance = "http://www.w3.org/2001/XMLSchema-instance"
    raw = request(f'<ObjectPath xmlns:i="{instance}" Id="1" ObjectPathId="9" {many} />', "")

    if is_taken:
        assert len(read_request(raw).actions) == 1
    else:
        with pytest.raises(SchemaViolation, match="attributes"):
            read_request(raw)


@pytest.mark.inferred("bomb.csom")
@pytest.mark.parametrize("inner", ["<a/>" * (MAX_ELEMENTS + 1), '<a a=""/>' * 151_000])
def test_elements_are_bounded(inner: str) -> None:
    with pytest.raises(TooManyResources):
        read_request(request(inner, ""))


@pytest.mark.inferred("bomb.csom")
@pytest.mark.parametrize("kind", ["chain", "conditions"])
def test_others_have_their_turn_within_an_action(kind: str) -> None:
    """Even where one path leads on from 8,000 others, or one query has a thousand conditions."""
    part = '<Property Id="{0}" ParentId="{1}" Name="Part" />'
    chain = "".join(part.format(number, number - 1) for number in range(101, 8_101))
    chained = request(instantiate(8_100), chain)
    test = '<NE><ExpressionConstant Type="Null" /><ExpressionConstant Type="Null" /></NE>'
    for _ in range(10):
        test = f"<OR>{test}{test}</OR>"
    where = (
        f"<QueryableExpression><Where><Test><Body>{test}</Body></Test>"
        "<Object><QueryableObject /></Object></Where></QueryableExpression>"
    )
    children = f'<ChildItemQuery SelectAllProperties="true">{where}</ChildItemQuery>'
    many = method(3, "Many", given("Number", "20")) + SERVICE_PATH
    request_ = {"chain": chained, "conditions": request(query(3, ALL + children), many)}[kind]

    assert asyncio.run(count_turns(request_, QueryError)) > 10
