"""Occurrences held against the definition of their pattern, day by day."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.mailbox.occurrences import find_first_from, find_next_after
from afterlook.mailbox.recurrence import Pattern, PatternedRecurrence, Range, RangeType
from tests.mailbox.recurrence_oracle import DAY, patterns, sequence

FIRST, LAST = date(1999, 12, 1), date(2004, 3, 1)
HORIZON = date(2006, 1, 1)

starts = st.dates(FIRST, LAST)
ranges = st.builds(
    Range,
    type=st.sampled_from(RangeType),
    start_date=starts,
    end_date=st.dates(LAST, HORIZON),
    number_of_occurrences=st.integers(1, 20) | st.integers(1, 999),
)
recurrences = st.builds(PatternedRecurrence, pattern=patterns, range=ranges)


def walked(recurrence: PatternedRecurrence, until: date) -> list[date]:
    """Go from occurrence to occurrence up to a day."""
    found = []
    day = find_first_from(recurrence, date.min)
    while day is not None and day <= until:
        found.append(day)
        day = find_next_after(recurrence, day)
    return found


@settings(deadline=None, max_examples=200)
@given(recurrences)
def test_the_sequence(recurrence: PatternedRecurrence) -> None:
    """Going from one to the next walks through all that fit the pattern, and through no other."""
    assert walked(recurrence, HORIZON) == sequence(recurrence, HORIZON)


@settings(deadline=None, max_examples=150)
@given(recurrences, st.lists(st.dates(FIRST, HORIZON), min_size=1, max_size=10))
def test_from_anywhere(recurrence: PatternedRecurrence, days: list[date]) -> None:
    """The first from a day on is the sequence's, whatever the day."""
    found = sequence(recurrence, HORIZON)

    for day in days:
        expected = next((one for one in found if one >= day), None)
        first = find_first_from(recurrence, day)
        assert first == expected or (expected is None and first is not None and first > HORIZON)


@settings(deadline=None, max_examples=150)
@given(patterns, st.integers(0, 800), st.sampled_from(RangeType), st.integers(1, 12))
def test_the_end_of_the_calendar(
    pattern: Pattern, days: int, type_: RangeType, number: int
) -> None:
    """A series ends there at the latest."""
    start = date.max - timedelta(days=days)
    range_ = Range(type_, start, date.max, number_of_occurrences=number)
    recurrence = PatternedRecurrence(pattern, range_)

    assert walked(recurrence, date.max) == sequence(recurrence, date.max)
    assert find_next_after(recurrence, date.max) is None


@settings(deadline=None, max_examples=100)
@given(patterns, st.integers(0, 800), st.integers(0, 400))
def test_the_beginning_of_the_calendar(pattern: Pattern, days: int, further: int) -> None:
    """Weeks that begin before it are weeks."""
    start = date.min + timedelta(days=days)
    recurrence = PatternedRecurrence(pattern, Range(RangeType.NoEnd, start))

    until = start + (further + 1) * DAY
    assert walked(recurrence, until) == sequence(recurrence, until)


@settings(deadline=None, max_examples=150)
@given(patterns, st.dates(), st.dates(), st.integers(1, 999))
def test_far_away(pattern: Pattern, start: date, day: date, number: int) -> None:
    """From any day to the next, however far from the start; the numbered ones are among all."""
    endless = PatternedRecurrence(pattern, Range(RangeType.NoEnd, start))
    numbered = PatternedRecurrence(
        pattern, Range(RangeType.Numbered, start, number_of_occurrences=number)
    )

    found = find_first_from(endless, day)

    assert found is None or found >= max(start, day)
    assert find_first_from(numbered, day) in (found, None)
