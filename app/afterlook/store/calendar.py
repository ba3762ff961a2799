"""Parts of dates, computed from ticks in whole numbers, and so alike on every engine.

Owns the proleptic Gregorian calendar in SQL.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, literal

from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND

Sql = ColumnElement[Any]

# Days are counted from 0000-03-01, so that a leap day ends its year. The steps are those of Neri
# and Schneider, "Euclidean affine functions and their application to calendar algorithms" (2022):
# each is written with the one before it once, so that a long filter stays short SQL.
_DAYS_BEFORE_YEAR_1 = 306


def part(name: str, value: Sql, *, of_date: bool) -> Sql:
    """Return a part of a date or an instant, in UTC; `of_date` says that it counts days already."""
    if name in ("year", "month", "day"):
        return PARTS[name](value if of_date else value // _n(TICKS_PER_DAY))
    return PARTS[name](value)


def _n(number: int) -> Sql:
    return literal(number, BigInteger())


def _four_fold(days: Sql) -> Sql:
    return _n(4) * (days + _n(_DAYS_BEFORE_YEAR_1)) + _n(3)


def _of_century(days: Sql) -> Sql:
    return _four_fold(days) % _n(146_097) // _n(4) * _n(4) + _n(3)


def _day_of_year(days: Sql) -> Sql:
    """The first is 1 March."""
    return _of_century(days) % _n(1461) // _n(4)


def _by_month(days: Sql) -> Sql:
    return _n(5) * _day_of_year(days) + _n(461)


def _month(days: Sql) -> Sql:
    return (_by_month(days) // _n(153) - _n(1)) % _n(12) + _n(1)


def _day(days: Sql) -> Sql:
    return _by_month(days) % _n(153) // _n(5) + _n(1)


def _year(days: Sql) -> Sql:
    of_century = _of_century(days) // _n(1461)
    # January and February, from day 306 on, are in the year after.
    return (
        _n(100) * (_four_fold(days) // _n(146_097))
        + of_century
        + _day_of_year(days) // _n(_DAYS_BEFORE_YEAR_1)
    )


def _of_day(unit: int, units: int) -> Callable[[Sql], Sql]:
    return lambda ticks: ticks // _n(unit * TICKS_PER_SECOND) % _n(units)


PARTS: dict[str, Callable[[Sql], Sql]] = {
    "year": _year,
    "month": _month,
    "day": _day,
    "hour": _of_day(3600, 24),
    "minute": _of_day(60, 60),
    "second": _of_day(1, 60),
    "date": lambda ticks: ticks // _n(TICKS_PER_DAY),
    "time": lambda ticks: ticks % _n(TICKS_PER_DAY),
}
"""What a function makes of days (the first three) or of ticks."""
