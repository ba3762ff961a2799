"""The expression language of conditional scopes and of queries on items (contract §1.2).

Owns what each operation means. Must not know how a path is evaluated: it is handed a `Look`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from afterlook.csom.errors import InvalidClientQuery, NullObject, PropertyNotFound
from afterlook.csom.request import Operation, Value
from afterlook.csom.types import ObjectType, ServerObject

Look = Callable[[Value], Any]
"""Returns what a value of the request stands for."""

Variables = dict[str, object]

_ORDERS = frozenset({"OrderBy", "OrderByDescending", "ThenBy", "ThenByDescending"})

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "EQ": lambda left, right: bool(left == right),
    "NE": lambda left, right: bool(left != right),
    "GT": lambda left, right: bool(left > right),
    "LT": lambda left, right: bool(left < right),
    "GE": lambda left, right: bool(left >= right),
    "LE": lambda left, right: bool(left <= right),
}


def holds(test: Operation, look: Look, variables: Variables) -> bool:
    """Tell whether a test is true. Raises `InvalidClientQuery`, `PropertyNotFound`."""
    result = _evaluated(test, look, variables)
    if not isinstance(result, bool):
        raise InvalidClientQuery(reason="The test of a scope is neither true nor false.")
    return result


def queried(items: list[ServerObject], query: Operation, look: Look) -> list[ServerObject]:
    """Return the items that a query lets through, in its order. Raises `InvalidClientQuery`."""
    if query.name == "QueryableObject":
        return items
    if query.name in _ORDERS:
        return _ordered(items, query, look)
    source, *tests = query.operands
    found = queried(items, source, look)
    match query.name:
        case "Take":
            return found[: max(int(query.attributes["Count"]), 0)]
        case "OfType":
            return [item for item in found if _is_a(item.type, query.attributes)]
    return [item for item in found if holds(tests[0], look, {"": item})]


def _ordered(items: list[ServerObject], query: Operation, look: Look) -> list[ServerObject]:
    """Sort by a row of keys; the outermost, a ThenBy, decides last and so is sorted by first."""
    keys = [query]
    while keys[-1].name.startswith("ThenBy"):
        keys.append(keys[-1].operands[0])
    found = queried(items, keys[-1].operands[0], look)
    for key in keys:
        test = key.operands[1]

        def value(item: ServerObject, test: Operation = test) -> tuple[bool, Any]:
            found = _evaluated(test, look, {"": item})
            return found is not None, 0 if found is None else found

        try:
            found = sorted(found, key=value, reverse=key.name.endswith("Descending"))
        except TypeError as error:
            reason = "What is to be ordered by cannot be compared."
            raise InvalidClientQuery(reason=reason) from error
    return found


def _evaluated(operation: Operation, look: Look, variables: Variables) -> Any:
    name, operands = operation.name, operation.operands
    if operation.constant is not None:
        return look(operation.constant)
    if name == "ExpressionParameter":
        # There is but one variable in scope, whatever it is called.
        return variables.get("")
    values = [_evaluated(operand, look, variables) for operand in operands]
    match name, values:
        case (("AND" | "OR"), [bool(left), bool(right)]):
            return (left and right) if name == "AND" else (left or right)
        case "NOT", [bool(value)]:
            return not value
        case "ExpressionProperty", [value]:
            return _property(value, operation.attributes["Name"])
        case "ExpressionTypeIs", [value]:
            return isinstance(value, ServerObject) and _is_a(value.type, operation.attributes)
        case "ExpressionConvert", [value]:
            return value
        case _, [left, right] if name in _COMPARISONS:
            return _compared(name, left, right)
    raise InvalidClientQuery(reason=f"The expression '{name}' is not valid here.")


def _compared(name: str, left: object, right: object) -> bool:
    if isinstance(left, datetime) and isinstance(right, datetime):
        # One of no zone is taken for one of the other's.
        left, right = left.replace(tzinfo=None), right.replace(tzinfo=None)
    if name not in ("EQ", "NE") and (left is None or right is None):
        return False
    try:
        return _COMPARISONS[name](left, right)
    except TypeError as error:
        raise InvalidClientQuery(reason="Values of these types cannot be compared.") from error


def _property(value: object, name: str) -> object:
    if value is None:
        raise NullObject(name=name)
    if not isinstance(value, ServerObject) or value.type.find_property(name) is None:
        raise PropertyNotFound(name=name)
    return value.values.get(name)


def _is_a(type_: ObjectType[Any], named: Mapping[str, str]) -> bool:
    return named.get("Type") == type_.name or named.get("TypeId", "").lower() == type_.type_id
