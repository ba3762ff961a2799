"""The dates that a recurrence comes to.

Owns the meaning of patterns and ranges (docs/reference/outlook.md §5), by `dateutil`'s rrule
within a period of the pattern and by arithmetic from period to period, so that no date takes
longer to find than another. Must not know times, zones, or the task that recurs.

A period is Interval days, weeks, months or years, the first one the one that holds StartDate;
every period has a date, a weekly one as many as there are days.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import islice, takewhile
from typing import Any

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, YEARLY, rrule

from afterlook.mailbox.recurrence import (
    Pattern,
    PatternedRecurrence,
    PatternType,
    RangeType,
    WeekIndex,
)

_WEEK = 7
_YEAR = 12
_SHORTEST_MONTH = 28


def find_first_from(recurrence: PatternedRecurrence, day: date) -> date | None:
    """Return the first occurrence on or after a day, or None where the range has no more."""
    pattern, range_ = recurrence
    earliest = max(day, range_.start_date)
    period = _period(pattern, range_.start_date, earliest)
    begin = _begin(pattern, range_.start_date, period)
    if begin is None:
        return None
    first = next((one for one in _dates(pattern, begin) if one >= earliest), None)
    return None if first is None or first > _last(recurrence) else first


def find_next_after(recurrence: PatternedRecurrence, day: date) -> date | None:
    """Return the first occurrence after a day, or None where the range has no more."""
    return None if day == date.max else find_first_from(recurrence, day + timedelta(days=1))


def _last(recurrence: PatternedRecurrence) -> date:
    """Return the last day on which an occurrence may be."""
    pattern, range_ = recurrence
    match range_.type:
        case RangeType.EndDate:
            return range_.end_date
        case RangeType.Numbered:
            return _nth(pattern, range_.start_date, range_.number_of_occurrences) or date.max
    return date.max


def _nth(pattern: Pattern, start: date, number: int) -> date | None:
    """Return the date of an occurrence by its number, or None beyond the calendar."""
    begin = _begin(pattern, start, 1)
    first = list(takewhile(lambda day: begin is None or day < begin, _dates(pattern, start)))
    if number <= len(first):
        return first[number - 1]
    in_each = len(pattern.days_of_week) if pattern.type is PatternType.Weekly else 1
    period, further = divmod(number - len(first) - 1, in_each)
    begin = _begin(pattern, start, 1 + period)
    return None if begin is None else next(islice(_dates(pattern, begin), further, None), None)


def _period(pattern: Pattern, start: date, day: date) -> int:
    """Return the number of the period that holds a day from `start` on."""
    match pattern.type:
        case PatternType.Daily:
            return (day - start).days // pattern.interval
        case PatternType.Weekly:
            weeks = (_week(pattern, day) - _week(pattern, start)) // _WEEK
            return weeks // pattern.interval
        case PatternType.AbsoluteMonthly | PatternType.RelativeMonthly:
            months = (day.year - start.year) * _YEAR + day.month - start.month
            return months // pattern.interval
    return (day.year - start.year) // pattern.interval


def _begin(pattern: Pattern, start: date, period: int) -> date | None:
    """Return the first day of a period, of the first one `start`; None beyond the calendar."""
    if not period:
        return start
    units = period * pattern.interval
    match pattern.type:
        case PatternType.Daily:
            return _day(start.toordinal() + units)
        case PatternType.Weekly:
            return _day(_week(pattern, start) + units * _WEEK)
        case PatternType.AbsoluteMonthly | PatternType.RelativeMonthly:
            years, months = divmod(start.month - 1 + units, _YEAR)
            return _month(start.year + years, 1 + months)
    return _month(start.year + units, 1)


def _week(pattern: Pattern, day: date) -> int:
    """Return the ordinal of the first day of a day's week; it may lie before the calendar."""
    return day.toordinal() - (day.isoweekday() - pattern.first_day_of_week) % _WEEK


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal <= date.max.toordinal() else None


def _month(year: int, month: int) -> date | None:
    return date(year, month, 1) if year <= MAXYEAR else None


def _dates(pattern: Pattern, begin: date) -> Iterator[date]:
    """Yield the dates of a pattern from a day on, the first of those of its period."""
    first = datetime.combine(begin, time())
    try:
        for moment in rrule(dtstart=first, interval=pattern.interval, **_words(pattern)):
            yield moment.date()
    except ValueError:
        # The calendar's last week goes on in the year 10000, which rrule tries to name.
        return


def _words(pattern: Pattern) -> dict[str, Any]:
    """Return what rrule calls the pattern."""
    # Its weeks begin with Monday. Of several days, and of the days up to a clamped one, BYSETPOS
    # chooses the one that counts.
    days = [(day - 1) % _WEEK for day in pattern.days_of_week]
    place = -1 if pattern.index is WeekIndex.Last else pattern.index + 1
    clamped = range(min(pattern.day_of_month, _SHORTEST_MONTH), pattern.day_of_month + 1)
    in_month = {"freq": YEARLY, "bymonth": pattern.month}
    match pattern.type:
        case PatternType.Daily:
            return {"freq": DAILY}
        case PatternType.Weekly:
            first = (pattern.first_day_of_week - 1) % _WEEK
            return {"freq": WEEKLY, "wkst": first, "byweekday": days}
        case PatternType.AbsoluteMonthly:
            return {"freq": MONTHLY, "bymonthday": clamped, "bysetpos": -1}
        case PatternType.RelativeMonthly:
            return {"freq": MONTHLY, "byweekday": days, "bysetpos": place}
        case PatternType.AbsoluteYearly:
            return {**in_month, "bymonthday": clamped, "bysetpos": -1}
    return {**in_month, "byweekday": days, "bysetpos": place}
