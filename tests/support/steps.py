"""What a piece of work costs, counted in calls: the same on every machine, however busy it is."""

import sys
from collections.abc import Callable
from functools import partial
from types import FrameType


def count_calls(work: Callable[[], object]) -> int:
    """Run some work; return how many functions were called, those written in C among them."""
    calls = 0

    def note(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls


def expect_linear(work: Callable[[int], object], size: int) -> None:
    """Expect work of twice the size to take about twice the calls, where more would be squares."""
    work(1)  # what is made once and kept
    once, twice = (count_calls(partial(work, many)) for many in (size, 2 * size))
    assert twice <= 2.2 * once, f"{once} calls for {size}, {twice} for {2 * size}"
