"""What a filter means, once more and without SQL: the judge between the two engines.

Owns null as OData has it: a comparison always is true or false, whatever is computed from null is
null, and `and`, `or` and `not` know three values. Text is folded, dates are ticks.
"""

import json
import operator as python
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import trunc
from typing import Any

from afterlook.odata.edm import BOOLEAN, DOUBLE
from afterlook.odata.filter import tree
from afterlook.odata.filter.tree import Expression
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND
from afterlook.store.folding import fold, fold_or_none
from afterlook.store.rows import TaskRow

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": python.gt,
    "ge": python.ge,
    "lt": python.lt,
    "le": python.le,
}
_SUMS: dict[str, Callable[[Any, Any], Any]] = {
    "add": python.add,
    "sub": python.sub,
    "mul": python.mul,
}


def matches(row: TaskRow, expression: Expression) -> bool:
    """Tell whether a filter lets a task through."""
    return _of(expression, row, {}) is True


def _of(expression: Expression, row: TaskRow, items: Mapping[str, str]) -> Any:
    def of(inner: Expression) -> Any:
        return _of(inner, row, items)

    match expression:
        case tree.Literal(value):
            return fold(value) if isinstance(value, str) else value
        case tree.Path(column=column, type=type_):
            value = getattr(row, column)
            if type_ == BOOLEAN:
                return bool(value)
            return fold_or_none(value) if isinstance(value, str) else value
        case tree.Variable(name):
            return items[name]
        case tree.Junction(operator, operands):
            return _joined(operator, [of(one) for one in operands])
        case tree.Not(operand):
            value = of(operand)
            return None if value is None else not value
        case tree.Comparison(operator, left, right):
            return _compared(operator, of(left), of(right))
        case tree.Membership(left, literals):
            return any(_compared("eq", of(left), of(one)) for one in literals)
        case tree.Arithmetic(operator, left, right, type_):
            return _computed(operator, of(left), of(right), double=type_ == DOUBLE)
        case tree.Call(name, arguments):
            values = [of(one) for one in arguments]
            days = bool(arguments) and arguments[0].type.name == "Edm.Date"
            return None if None in values else _called(name, values, of_days=days)
    kept = getattr(row, expression.collection.column)
    found = [fold(item) for item in json.loads(kept or "[]")]
    if expression.condition is None:
        return bool(found)
    whether = [
        _of(expression.condition, row, {**items, expression.variable: one}) is True for one in found
    ]
    return any(whether) if expression.operator == "any" else all(whether)


def _joined(operator: str, values: list[bool | None]) -> bool | None:
    decisive = operator == "or"
    if decisive in values:
        return decisive
    return None if None in values else not decisive


def _compared(operator: str, left: Any, right: Any) -> bool:
    if operator in ("eq", "ne"):
        return bool(left == right) == (operator == "eq")
    return None not in (left, right) and _ORDERS[operator](left, right)


def _computed(operator: str, left: Any, right: Any, *, double: bool) -> Any:
    if None in (left, right):
        return None
    if double:
        left, right = float(left), float(right)
    if operator in _SUMS:
        return _SUMS[operator](left, right)
    if right == 0:
        return None
    if double:
        return left / right
    # Towards nothing, and the rest has the sign of what was divided.
    whole = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
    return trunc(whole) if operator == "div" else left - right * whole


def _called(name: str, values: list[Any], *, of_days: bool) -> Any:
    first, *rest = values
    if name in ("year", "month", "day"):
        days = first if of_days else first // TICKS_PER_DAY
        return getattr(date(1, 1, 1) + timedelta(days=days), name)
    match name:
        case "hour":
            return first // (3600 * TICKS_PER_SECOND) % 24
        case "minute":
            return first // (60 * TICKS_PER_SECOND) % 60
        case "second":
            return first // TICKS_PER_SECOND % 60
        case "date":
            return first // TICKS_PER_DAY
        case "time":
            return first % TICKS_PER_DAY
    return _of_text(name, first, rest)


def _of_text(name: str, text: str, rest: list[Any]) -> Any:
    match name:
        case "contains":
            return rest[0] in text
        case "startswith":
            return text.startswith(rest[0])
        case "endswith":
            return text.endswith(rest[0])
        case "length":
            return len(text)
        case "indexof":
            return text.find(rest[0])
        case "trim":
            return text.strip(" ")
        case "concat":
            return text + rest[0]
        case "substring":
            start = max(rest[0], 0)
            return text[start:] if len(rest) == 1 else text[start : start + max(rest[1], 0)]
    return text
