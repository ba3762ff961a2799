"""The typed expression that a filter means.

Owns the shapes of expressions and writing them as text again. What the parser builds is well
typed, so that whoever turns it into SQL need not ask again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any, TypeVar

from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    MOMENT,
    STRING,
    TIME_OF_DAY,
    EdmType,
    EnumType,
)
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant, to_datetime

NULL = EdmType("Edm.Null")


@dataclass(frozen=True)
class Literal:
    """A value: instants are ticks, dates days since the first, members their numbers.

    `position` is where a text stands, which may turn out to be something else.
    """

    value: object
    type: EdmType
    position: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        value, type_ = self.value, self.type
        if value is None or isinstance(value, bool):
            return "null" if value is None else str(value).lower()
        if isinstance(type_, EnumType) and isinstance(value, int):
            return f"{type_.name}'{type_.members[value]}'"
        if isinstance(value, int):
            text = _WRITERS.get(type_, str)(value)
            return f"'{text}'" if type_ == MOMENT else text
        if type_.name == STRING.name:
            return "'" + str(value).replace("'", "''") + "'"
        return str(value)


@dataclass(frozen=True)
class Path:
    """A property of the entity, or of a complex property of it; `column` is where it is kept."""

    path: str
    type: EdmType
    column: str
    nullable: bool

    def __str__(self) -> str:
        return self.path


@dataclass(frozen=True)
class Variable:
    """The item that a lambda ranges over, or a property (`part`) of it."""

    name: str
    type: EdmType
    part: str = ""

    def __str__(self) -> str:
        return f"{self.name}/{self.part}" if self.part else self.name


@dataclass(frozen=True)
class Junction:
    """All (`and`) or any (`or`) of two or more conditions."""

    operator: str
    operands: tuple[Expression, ...]
    type: EdmType = BOOLEAN

    def __str__(self) -> str:
        return "(" + f" {self.operator} ".join(map(str, self.operands)) + ")"


@dataclass(frozen=True)
class Not:
    """The opposite of a condition; of null it is null."""

    operand: Expression
    type: EdmType = BOOLEAN

    def __str__(self) -> str:
        return f"(not ({self.operand}))"


@dataclass(frozen=True)
class Comparison:
    """`eq ne gt ge lt le` between operands of one type, or with null; never null itself."""

    operator: str
    left: Expression
    right: Expression
    type: EdmType = BOOLEAN

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"


@dataclass(frozen=True)
class Membership:
    """`in`: whether a value equals any of the literals; never null."""

    left: Expression
    items: tuple[Literal, ...]
    type: EdmType = BOOLEAN

    def __str__(self) -> str:
        return f"({self.left} in ({','.join(map(str, self.items))}))"


@dataclass(frozen=True)
class Arithmetic:
    """`add sub mul div mod` between numbers; `bound` is the largest it can come to.

    `least` is the smallest that it can come to besides nothing; both whatever the sign.
    """

    operator: str
    left: Expression
    right: Expression
    type: EdmType
    bound: float = field(compare=False)
    least: float = field(compare=False, default=1)

    def __str__(self) -> str:
        return f"({self.left} {self.operator} {self.right})"


@dataclass(frozen=True)
class Call:
    """A canonical function (OData URL Conventions 4.0, §5.1.1.4)."""

    name: str
    arguments: tuple[Expression, ...]
    type: EdmType

    def __str__(self) -> str:
        return f"{self.name}({','.join(map(str, self.arguments))})"


@dataclass(frozen=True)
class Quantifier:
    """`any` or `all` of a collection; without a condition `any` asks whether there is an item."""

    operator: str
    collection: Path
    variable: str = ""
    condition: Expression | None = None
    type: EdmType = BOOLEAN

    def __str__(self) -> str:
        inner = "" if self.condition is None else f"{self.variable}:{self.condition}"
        return f"{self.collection}/{self.operator}({inner})"


Expression = (
    Literal
    | Path
    | Variable
    | Junction
    | Not
    | Comparison
    | Membership
    | Arithmetic
    | Call
    | Quantifier
)

Node = TypeVar("Node", bound=Expression)


def map_operands(expression: Node, rewrite: Callable[[Expression], Expression]) -> Node:
    """Return an expression whose parts are what `rewrite` makes of them."""
    changed: dict[str, Any] = {}
    for each in fields(expression):
        value = getattr(expression, each.name)
        if isinstance(value, Expression):
            changed[each.name] = rewrite(value)
        elif isinstance(value, tuple):
            changed[each.name] = tuple(
                rewrite(part) if isinstance(part, Expression) else part for part in value
            )
    return replace(expression, **changed) if changed else expression


def _moment(ticks: int) -> str:
    seconds = to_datetime(Instant(ticks)).replace(tzinfo=None).isoformat(timespec="seconds")
    return f"{seconds}.{ticks % TICKS_PER_SECOND:07}Z"


def _date(days: int) -> str:
    return date.fromordinal(days + 1).isoformat()


def _time(ticks: int) -> str:
    return _moment(ticks)[len("0001-01-01T") : -1]


_WRITERS = {MOMENT: _moment, DATE_TIME_OFFSET: _moment, DATE: _date, TIME_OF_DAY: _time}
