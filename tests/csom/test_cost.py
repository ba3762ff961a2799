"""What the largest requests cost."""

import asyncio
import time

import pytest

from afterlook.csom.processing import Processor
from afterlook.csom.reading import read
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

pytestmark = pytest.mark.inferred("csom.never-fails")

COUNT = 10_000


def test_ten_thousand_actions() -> None:
    """Measured at 0.3 s of a processor; the bound is for slower machines."""
    thing = method(3, "Make", given("String", "a"), given("Number", "1"))
    one = (
        instantiate(3)
        + assign(3, "Title", given("String", "b"))
        + query(3)
        + call("Do", given("String", "c"))
    )
    log = Log()

    begun = time.process_time()
    found = pairs(one * (COUNT // 4), thing + SERVICE_PATH, log)
    took = time.process_time() - begun

    assert len(found) == COUNT // 2
    assert len(log.calls) == COUNT // 4 + 1
    assert took < 2


def test_ten_thousand_scopes_that_catch() -> None:
    scope = f'<ExceptionHandlingScopeSimple Id="1">{instantiate(9)}</ExceptionHandlingScopeSimple>'

    begun = time.process_time()
    assert len(pairs(scope * COUNT)) == COUNT
    assert time.process_time() - begun < 2


def test_others_have_their_turn() -> None:
    """One action may show thousands of objects, so actions are not what is counted."""
    shows = 20
    raw = request(
        query(3, ALL + ALL_ITEMS) * shows,
        method(3, "Many", given("Number", "2000")) + SERVICE_PATH,
    )
    turns = 0

    async def other() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    async def both() -> None:
        beside = asyncio.create_task(other())
        await Processor(read(raw), REGISTRY, Log(), "trace").process()
        beside.cancel()

    asyncio.run(both())

    assert turns >= shows
