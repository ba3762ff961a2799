"""Recurring tasks of the mailbox: the list has their current occurrence."""

from datetime import date

import pytest

from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
)
from afterlook.workmanagement.dates import to_naive_datetime
from tests.support.exchange_sync import Sides, day

TWO_DAYS = PatternedRecurrence(
    Pattern(PatternType.Daily, 1),
    Range(RangeType.Numbered, to_naive_datetime(day(1)).date(), number_of_occurrences=2),
)
Occurrences = list[tuple[date, bool]]


@pytest.fixture
def series(sides: Sides) -> tuple[int, int]:
    """Return a daily task of two days, in the list and in the mailbox."""
    number = sides.post(subject="Daily", due=day(1), recurrence=TWO_DAYS)
    sides.opt_in()
    (key,) = sides.listed
    return key, number


def occurrences(sides: Sides) -> Occurrences:
    """Return when the tasks of the list are due and whether they are done, as the mailbox says."""
    sides.job()
    listed, outlook = sides.synced()
    assert listed == outlook
    before = sides.everything()
    sides.job()
    assert sides.everything() == before
    return sorted((to_naive_datetime(fields.due).date(), fields.is_completed) for fields in listed)


@pytest.mark.parametrize("side", ["list", "mailbox"])
def test_completing_occurrences(sides: Sides, series: tuple[int, int], side: str) -> None:
    """One after the other, until the series is over."""
    _, number = series
    first, second = (to_naive_datetime(day(count)).date() for count in (1, 2))
    for expected in ([(first, True), (second, False)], [(first, True), (second, True)]):
        if side == "list":
            (key,) = (key for key, row in sides.listed.items() if not row.is_completed)
            sides.write(key, is_completed="1")
        else:
            sides.patch(number, status=2)
        assert occurrences(sides) == expected


def test_who_goes_with_whom(sides: Sides, series: tuple[int, int]) -> None:
    """The task that was completed in the list is the occurrence; the series is a new task."""
    key, number = series
    sides.write(key, is_completed="1", name="Done")
    sides.job()

    assert sides.listed[key].is_completed
    assert sides.outlook[sides.pairs[key]].recurrence is None
    (other,) = set(sides.listed) - {key}
    assert sides.pairs[other] == number
    assert (sides.listed[other].name, sides.outlook[number].subject) == ("Daily", "Daily")


def test_moving_an_occurrence(sides: Sides, series: tuple[int, int]) -> None:
    """It leaves its series, which goes on."""
    key, number = series
    sides.write(key, due=to_naive_datetime(day(5)).date().isoformat())

    assert occurrences(sides) == [
        (to_naive_datetime(day(2)).date(), False),
        (to_naive_datetime(day(5)).date(), False),
    ]
    assert sides.pairs[key] != number


def test_renaming(sides: Sides, series: tuple[int, int]) -> None:
    """It is the series that is renamed."""
    key, number = series
    sides.write(key, name="Renamed")
    sides.job()

    assert sides.pairs == {key: number}
    assert sides.outlook[number].recurrence is not None
    assert sides.outlook[number].subject == "Renamed"


def test_deleting(sides: Sides, series: tuple[int, int]) -> None:
    """The series goes, as it does in the mailbox."""
    sides.delete(series[0])
    assert occurrences(sides) == []
    assert not sides.outlook
