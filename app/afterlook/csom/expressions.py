"""The expression language of conditional scopes and of queries on items (contract §1.2).

Owns what each operation means. Must not know how a path is evaluated: it is handed a `Look`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from afterlook.csom.errors import InvalidClientQuery, NullObject, PropertyNotFound
from afterlook.csom.request import Operation, Value
from afterlook.csom.types import ObjectType, ServerObject

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


class Reader(Protocol):
    """What an expression is evaluated with."""

    def look(self, value: Value) -> Any:
        """Return what a value of the request stands for. Raises `QueryError`."""

    def static(self, type_id: str, name: str) -> Any:
        """Return a static property that has been read. Raises `QueryError`."""

    def spend(self, steps: int) -> None:
        """Count steps of work. Raises `TooManyResources`."""


def holds(test: Operation, reader: Reader, variables: Variables) -> bool:
    """Tell whether a test is true. Raises `InvalidClientQuery`, `PropertyNotFound`."""
    result = _evaluated(test, reader, variables)
    if not isinstance(result, bool):
        raise InvalidClientQuery(reason="What is tested is neither true nor false.")
    return result


def queried(items: list[ServerObject], query: Operation, reader: Reader) -> list[ServerObject]:
    """Return the items that a query lets through, in its order. Raises `InvalidClientQuery`."""
    match query.name, query.operands:
        case "Take", (source,):
            count = max(int(query.attributes["Count"]), 0)
            return queried(items, source, reader)[:count]
        case "OfType", (source,):
            found = queried(items, source, reader)
            return [item for item in found if _is_a(item.type, query.attributes)]
        case "Where", (source, test):
            found = queried(items, source, reader)
            return [item for item in found if holds(test, reader, {"": item})]
        case name, (_, _) if name in _ORDERS:
            return _ordered(items, query, reader)
    return items


def _ordered(items: list[ServerObject], query: Operation, reader: Reader) -> list[ServerObject]:
    """Sort by a row of keys; the outermost, a ThenBy, decides last and so is sorted by first."""
    keys = [query]
    while keys[-1].name.startswith("ThenBy"):
        source = keys[-1].operands[0]
        if source.name not in _ORDERS:
            raise InvalidClientQuery(reason="What is not ordered cannot be ordered further.")
        keys.append(source)
    found = queried(items, keys[-1].operands[0], reader)
    for key in keys:
        test = key.operands[1]

        def value(item: ServerObject, test: Operation = test) -> tuple[bool, Any]:
            found = _evaluated(test, reader, {"": item})
            return found is not None, 0 if found is None else found

        try:
            found = sorted(found, key=value, reverse=key.name.endswith("Descending"))
        except TypeError as error:
            reason = "What is to be ordered by cannot be compared."
            raise InvalidClientQuery(reason=reason) from error
    return found


def _evaluated(operation: Operation, reader: Reader, variables: Variables) -> Any:
    reader.spend(1)
    match operation.name, operation.operands:
        case "ExpressionConstant", _:
            assert operation.constant is not None  # noqa: S101
            return reader.look(operation.constant)
        case "ExpressionStaticProperty", _:
            return reader.static(operation.attributes["TypeId"], operation.attributes["Name"])
        case "ExpressionParameter", _:
            # There is but one variable in scope, whatever it is called.
            return variables.get("")
        case ("AND" | "OR") as name, (left, right):
            first = holds(left, reader, variables)
            return holds(right, reader, variables) if first is (name == "AND") else first
        case "NOT", (operand,):
            return not holds(operand, reader, variables)
        case "ExpressionProperty", (operand,):
            return _property(_evaluated(operand, reader, variables), operation.attributes["Name"])
        case "ExpressionTypeIs", (operand,):
            value = _evaluated(operand, reader, variables)
            return isinstance(value, ServerObject) and _is_a(value.type, operation.attributes)
        case "ExpressionConvert", (operand,):
            return _evaluated(operand, reader, variables)
        case name, (left, right) if name in _COMPARISONS:
            values = (_evaluated(left, reader, variables), _evaluated(right, reader, variables))
            return _compared(name, *values)
    raise InvalidClientQuery(reason=f"The expression '{operation.name}' is not supported.")


def _compared(name: str, left: Any, right: Any) -> bool:
    moments = isinstance(left, datetime) and isinstance(right, datetime)
    if moments and (left.tzinfo is None or right.tzinfo is None):
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
    """Tell whether a type is the one named, or derives from it."""
    if named.get("Type") == type_.name or named.get("TypeId", "").lower() == type_.type_id.lower():
        return True
    return type_.base is not None and _is_a(type_.base, named)
