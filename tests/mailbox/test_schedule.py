"""How dates and status hang together: a truth table, and what holds after any sequence."""

from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidRequest
from afterlook.mailbox.schedule import settle
from afterlook.mailbox.values import COMPLETED, NOT_STARTED, TaskValues
from afterlook.runtime.instants import Instant
from afterlook.store.rows import TaskRow
from tests.support.rows import BLANK_TASK

ONE, TWO, THREE, FOUR, TODAY = (Instant(number) for number in (1, 2, 3, 4, 100))
IN_PROGRESS = 1

days = st.none() | st.integers(0, 5).map(Instant)
asked_values = st.fixed_dictionaries(
    {}, optional={"start": days, "due": days, "completed": days, "status": st.integers(0, 4)}
)


def task(**values: object) -> TaskRow:
    """Return a stored task with values."""
    return BLANK_TASK._replace(**values)  # type: ignore[arg-type]


def settled(asked: TaskValues, stored: TaskRow) -> TaskRow:
    """Return the stored task with the settled values written over it."""
    return stored._replace(**cast("dict[str, Any]", settle(asked, stored, TODAY)))


@pytest.mark.parametrize(
    ("stored", "asked", "span"),
    [
        # Nothing asked, nothing changed.
        ((None, None), {}, (None, None)),
        ((ONE, TWO), {}, (ONE, TWO)),
        # Due alone: Start stays as it is, unless it would be later.
        ((None, None), {"due": TWO}, (None, TWO)),
        ((ONE, TWO), {"due": THREE}, (ONE, THREE)),
        ((ONE, THREE), {"due": ONE}, (ONE, ONE)),
        ((TWO, THREE), {"due": ONE}, (ONE, ONE)),
        # No Due, no Start.
        ((ONE, TWO), {"due": None}, (None, None)),
        ((None, TWO), {"due": None}, (None, None)),
        ((ONE, TWO), {"due": None, "start": THREE}, (None, None)),
        # Start alone: Due follows where there is none, or where it would be earlier.
        ((None, None), {"start": TWO}, (TWO, TWO)),
        ((None, THREE), {"start": TWO}, (TWO, THREE)),
        ((ONE, TWO), {"start": TWO}, (TWO, TWO)),
        ((ONE, TWO), {"start": THREE}, (THREE, THREE)),
        ((ONE, TWO), {"start": None}, (None, TWO)),
        ((None, None), {"start": None}, (None, None)),
        # Both in one body.
        ((None, None), {"start": ONE, "due": TWO}, (ONE, TWO)),
        ((None, None), {"start": TWO, "due": TWO}, (TWO, TWO)),
        ((ONE, TWO), {"start": THREE, "due": FOUR}, (THREE, FOUR)),
        ((THREE, FOUR), {"start": ONE, "due": TWO}, (ONE, TWO)),
        ((THREE, FOUR), {"start": None, "due": TWO}, (None, TWO)),
    ],
)
def test_span(
    stored: tuple[Instant | None, Instant | None],
    asked: TaskValues,
    span: tuple[Instant | None, Instant | None],
) -> None:
    """Start and Due follow each other."""
    after = settled(asked, task(start=stored[0], due=stored[1]))

    assert (after.start, after.due) == span


@pytest.mark.parametrize("stored", [(None, None), (ONE, TWO), (None, FOUR)])
def test_start_later_than_due_in_one_body(stored: tuple[Instant | None, Instant | None]) -> None:
    """Refused, both named."""
    asked = TaskValues(start=TWO, due=ONE)

    with pytest.raises(InvalidRequest, match=r"StartDateTime.*DueDateTime"):
        settle(asked, task(start=stored[0], due=stored[1]), TODAY)


OPEN, STARTED, DONE = (NOT_STARTED, None), (IN_PROGRESS, None), (COMPLETED, ONE)


@pytest.mark.parametrize(
    ("stored", "asked", "completion"),
    [
        (OPEN, {}, OPEN),
        (DONE, {}, DONE),
        # Completed without a date: today, unless it is completed already.
        (OPEN, {"status": COMPLETED}, (COMPLETED, TODAY)),
        (OPEN, {"status": COMPLETED, "completed": None}, (COMPLETED, TODAY)),
        (OPEN, {"status": COMPLETED, "completed": TWO}, (COMPLETED, TWO)),
        (DONE, {"status": COMPLETED}, DONE),
        (DONE, {"status": COMPLETED, "completed": TWO}, (COMPLETED, TWO)),
        # A date without a status completes.
        (OPEN, {"completed": TWO}, (COMPLETED, TWO)),
        (STARTED, {"completed": TWO}, (COMPLETED, TWO)),
        (DONE, {"completed": TWO}, (COMPLETED, TWO)),
        # Any other status clears the date.
        (DONE, {"status": NOT_STARTED}, OPEN),
        (DONE, {"status": IN_PROGRESS}, STARTED),
        (DONE, {"status": IN_PROGRESS, "completed": TWO}, STARTED),
        (OPEN, {"status": IN_PROGRESS, "completed": TWO}, STARTED),
        (OPEN, {"status": IN_PROGRESS}, STARTED),
        # No date: not completed.
        (DONE, {"completed": None}, OPEN),
        (STARTED, {"completed": None}, STARTED),
    ],
)
def test_completion(
    stored: tuple[int, Instant | None],
    asked: TaskValues,
    completion: tuple[int, Instant | None],
) -> None:
    """Status and CompletedDateTime follow each other."""
    after = settled(asked, task(status=stored[0], completed=stored[1]))

    assert (after.status, after.completed) == completion


def test_other_values_are_handed_on() -> None:
    """What has nothing to do with dates stays as asked."""
    asked = TaskValues(subject="x", reminder=FOUR, due=TWO)

    assert settle(asked, task(), TODAY) == asked


@settings(deadline=None, max_examples=500)
@given(st.lists(asked_values, max_size=8))
def test_what_holds_after_any_sequence(sequence: list[TaskValues]) -> None:
    """Start needs a Due that is not earlier; a date of completion and Completed need each other."""
    stored = task()
    for asked in sequence:
        try:
            stored = settled(asked, stored)
        except InvalidRequest:
            continue
        assert stored.start is None or (stored.due is not None and stored.start <= stored.due)
        assert (stored.completed is not None) == (stored.status == COMPLETED)
        due_alone = "due" in asked and not ("start" in asked and asked["due"] is None)
        assert not due_alone or stored.due == asked["due"]


@settings(deadline=None)
@given(asked_values, asked_values)
def test_asking_twice_is_asking_once(before: TaskValues, asked: TaskValues) -> None:
    """A repeated request changes nothing more: retries are safe."""
    try:
        once = settled(asked, settled(before, task()))
    except InvalidRequest:
        return
    assert settled(asked, once) == once
