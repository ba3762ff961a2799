"""The types of a filter: every operand fits its operator before anything reaches a database.

Owns which operand goes with which, and what a literal becomes beside a property.
"""

from __future__ import annotations

import math

from afterlook.errors import BadRequest, InvalidFilter, PropertyNotFilterable
from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    DOUBLE,
    INT32,
    INT64,
    MOMENT,
    STRING,
    CollectionType,
    EdmType,
    EnumType,
    StructuredType,
)
from afterlook.odata.filter.functions import FUNCTIONS
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.filter.tree import (
    NULL,
    Arithmetic,
    Call,
    Comparison,
    Expression,
    Literal,
    Membership,
    Path,
    Variable,
)
from afterlook.runtime.instants import FIRST_INSTANT, LAST_INSTANT, TICKS_PER_DAY

_TYPE_NAME = EdmType("Edm.Type")
_NUMBERS = frozenset({INT32, INT64, DOUBLE})
_MOMENTS = frozenset({DATE_TIME_OFFSET, MOMENT})
_MAX_NUMBER = 2**53
"""No number of a filter comes to more: exact on every engine, and far from overflowing one."""

_MIN_NUMBER = 1e-300
"""Nor to less: PostgreSQL fails where SQLite makes nothing of it."""

_QUOTED = {
    "duration": "duration that something here could be compared with",
    "guid": "GUID: that is written without a name and quotes",
    "datetime": "date and time: that is written without a name and quotes",
    "datetimeoffset": "date and time: that is written without a name and quotes",
    "date": "date: that is written without a name and quotes",
    "time": "time of day: that is written without a name and quotes",
    "timeofday": "time of day: that is written without a name and quotes",
    "binary": "bytes that something here could be compared with",
    "x": "bytes that something here could be compared with",
}
_MAX_SHOWN = 100
_PRECISION = 2**-53


