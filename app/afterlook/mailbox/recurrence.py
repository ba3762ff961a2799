"""Recurrences: the pattern and the range of a series, and the text in which they are kept.

Owns what makes one whole (docs/reference/outlook.md §1.4, §5), in the documents' own terms.
Which dates it comes to, `occurrences.py` says; how a task recurs, `series.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache
from operator import index
from typing import Any, NamedTuple

import orjson

from afterlook.errors import BadRequest, InvalidRequest
from afterlook.mailbox.timezones import UTC, find_zone

MAX_NUMBER = 999
"""The largest Interval and NumberOfOccurrences."""

PatternType = IntEnum(
    "PatternType",
    "Daily Weekly AbsoluteMonthly RelativeMonthly AbsoluteYearly RelativeYearly",
    start=0,
)
RangeType = IntEnum("RangeType", "EndDate NoEnd Numbered", start=0)
WeekIndex = IntEnum("WeekIndex", "First Second Third Fourth Last", start=0)
DayOfWeek = IntEnum(
    "DayOfWeek", "Sunday Monday Tuesday Wednesday Thursday Friday Saturday", start=0
)

_BY_DAY_OF_MONTH = (PatternType.AbsoluteMonthly, PatternType.AbsoluteYearly)
_BY_DAYS_OF_WEEK = (PatternType.Weekly, PatternType.RelativeMonthly, PatternType.RelativeYearly)
_BY_MONTH = (PatternType.AbsoluteYearly, PatternType.RelativeYearly)


@dataclass(frozen=True, slots=True)
class Pattern:
    """How often and on which days; what its type makes no use of is kept all the same."""

    type: PatternType
    interval: int
    month: int = 0
    day_of_month: int = 0
    days_of_week: tuple[DayOfWeek, ...] = ()
    first_day_of_week: DayOfWeek = DayOfWeek.Sunday
    index: WeekIndex = WeekIndex.First


@dataclass(frozen=True, slots=True)
class Range:
    """From when until when; the name of a zone may be empty as long as nobody used one."""

    type: RangeType
    start_date: date
    end_date: date = date.min
    recurrence_time_zone: str = ""
    number_of_occurrences: int = 0


class PatternedRecurrence(NamedTuple):
    """By which pattern a task comes again, and within which range."""

    pattern: Pattern
    range: Range

    def with_zone(self, zone_name: str) -> PatternedRecurrence:
        """Return it with a zone, in the place of none."""
        if self.range.recurrence_time_zone:
            return self
        return self._replace(range=replace(self.range, recurrence_time_zone=zone_name))

    def with_weekday(self) -> PatternedRecurrence:
        """Return it with the weekday of StartDate where it is weekly on no day at all."""
        pattern, range_ = self
        if pattern.type is not PatternType.Weekly or pattern.days_of_week:
            return self
        day = DayOfWeek(range_.start_date.isoweekday() % len(DayOfWeek))
        return self._replace(pattern=replace(pattern, days_of_week=(day,)))


def check(recurrence: PatternedRecurrence) -> None:
    """Hold a recurrence against the rules. Raises `InvalidRequest` for the first one broken.

    Members that the type makes no use of may be 0; what else they are is checked all the same.
    """
    pattern, range_ = recurrence
    used = f"for a pattern of the type {pattern.type.name}"
    _bound("Interval", pattern.interval, 1, MAX_NUMBER)
    _bound("Month", pattern.month, int(pattern.type in _BY_MONTH), 12, used)
    by_day = pattern.type in _BY_DAY_OF_MONTH
    _bound("DayOfMonth", pattern.day_of_month, int(by_day), 31, used)
    if pattern.type in _BY_DAYS_OF_WEEK and not pattern.days_of_week:
        raise InvalidRequest(reason=f"The property 'DaysOfWeek' is required {used}.")
    used = f"for a range of the type {range_.type.name}"
    numbered = int(range_.type is RangeType.Numbered)
    number = range_.number_of_occurrences
    _bound("NumberOfOccurrences", number, numbered, MAX_NUMBER, used)
    if range_.type is RangeType.EndDate and range_.end_date < range_.start_date:
        reason = f"The property 'EndDate' is required {used}, and not before StartDate."
        raise InvalidRequest(reason=reason)


def render(recurrence: PatternedRecurrence) -> dict[str, dict[str, object]]:
    """Return all members of a recurrence, in the documents' order."""
    pattern, range_ = recurrence
    return {
        "Pattern": {
            "Type": pattern.type.name,
            "Interval": pattern.interval,
            "Month": pattern.month,
            "DayOfMonth": pattern.day_of_month,
            "DaysOfWeek": [day.name for day in pattern.days_of_week],
            "FirstDayOfWeek": pattern.first_day_of_week.name,
            "Index": pattern.index.name,
        },
        "Range": {
            "Type": range_.type.name,
            "StartDate": range_.start_date.isoformat(),
            "EndDate": range_.end_date.isoformat(),
            "RecurrenceTimeZone": range_.recurrence_time_zone,
            "NumberOfOccurrences": range_.number_of_occurrences,
        },
    }


def write(recurrence: PatternedRecurrence) -> str:
    """Write a recurrence as the text in which it is kept."""
    return orjson.dumps(render(recurrence)).decode()


@lru_cache(maxsize=4096)
def read(text: str) -> PatternedRecurrence | None:
    """Read the text in which a recurrence is kept; None where it makes no sense.

    Stores from before recurrences were checked hold whatever a client sent, with members left out
    or of any kind: what can be understood recurs, the rest is as if it were not there.
    """
    try:
        kept = orjson.loads(text)
        whole = PatternedRecurrence(_pattern(kept["Pattern"]), _range(kept["Range"]))
        recurrence = whole.with_weekday()
        check(recurrence)
    except (KeyError, TypeError, ValueError, AttributeError, BadRequest):
        return None
    return recurrence


def _pattern(kept: dict[str, Any]) -> Pattern:
    days = dict.fromkeys(DayOfWeek[name] for name in kept.get("DaysOfWeek", ()))
    return Pattern(
        type=PatternType[kept["Type"]],
        interval=index(kept["Interval"]),
        month=index(kept.get("Month", 0)),
        day_of_month=index(kept.get("DayOfMonth", 0)),
        days_of_week=tuple(days),
        first_day_of_week=DayOfWeek[kept.get("FirstDayOfWeek", "Sunday")],
        index=WeekIndex[kept.get("Index", "First")],
    )


def _range(kept: dict[str, Any]) -> Range:
    return Range(
        type=RangeType[kept["Type"]],
        start_date=date.fromisoformat(kept["StartDate"]),
        end_date=date.fromisoformat(kept.get("EndDate", date.min.isoformat())),
        recurrence_time_zone=find_zone(kept.get("RecurrenceTimeZone", UTC.name)).own_name,
        number_of_occurrences=index(kept.get("NumberOfOccurrences", 0)),
    )


def _bound(name: str, number: int, least: int, most: int, used: str = "") -> None:
    """Refuse a number out of bounds; one that is 0 was most likely left out."""
    if number == 0 < least and used:
        reason = f"The property '{name}' is required {used}."
        raise InvalidRequest(reason=reason)
    if not least <= number <= most:
        reason = f"The property '{name}' must be {least} to {most}."
        raise InvalidRequest(reason=reason)
