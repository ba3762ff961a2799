"""Recurrences: when they are whole, and the text in which they are kept."""

import json
from dataclasses import replace
from datetime import date

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.errors import InvalidRequest
from afterlook.mailbox.occurrences import find_first_from
from afterlook.mailbox.recurrence import (
    DayOfWeek,
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
    check,
    read,
    render,
    write,
)
from tests.mailbox.recurrence_oracle import patterns

START = date(2016, 4, 25)
DAILY, ENDLESS = Pattern(PatternType.Daily, 1), Range(RangeType.NoEnd, START, date.min, "UTC")
WEEKLY = PatternedRecurrence(
    Pattern(PatternType.Weekly, 2, days_of_week=(DayOfWeek.Monday,)), ENDLESS
)

ranges = st.builds(
    Range,
    type=st.sampled_from(RangeType),
    start_date=st.dates(max_value=START),
    end_date=st.dates(min_value=START),
    recurrence_time_zone=st.sampled_from(["UTC", "Pacific Standard Time", "Antarctica/Troll"]),
    number_of_occurrences=st.integers(1, 999),
)
anything: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)


@settings(deadline=None)
@given(st.builds(PatternedRecurrence, pattern=patterns, range=ranges))
def test_kept_and_read_again(recurrence: PatternedRecurrence) -> None:
    check(recurrence)

    assert read(write(recurrence)) == recurrence


@pytest.mark.parametrize(
    ("pattern", "range_"),
    [
        (replace(DAILY, interval=0), ENDLESS),
        (replace(DAILY, interval=1000), ENDLESS),
        (replace(DAILY, month=13), ENDLESS),
        (replace(DAILY, day_of_month=32), ENDLESS),
        (Pattern(PatternType.RelativeMonthly, 1), ENDLESS),
        (Pattern(PatternType.AbsoluteMonthly, 1), ENDLESS),
        (Pattern(PatternType.AbsoluteYearly, 1, month=2), ENDLESS),
        (Pattern(PatternType.RelativeYearly, 1, days_of_week=(DayOfWeek.Monday,)), ENDLESS),
        (DAILY, Range(RangeType.Numbered, START)),
        (DAILY, Range(RangeType.Numbered, START, number_of_occurrences=1000)),
        (DAILY, Range(RangeType.EndDate, START, date(2016, 4, 24))),
    ],
)
def test_what_is_not_whole(pattern: Pattern, range_: Range) -> None:
    """It is refused, and makes no sense where it is kept."""
    recurrence = PatternedRecurrence(pattern, range_)

    with pytest.raises(InvalidRequest):
        check(recurrence)
    assert read(write(recurrence.with_zone("UTC"))) is None


def test_a_zone_in_the_place_of_none() -> None:
    nowhere = PatternedRecurrence(DAILY, replace(ENDLESS, recurrence_time_zone=""))

    assert nowhere.with_zone("UTC") == PatternedRecurrence(DAILY, ENDLESS)
    assert nowhere.with_zone("UTC").with_zone("Tokyo Standard Time") == nowhere.with_zone("UTC")


def test_text_of_older_stores() -> None:
    """What a client sent was kept as it was: most left out what did not matter."""
    kept: dict[str, dict[str, object]] = {
        "Pattern": {"Type": "Weekly", "Interval": 2, "DaysOfWeek": ["Monday", "Monday"]},
        "Range": {"Type": "NoEnd", "StartDate": "2016-04-25"},
    }

    assert read(orjson.dumps(kept).decode()) == WEEKLY
    del kept["Pattern"]["DaysOfWeek"]
    assert read(orjson.dumps(kept).decode()) == WEEKLY


@settings(deadline=None)
@given(st.data())
def test_any_text_of_older_stores(data: st.DataObject) -> None:
    """Whatever it is, it can be read; what can be read recurs."""
    kept: dict[str, dict[str, object]] = render(WEEKLY)
    part = data.draw(st.sampled_from(sorted(kept)))
    name = data.draw(st.sampled_from(sorted(kept[part])))
    kept[part][name] = data.draw(anything)
    whole = data.draw(st.just(kept) | anything)

    recurrence = read(json.dumps(whole))

    if recurrence is not None:
        check(recurrence)
        find_first_from(recurrence, START)


@pytest.mark.parametrize("text", ["", "x", "[]", "null", "1", '"x"', "{}", '{"Pattern": null}'])
def test_no_recurrence_at_all(text: str) -> None:
    assert read(text) is None