class TypeChecker:
    """Builds well-typed expressions; each method raises `InvalidFilter` with the position."""

    def __init__(self, scope: FilterScope) -> None:
        self._scope = scope

    def build_path(self, path: str) -> Path | Literal:
        """Return a property; one that is the same for all entities is a literal.

        Raises `PropertyNotFound`, `PropertyNotFilterable`.
        """
        trail = self._scope.entity.resolve_path(path)
        part, name = trail[-1], "/".join(part.name for part in trail)
        if not part.filterable:
            raise PropertyNotFilterable(name=name)
        if name in self._scope.constants:
            return Literal(self._scope.constants[name], STRING)
        return Path(name, part.type, part.column, part.nullable)

    def find_related(self, name: str) -> Path | None:
        """Return the collection that a navigation property leads to, if filters may ask of it."""
        for navigation in self._scope.entity.navigations:
            if navigation.item is not None and navigation.name.lower() == name.lower():
                type_ = CollectionType(f"Collection({navigation.type})", item=navigation.item)
                return Path(navigation.name, type_, navigation.column, nullable=False)
        return None

    def find_part(self, variable: Variable, name: str, position: int) -> Variable:
        """Return a property of the item that a variable stands for."""
        part = variable.type.find(name) if isinstance(variable.type, StructuredType) else None
        if part is None:
            reason = f"'{variable.name}' has no property '{name}'"
            raise InvalidFilter(reason=reason, position=position)
        return Variable(variable.name, part.type, part.column)

    def build_cast(self, operand: Expression, type_name: str, position: int) -> Call:
        """Return the number that the text of an item is."""
        numbers = {type_.name.lower(): type_ for type_ in _NUMBERS}
        type_ = numbers.get(type_name.lower())
        of_item = isinstance(operand, Variable) and operand.part != ""
        if type_ is None or not of_item or operand.type != STRING:
            raise InvalidFilter(reason=f"This is not cast to {type_name}", position=position)
        return Call("cast", (operand, Literal(type_.name, _TYPE_NAME)), type_)

    def expect_condition(self, expression: Expression, position: int) -> Expression:
        """Return an expression that is true or false."""
        if expression.type != BOOLEAN:
            raise InvalidFilter(reason="A condition is expected", position=position)
        return expression

    def build_comparison(
        self, operator: str, left: Expression, right: Expression, position: int
    ) -> Comparison:
        """Return a comparison of two operands of one type, or with null."""
        left, right = self._beside(left, right, position), self._beside(right, left, position)
        if not self._alike(left.type, right.type) or _is_whole_item(left) or _is_whole_item(right):
            raise self._unlike(left, right, position)
        unordered = BOOLEAN in (left.type, right.type) or isinstance(left.type, StructuredType)
        ordered = operator in ("eq", "ne") or not unordered
        if not ordered or CollectionType in (type(left.type), type(right.type)):
            raise self._unlike(left, right, position)
        return Comparison(operator, left, right)

    def build_membership(
        self, left: Expression, items: list[Expression], position: int
    ) -> Membership:
        """Return whether an operand is one of literals."""
        typed = [self._beside(item, left, position) for item in items]
        literals = [item for item in typed if isinstance(item, Literal)]
        if len(literals) != len(typed) or isinstance(left.type, StructuredType | CollectionType):
            raise InvalidFilter(reason="`in` takes a list of literals", position=position)
        for item in literals:
            if not self._alike(left.type, item.type):
                raise self._unlike(left, item, position)
        return Membership(left, tuple(literals))

    def build_arithmetic(
        self, operator: str, left: Expression, right: Expression, position: int
    ) -> Arithmetic:
        """Return a sum, a product or what is left of a division."""
        if not {left.type, right.type} <= _NUMBERS:
            raise self._unlike(left, right, position)
        double = DOUBLE in (left.type, right.type)
        if operator == "mod" and double:
            raise InvalidFilter(reason="`mod` takes whole numbers", position=position)
        (least, bound), (least_right, bound_right) = _range(left), _range(right)
        match operator:
            case "mul":
                least, bound = least * least_right, bound * bound_right
            case "div" if double:
                least, bound = least / bound_right, bound / least_right
            case "add" | "sub":
                # Of two numbers nearly alike next to nothing is left.
                least, bound = min(least, least_right) * _PRECISION, bound + bound_right
        if bound > _MAX_NUMBER or (double and least < _MIN_NUMBER):
            raise InvalidFilter(reason="The number would be too large or small", position=position)
        if not double:
            return Arithmetic(operator, left, right, INT64, bound)
        return Arithmetic(operator, left, right, DOUBLE, bound, least)

    def build_call(self, name: str, arguments: list[Expression], position: int) -> Expression:
        """Return a call of a canonical function."""
        signature = FUNCTIONS.get(name)
        if signature is None:
            raise InvalidFilter(reason=f"There is no function '{name}'", position=position)
        if not signature.min_arguments <= len(arguments) <= len(signature.arguments):
            reason = f"'{name}' does not take {len(arguments)} arguments"
            raise InvalidFilter(reason=reason, position=position)
        if name == "now":
            return Literal(self._scope.now, DATE_TIME_OFFSET)
        for argument, allowed in zip(arguments, signature.arguments, strict=False):
            if argument.type not in allowed and argument.type != NULL:
                reason = f"'{name}' does not take an operand of type {argument.type.name}"
                raise InvalidFilter(reason=reason, position=position)
            if argument.type in _MOMENTS and not _is_in_calendar(argument):
                reason = f"'{name}' takes the years 1 to 9999"
                raise InvalidFilter(reason=reason, position=position)
        return Call(name, tuple(arguments), signature.result)

    def build_moment(self, text: str, position: int) -> Literal:
        """Return a date and time as a literal."""
        try:
            return Literal(self._scope.moment(text), DATE_TIME_OFFSET)
        except BadRequest as error:
            raise InvalidFilter(
                reason=f"'{text}' is no date and time", position=position
            ) from error

    def build_member(self, type_name: str, text: str, position: int) -> Literal:
        """Return a qualified enumeration member as a literal."""
        if type_name.lower() in _QUOTED:
            # Written so by OData 2 or for types that nothing here is of.
            reason = f"{type_name}'{text[:_MAX_SHOWN]}' is no {_QUOTED[type_name.lower()]}"
            raise InvalidFilter(reason=reason, position=position)
        for part in self._scope.entity:
            if isinstance(part.type, EnumType) and part.type.name.lower() == type_name.lower():
                return self._as_member(text, part.type, position)
        raise InvalidFilter(reason=f"There is no enumeration '{type_name}'", position=position)

    def _beside(self, operand: Expression, other: Expression, position: int) -> Expression:
        """Turn a literal into what it means beside an operand of another type."""
        if not isinstance(operand, Literal):
            return operand
        position = position if operand.position is None else operand.position
        if operand.type == STRING and isinstance(other.type, EnumType):
            return self._as_member(str(operand.value), other.type, position)
        if operand.type == STRING and other.type == MOMENT:
            return Literal(self.build_moment(str(operand.value), position).value, MOMENT)
        if operand.type == STRING and other.type.stored in self._scope.readers:
            return self._read(str(operand.value), other.type, position)
        if operand.type == DATE and other.type in _MOMENTS and isinstance(operand.value, int):
            return Literal(operand.value * TICKS_PER_DAY, other.type)
        if operand.type == DATE_TIME_OFFSET and other.type == MOMENT:
            return Literal(operand.value, MOMENT)
        return operand

    def _read(self, text: str, type_: EdmType, position: int) -> Literal:
        try:
            return Literal(self._scope.readers[type_.stored](text), type_)
        except BadRequest as error:
            raise InvalidFilter(reason=error.message, position=position) from error

    def _as_member(self, text: str, type_: EnumType, position: int) -> Literal:
        number = type_.number(text)
        if number is None:
            reason = f"'{text}' is no member of {type_.name}"
            raise InvalidFilter(reason=reason, position=position)
        return Literal(number, type_)

    def _alike(self, left: EdmType, right: EdmType) -> bool:
        return (
            left == right
            or NULL in (left, right)
            or {left, right} <= _NUMBERS
            or {left, right} <= _MOMENTS
        )

    @staticmethod
    def _unlike(left: Expression, right: Expression, position: int) -> InvalidFilter:
        reason = f"Operands of the types {left.type.name} and {right.type.name} do not go together"
        return InvalidFilter(reason=reason, position=position)


def _range(number: Expression) -> tuple[float, float]:
    """Return the smallest (besides nothing) and the largest it can come to, whatever the sign."""
    match number:
        case Arithmetic(least=least, bound=bound):
            return least, bound
        case Call(name=name) if name in FUNCTIONS:
            return 1, FUNCTIONS[name].max_result
        case Literal(int() | float() as value):
            return abs(value) or 1, abs(value) or 1
    return 0, math.inf


def _is_in_calendar(moment: Expression) -> bool:
    """Tell whether it has a year, a month and a day; what has not is only before or after all."""
    match moment:
        case Literal(int() as ticks):
            return FIRST_INSTANT <= ticks <= LAST_INSTANT
    return True


def _is_whole_item(operand: Expression) -> bool:
    """Tell whether an operand is an item of a collection where a property of it is meant."""
    return isinstance(operand, Variable) and isinstance(operand.type, StructuredType)
