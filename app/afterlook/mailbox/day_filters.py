"""Filters on dates, of which some are days in no zone.

Owns comparing those as their reader is shown them: as midnight in the reader's own zone, though the
store has them at midnight in UTC.
"""

from __future__ import annotations

from dataclasses import replace

from afterlook.mailbox import walls
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.odata.edm import BOOLEAN
from afterlook.odata.filter.tree import (
    Comparison,
    Expression,
    Junction,
    Literal,
    Membership,
    Not,
    Path,
    map_operands,
)
from afterlook.runtime.instants import Instant


def read_days_in(expression: Expression, zone: Zone) -> Expression:
    """Return a filter in which a day in no zone begins at midnight in `zone`."""
    return expression if zone is UTC else _rewrite(expression, zone)


def _rewrite(expression: Expression, zone: Zone) -> Expression:
    match expression:
        case Comparison(left=Path() as path, right=Literal(int()) as literal) if _is_day(path):
            right = _among_days(literal, zone)
            return _either(path, replace(expression, right=right), expression)
        case Comparison(left=Literal(int()) as literal, right=Path() as path) if _is_day(path):
            left = _among_days(literal, zone)
            return _either(path, replace(expression, left=left), expression)
        case Membership(Path() as path, items) if _is_day(path):
            among = tuple(_among_days(item, zone) for item in items)
            return _either(path, replace(expression, items=among), expression)
    return map_operands(expression, lambda part: _rewrite(part, zone))


def _is_day(path: Path) -> bool:
    return path.column in walls.DAYS


def _either(path: Path, of_days: Expression, of_others: Expression) -> Expression:
    """Return what is true by one condition where a date is in no zone, else by another."""
    is_day = Path(path.path, BOOLEAN, walls.IS_DAY[path.column], nullable=False)
    days = Junction("and", (is_day, of_days))
    return Junction("or", (days, Junction("and", (Not(is_day), of_others))))


def _among_days(literal: Literal, zone: Zone) -> Literal:
    """Return the place of an instant among midnights in no zone."""
    if not isinstance(literal.value, int):
        return literal
    return replace(literal, value=walls.place_among_days(Instant(literal.value), zone))
