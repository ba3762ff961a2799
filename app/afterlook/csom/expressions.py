"""The expression language of conditional scopes and of queries on items.

See docs/reference/csom.md §1.2.

Owns what each operation means. What it refers to is handed in, evaluated: `EvaluationContext`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Protocol

from afterlook.csom.budget import Budget
from afterlook.csom.errors import FieldOrPropertyNotFound, InvalidClientQuery, NullObject
from afterlook.csom.request_model import ExpressionOperation, Value
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


class EvaluationContext(Protocol):
    """What an expression is evaluated with: the objects it refers to, and what it may cost."""

    @property
    def budget(self) -> Budget:
        """The steps that the request may cost."""

    def value_of(self, value: Value) -> Any:
        """Return what a value of the request stands for. Raises `QueryError`."""

    def static_value(self, type_id: str, name: str) -> Any:
        """Return a static property that has been read. Raises `QueryError`."""


def is_met(test: ExpressionOperation, context: EvaluationContext, variables: Variables) -> bool:
    """Tell whether a test is true. Raises `InvalidClientQuery`, `FieldOrPropertyNotFound`."""
    result = _evaluate(test, context, variables)
    if not isinstance(result, bool):
        raise InvalidClientQuery(reason="What is tested is neither true nor false.")
    return result


def apply_query(
    items: list[ServerObject], query: ExpressionOperation, context: EvaluationContext
) -> list[ServerObject]:
    """Return the items that a query selects, in its order. Raises `InvalidClientQuery`."""
    match query.name, query.operands:
        case "Take", (source,):
            count = max(int(query.attributes["Count"]), 0)
            return apply_query(items, source, context)[:count]
        case "OfType", (source,):
            matches = apply_query(items, source, context)
            return [item for item in matches if _is_a(item.type, query.attributes)]
        case "Where", (source, test):
            matches = apply_query(items, source, context)
            return [item for item in matches if is_met(test, context, {"": item})]
        case name, (_, _) if name in _ORDERS:
            return _sort(items, query, context)
    return items


def _sort(
    items: list[ServerObject], query: ExpressionOperation, context: EvaluationContext
) -> list[ServerObject]:
    """Sort by a row of keys; the outermost, a ThenBy, decides last and so is sorted by first."""
    keys = [query]
    while keys[-1].name.startswith("ThenBy"):
        source = keys[-1].operands[0]
        if source.name not in _ORDERS:
            raise InvalidClientQuery(reason="What is not ordered cannot be ordered further.")
        keys.append(source)
    matches = apply_query(items, keys[-1].operands[0], context)
    for key in keys:
        test = key.operands[1]

        def sort_key(item: ServerObject, test: ExpressionOperation = test) -> tuple[bool, Any]:
            value = _evaluate(test, context, {"": item})
            return value is not None, 0 if value is None else value

        try:
            matches = sorted(matches, key=sort_key, reverse=key.name.endswith("Descending"))
        except TypeError as error:
            reason = "What is to be ordered by cannot be compared."
            raise InvalidClientQuery(reason=reason) from error
    return matches


def _evaluate(
    operation: ExpressionOperation, context: EvaluationContext, variables: Variables
) -> Any:
    context.budget.charge(1)
    match operation.name, operation.operands:
        case "ExpressionConstant", _:
            assert operation.constant is not None  # noqa: S101
            return context.value_of(operation.constant)
        case "ExpressionStaticProperty", _:
            return context.static_value(
                operation.attributes["TypeId"], operation.attributes["Name"]
            )
        case "ExpressionParameter", _:
            # There is but one variable in scope, whatever it is called.
            return variables.get("")
        case ("AND" | "OR") as name, (left, right):
            first = is_met(left, context, variables)
            return is_met(right, context, variables) if first is (name == "AND") else first
        case "NOT", (operand,):
            return not is_met(operand, context, variables)
        case "ExpressionProperty", (operand,):
            return _property_of(
                _evaluate(operand, context, variables), operation.attributes["Name"]
            )
        case "ExpressionTypeIs", (operand,):
            value = _evaluate(operand, context, variables)
            return isinstance(value, ServerObject) and _is_a(value.type, operation.attributes)
        case "ExpressionConvert", (operand,):
            return _evaluate(operand, context, variables)
        case name, (left, right) if name in _COMPARISONS:
            values = (_evaluate(left, context, variables), _evaluate(right, context, variables))
            return _compare(name, *values)
    raise InvalidClientQuery(reason=f"The expression '{operation.name}' is not supported.")


def _compare(name: str, left: Any, right: Any) -> bool:
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


def _property_of(value: object, name: str) -> object:
    if value is None:
        raise NullObject(name=name)
    if not isinstance(value, ServerObject) or value.type.find_property(name) is None:
        raise FieldOrPropertyNotFound(name=name)
    return value.values.get(name)


def _is_a(type_: ObjectType[Any], named: Mapping[str, str]) -> bool:
    """Tell whether a type is the one named, or derives from it."""
    if named.get("Type") == type_.name or named.get("TypeId", "").lower() == type_.type_id.lower():
        return True
    return type_.base is not None and _is_a(type_.base, named)
