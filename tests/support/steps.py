"""What a piece of work costs, counted in calls: the same on every machine, however busy it is."""

import sys
from collections.abc import Callable
from functools import partial, wraps
from types import FrameType
from typing import Any

import pytest

from afterlook.store.sessions import Session, Transaction, WriteSession


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


def note_statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what holds the statements of all writes to mailboxes from here on.

    One that writes many rows is one.
    """
    statements: list[str] = []

    def note(run: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(run)
        def noting(session: Session, statement: object, *given: object) -> object:
            if isinstance(session, WriteSession):
                statements.append(str(statement))
            return run(session, statement, *given)

        return noting

    for owner, names in ((Session, ("first", "all", "ad_hoc")), (Transaction, ("execute",))):
        for name in names:
            monkeypatch.setattr(owner, name, note(getattr(owner, name)))
    return statements
