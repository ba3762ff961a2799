"""Recurrences in request bodies: docs/reference/outlook.md §1.4.

Owns how lenient their literals are. `mailbox.recurrence` tells when one is whole.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from afterlook.mailbox import recurrence as recurrences
from afterlook.mailbox import timezones
from afterlook.mailbox.recurrence import (
    MAX_NUMBER,
    DayOfWeek,
    Pattern,
    PatternedRecurrence,
    PatternType,
    Range,
    RangeType,
    WeekIndex,
)
from afterlook.odata.edm import DATE, INT32, EdmType, collection_of
from afterlook.outlook.bodies.base import InputModel, make_member_reader, make_members_schema
from afterlook.outlook.edm import DAY_OF_WEEK, PATTERN_TYPE, RANGE_TYPE, WEEK_INDEX

_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]{1,10}")
# Clients write a date as the midnight that it begins with.
_DATE = re.compile(
    r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
    r"(?:T00:00(?::00(?:\.0{1,12})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?",
    re.IGNORECASE,
)
_MAX_INT32 = 2**31 - 1


def _literal_error(type_: EdmType) -> PydanticCustomError:
    return PydanticCustomError("member", "no such literal", {"type": type_.name})


def _as_int(value: object) -> object:
    match value:
        case str() if _WHOLE_NUMBER.fullmatch(value):
            value = int(value)
        case float() if value.is_integer():
            # JSON has one kind of number: 1.0 is as whole as 1.
            value = int(value)
    if type(value) is not int or abs(value) > _MAX_INT32:
        raise _literal_error(INT32)
    return value


def _as_date(value: object) -> date:
    match = _DATE.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        raise _literal_error(DATE)
    try:
        return date.fromisoformat(match["date"])
    except ValueError as error:
        raise _literal_error(DATE) from error


def _as_list(value: object) -> object:
    if not isinstance(value, list):
        raise _literal_error(collection_of(DAY_OF_WEEK))
    return value


def _number(minimum: int, maximum: int) -> WithJsonSchema:
    return WithJsonSchema({"type": "integer", "minimum": minimum, "maximum": maximum})


_Int32 = Annotated[int, BeforeValidator(_as_int)]
_Date = Annotated[
    date, BeforeValidator(_as_date), WithJsonSchema({"type": "string", "format": "date"})
]
_Day = Annotated[
    DayOfWeek, BeforeValidator(make_member_reader(DAY_OF_WEEK)), make_members_schema(DAY_OF_WEEK)
]
_Index = Annotated[
    WeekIndex, BeforeValidator(make_member_reader(WEEK_INDEX)), make_members_schema(WEEK_INDEX)
]
_PatternType = Annotated[
    PatternType,
    BeforeValidator(make_member_reader(PATTERN_TYPE)),
    make_members_schema(PATTERN_TYPE),
]
_RangeType = Annotated[
    RangeType, BeforeValidator(make_member_reader(RANGE_TYPE)), make_members_schema(RANGE_TYPE)
]


class RecurrencePatternInput(InputModel):
    """How often and on which days; what the type makes no use of may be left out."""

    edm_type = "RecurrencePattern"

    type: _PatternType
    interval: Annotated[_Int32, _number(1, MAX_NUMBER)]
    month: Annotated[_Int32, _number(0, 12)] = 0
    day_of_month: Annotated[_Int32, _number(0, 31)] = 0
    days_of_week: Annotated[list[_Day], BeforeValidator(_as_list)] | None = None
    first_day_of_week: _Day | None = None
    index: _Index | None = None

    def value(self) -> Pattern:
        """Return the pattern in the domain's terms."""
        return Pattern(
            type=self.type,
            interval=self.interval,
            month=self.month,
            day_of_month=self.day_of_month,
            days_of_week=tuple(dict.fromkeys(self.days_of_week or ())),
            first_day_of_week=self.first_day_of_week or DayOfWeek.Sunday,
            index=self.index or WeekIndex.First,
        )


class RecurrenceRangeInput(InputModel):
    """From when until when, or how many times."""

    edm_type = "RecurrenceRange"

    type: _RangeType
    start_date: _Date
    end_date: _Date | None = None
    recurrence_time_zone: StrictStr | None = None
    number_of_occurrences: Annotated[_Int32, _number(0, MAX_NUMBER)] = 0

    def value(self, zone_name: str) -> Range:
        """Return the range in the domain's terms."""
        return Range(
            type=self.type,
            start_date=self.start_date,
            end_date=self.end_date or date.min,
            recurrence_time_zone=zone_name,
            number_of_occurrences=self.number_of_occurrences,
        )


class PatternedRecurrenceInput(InputModel):
    """A recurrence; its zone may stand in the range, or beside it as in older documents."""

    edm_type = "PatternedRecurrence"

    pattern: RecurrencePatternInput
    range: RecurrenceRangeInput
    recurrence_time_zone: StrictStr | None = None

    def value(self) -> PatternedRecurrence:
        """Return the recurrence in the domain's terms.

        Raises `InvalidRequest` for one that is not whole, `TimeZoneNotSupported`.
        """
        names = (self.range.recurrence_time_zone, self.recurrence_time_zone)
        zones = [timezones.find_zone(name).own_name for name in names if name is not None]
        given = PatternedRecurrence(self.pattern.value(), self.range.value((*zones, "")[0]))
        whole = given.with_weekday()
        recurrences.check(whole)
        return whole
