"""Recurrences to try, and the oracle: every day held against the definition of its pattern."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import strategies as st

from afterlook.mailbox.recurrence import (
    DayOfWeek,
    Pattern,
    PatternedRecurrence,
    PatternType,
    RangeType,
    WeekIndex,
)

DAY = timedelta(days=1)

days_of_week = st.lists(st.sampled_from(DayOfWeek), min_size=1, max_size=7, unique=True).map(tuple)
patterns = st.builds(
    Pattern,
    type=st.sampled_from(PatternType),
    interval=st.integers(1, 4) | st.integers(1, 999),
    month=st.integers(1, 12),
    day_of_month=st.integers(1, 31),
    days_of_week=days_of_week,
    first_day_of_week=st.sampled_from(DayOfWeek),
    index=st.sampled_from(WeekIndex),
)


def every_day(first: date, last: date) -> Iterator[date]:
    """Yield every day of a slice."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        yield date.fromordinal(ordinal)


def fits(pattern: Pattern, start: date, day: date) -> bool:
    """Tell whether a day is one of the pattern's, by what the documents say of each type."""
    months = (day.year - start.year) * 12 + day.month - start.month
    match pattern.type:
        case PatternType.Daily:
            return (day - start).days % pattern.interval == 0
        case PatternType.Weekly:
            weeks = (_week(pattern, day) - _week(pattern, start)) // 7
            return weeks % pattern.interval == 0 and day.isoweekday() % 7 in pattern.days_of_week
        case PatternType.AbsoluteMonthly:
            return months % pattern.interval == 0 and _is_day_of_month(pattern, day)
        case PatternType.RelativeMonthly:
            return months % pattern.interval == 0 and _is_day_by_index(pattern, day)
    if day.month != pattern.month or (day.year - start.year) % pattern.interval:
        return False
    if pattern.type is PatternType.AbsoluteYearly:
        return _is_day_of_month(pattern, day)
    return _is_day_by_index(pattern, day)


def sequence(recurrence: PatternedRecurrence, until: date) -> list[date]:
    """Return the occurrences up to a day."""
    pattern, range_ = recurrence
    last = min(until, range_.end_date) if range_.type is RangeType.EndDate else until
    start = range_.start_date
    found = [day for day in every_day(start, last) if fits(pattern, start, day)]
    return found[: range_.number_of_occurrences] if range_.type is RangeType.Numbered else found


def _week(pattern: Pattern, day: date) -> int:
    # The first day of the calendar was a Monday, as was that of every week since.
    ordinal = day.toordinal()
    while ordinal % 7 != pattern.first_day_of_week:
        ordinal -= 1
    return ordinal


def _is_day_of_month(pattern: Pattern, day: date) -> bool:
    return day.day == min(pattern.day_of_month, monthrange(day.year, day.month)[1])


def _is_day_by_index(pattern: Pattern, day: date) -> bool:
    if day.isoweekday() % 7 not in pattern.days_of_week:
        return False
    dates = [day.replace(day=n + 1) for n in range(monthrange(day.year, day.month)[1])]
    days = [one for one in dates if one.isoweekday() % 7 in pattern.days_of_week]
    return day == days[-1 if pattern.index is WeekIndex.Last else pattern.index]
