"""Filters on dates, of which some are days in no zone.

Owns comparing those as their reader is shown them: as midnight in the reader's own zone, though the
store has them at midnight in UTC. Must not know how a filter is written.
"""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any, TypeVar

from afterlook.mailbox import walls
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.odata.edm import BOOLEAN, DATE_TIME_OFFSET, MOMENT
from afterlook.odata.filter.tree import (
    Comparison,
    Expression,
    Junction,
    Literal,
    Membership,
    Not,
    Path,
)
from afterlook.runtime.instants import Instant

Node = TypeVar("Node", bound=Expression)

_MOMENTS = (MOMENT, DATE_TIME_OFFSET)
_MIRRORED = {"eq": "eq", "ne": "ne", "gt": "lt", "ge": "le", "lt": "gt", "le": "ge"}


def read_days_in(expression: Expression, zone: Zone) -> Expression:
    """Return a filter in which a day in no zone begins at midnight in `zone`."""
    return expression if zone is UTC else _rewrite(expression, zone)


def _rewrite(expression: Expression, zone: Zone) -> Expression:
    match expression:
        case Comparison(operator, Path(column=column) as path, Literal(int(ticks), type_)) if (
            type_ in _MOMENTS and column in walls.DAYS
        ):
            return _either(expression, operator, path, Instant(ticks), zone)
        case Comparison(operator, Literal(int(ticks), type_), Path(column=column) as path) if (
            type_ in _MOMENTS and column in walls.DAYS
        ):
            return _either(expression, _MIRRORED[operator], path, Instant(ticks), zone)
        case Membership(Path(column=column) as path, items) if column in walls.DAYS:
            equal = tuple(_rewrite(Comparison("eq", path, item), zone) for item in items)
            return equal[0] if len(equal) == 1 else Junction("or", equal)
    return _within(expression, zone)


def _either(
    expression: Comparison, operator: str, path: Path, instant: Instant, zone: Zone
) -> Expression:
    """Compare with an instant, or where the date is a day in no zone, with its place among days."""
    place = Literal(walls.place_among_days(instant, zone), MOMENT)
    is_day = Path(path.path, BOOLEAN, walls.IS_DAY[path.column], nullable=False)
    days = Junction("and", (is_day, Comparison(operator, path, place)))
    others = Junction("and", (Not(is_day), expression))
    return Junction("or", (days, others))


def _within(expression: Node, zone: Zone) -> Node:
    changed: dict[str, Any] = {}
    for field in fields(expression):
        value = getattr(expression, field.name)
        if isinstance(value, Expression):
            changed[field.name] = _rewrite(value, zone)
        elif isinstance(value, tuple):
            changed[field.name] = tuple(
                _rewrite(part, zone) if isinstance(part, Expression) else part for part in value
            )
    return replace(expression, **changed) if changed else expression
