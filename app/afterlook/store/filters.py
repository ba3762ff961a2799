"""From a filter's typed expression to SQL.

Owns meaning the same on SQLite and PostgreSQL: null as OData has it, text without case, dates from
ticks. Literals only ever travel as bound values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import add, eq, floordiv, ge, gt, le, lt, mod, mul, ne, sub
from typing import Any, NamedTuple

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    ColumnElement,
    Double,
    FromClause,
    Integer,
    Numeric,
    Text,
    and_,
    cast,
    collate,
    exists,
    false,
    func,
    literal,
    not_,
    or_,
    select,
    true,
)

from afterlook.errors import InvalidFilter
from afterlook.odata.edm import BOOLEAN, DOUBLE, CollectionType, EdmType
from afterlook.odata.filter import tree
from afterlook.odata.filter.tree import NULL, Expression
from afterlook.store import calendar
from afterlook.store.folding import fold

Sql = ColumnElement[Any]


class Related(NamedTuple):
    """Rows that belong to an entity: where from, which of them, and the bound parameters."""

    rows: FromClause
    belongs: Sql
    columns: Mapping[str, Sql]


Columns = Mapping[str, "Sql | Callable[[], Related]"]

_COMPARISONS = {"eq": eq, "ne": ne, "gt": gt, "ge": ge, "lt": lt, "le": le}
_ARITHMETIC: dict[str, Callable[[Sql, Sql], Sql]] = {
    "add": add,
    "sub": sub,
    "mul": mul,
    "div": floordiv,
    "mod": mod,
}
_PRECEDENCE = 8
"""That of a product, in SQLAlchemy's count."""

_MAX_HEIGHT = 80
"""Of SQL within SQL: SQLite reads no further with more than 100 things in mind."""

_HEIGHTS = {"div": 9, "mod": 6, "all": 14, "any": 10, "endswith": 20, "substring": 14}
_HEIGHTS |= {"add": 3, "sub": 3, "mul": 6, "startswith": 8} | dict.fromkeys(calendar.PARTS, 14)

_MAX_POSITION = 2**30
"""No position in a text is further, and PostgreSQL takes no larger one."""


def condition(expression: Expression, columns: Columns, dialect: str) -> Sql:
    """Return the condition that a filter means.

    `columns` maps what a path is kept in to what it is compared by: folded text where it is text,
    JSON text where it is a collection. `dialect` is `sqlite` or `postgresql`. Raises
    `InvalidFilter` for what no engine could read, nested as it is.
    """
    return _Translator(columns, dialect).of(expression)


class _Translator:
    def __init__(self, columns: Columns, dialect: str) -> None:
        self._columns = columns
        self._is_sqlite = dialect == "sqlite"
        self._variables: dict[str, Mapping[str, Sql]] = {}
        self._height = 0

    def of(self, expression: Expression) -> Sql:
        """Translate what stands within something else, or nowhere."""
        height = _height(expression)
        self._height += height
        if self._height > _MAX_HEIGHT:
            raise InvalidFilter(reason="It is nested too deeply", position=0)
        sql = self._of(expression)
        self._height -= height
        return sql

    def _of(self, expression: Expression) -> Sql:
        match expression:
            case tree.Literal(str(value), type_):
                # Text is compared folded; what is kept as it was read is compared as it is.
                return literal(value if type_.stored else fold(value), Text())
            case tree.Literal(value):
                return self._literal(value)
            case tree.Path(column=column, type=type_):
                truth = self._column(column)
                return truth == true() if type_ == BOOLEAN else truth
            case tree.Variable(name, part=part):
                return self._variables[name][part]
            case tree.Junction(operator, operands):
                join = and_ if operator == "and" else or_
                return join(*map(self.of, operands))
            case tree.Not(operand):
                return not_(self.of(operand).self_group())
            case tree.Comparison(operator, left, right):
                return self._comparison(operator, left, right)
            case tree.Membership(left, items):
                return or_(*(self._comparison("eq", left, item) for item in items))
            case tree.Arithmetic(operator, left, right, type_):
                return self._arithmetic(operator, self.of(left), self.of(right), type_)
            case tree.Call(name, arguments):
                return self._call(name, arguments)
            case tree.Quantifier():
                return self._quantifier(expression)

    def _literal(self, value: object) -> Sql:
        if isinstance(value, bool):
            return true() if value else false()
        if isinstance(value, float):
            return literal(value, Double())
        return literal(value, BigInteger())

    def _comparison(self, operator: str, left: Expression, right: Expression) -> Sql:
        """Compare; where a side may be null the answer still is yes or no (§5.1.1.1)."""
        if NULL in (left.type, right.type):
            return self._with_null(operator, left, right)
        one, other = self.of(left), self.of(right)
        nullable = [sql for sql, side in ((one, left), (other, right)) if _may_be_null(side)]
        if operator == "ne":
            return not_(self._comparison("eq", left, right)) if nullable else one != other
        compared: Sql = _COMPARISONS[operator](one, other)
        if not nullable:
            return compared
        if not all(isinstance(side, tree.Path) for side in (left, right) if _may_be_null(side)):
            # What is computed is written once: twice on each level would be very much in the end.
            return (
                one.is_not_distinct_from(other)
                if operator == "eq"
                else func.coalesce(compared, false(), type_=Boolean())
            )
        known = and_(*(sql.is_not(None) for sql in nullable), compared)
        if operator == "eq" and len(nullable) > 1:
            return or_(known, and_(*(sql.is_(None) for sql in nullable)))
        return known

    def _with_null(self, operator: str, left: Expression, right: Expression) -> Sql:
        side = right if left.type == NULL else left
        if operator not in ("eq", "ne"):
            return false()
        if side.type == NULL:
            return true() if operator == "eq" else false()
        sql = self._column(side.column) if isinstance(side, tree.Path) else self.of(side)
        if isinstance(side.type, CollectionType):
            # A collection is never null, only empty.
            return false() if operator == "eq" else true()
        return sql.is_(None) if operator == "eq" else sql.is_not(None)

    def _arithmetic(self, operator: str, left: Sql, right: Sql, type_: EdmType) -> Sql:
        if type_ == DOUBLE:
            left, right = cast(left, Double()), cast(right, Double())
        if operator in ("div", "mod"):
            # A division by nothing is null on SQLite and an error on PostgreSQL.
            kind = Double() if type_ == DOUBLE else BigInteger()
            right = func.nullif(right, literal(0, BigInteger()), type_=kind)
        if operator == "div" and type_ == DOUBLE:
            return left.op("/", precedence=_PRECEDENCE)(right)
        return _ARITHMETIC[operator](left, right)

    def _call(self, name: str, arguments: tuple[Expression, ...]) -> Sql:
        # Only these begin with a text, and only with texts before anything else.
        texts = 0 if name in calendar.PARTS else 1 if name == "substring" else len(arguments)
        values = [
            literal(None, Text() if place < texts else BigInteger())
            if argument.type == NULL
            else self.of(argument)
            for place, argument in enumerate(arguments)
        ]
        if name in calendar.PARTS:
            return calendar.part(name, values[0], of_date=arguments[0].type.name == "Edm.Date")
        if name == "cast":
            # The store reads a number when it is written: text that is none is null here.
            assert isinstance(arguments[0], tree.Variable)  # noqa: S101
            return self._variables[arguments[0].name]["number"]
        if name in ("tolower", "toupper"):
            # Text is compared folded: there is nothing left to lower.
            return values[0]
        return self._of_text(name, values)

    def _of_text(self, name: str, values: list[Sql]) -> Sql:
        text, *rest = values
        match name:
            case "contains":
                return self._position(text, rest[0]) > 0
            case "startswith":
                return func.substr(text, 1, _length(rest[0])) == rest[0]
            case "endswith":
                start = _length(text) - _length(rest[0]) + 1
                return and_(start > 0, func.substr(text, self._index(start)) == rest[0])
            case "indexof":
                return self._position(text, rest[0]) - 1
            case "length":
                return _length(text)
            case "trim":
                return func.trim(text, type_=Text())
            case "concat":
                return text.concat(rest[0])
        start, *length = map(self._index, rest)
        return func.substr(text, start + 1, *length, type_=Text())

    def _index(self, position: Sql) -> Sql:
        """Return a position or a length as the engines take one: not negative, and not too far.

        It is written once, and null stays null: `greatest` of PostgreSQL would pass over it.
        """
        if self._is_sqlite:
            return func.min(func.max(position, 0), _MAX_POSITION, type_=Integer())
        number = cast(position, Numeric())
        return func.width_bucket(number, 1, _MAX_POSITION, _MAX_POSITION - 1, type_=Integer())

    def _position(self, text: Sql, part: Sql) -> Sql:
        find = func.instr if self._is_sqlite else func.strpos
        return find(text, part, type_=BigInteger())

    def _quantifier(self, quantifier: tree.Quantifier) -> Sql:
        related = self._get_related(quantifier.collection.column)
        rows = related.rows
        # Of a quantifier within another everything else is the outer ones' business.
        items = select(1).select_from(rows).where(related.belongs).correlate_except(rows)
        if quantifier.condition is None:
            return exists(items)
        self._variables[quantifier.variable] = related.columns
        inner = self.of(quantifier.condition)
        if quantifier.operator == "any":
            return exists(items.where(inner))
        return not_(exists(items.where(not_(func.coalesce(inner, false())))))

    def _get_related(self, column: str) -> Related:
        expression = self._columns[column]
        if not isinstance(expression, ColumnElement):
            return expression()
        items = func.coalesce(expression, literal("[]", Text()))
        if self._is_sqlite:
            rows = func.json_each(items).table_valued("value")
        else:
            rows = func.json_array_elements_text(cast(items, JSON())).table_valued("value")
        item = cast(rows.c.value, Text())
        return Related(rows, true(), {"": item if self._is_sqlite else collate(item, "C")})

    def _column(self, column: str) -> Sql:
        expression = self._columns[column]
        assert isinstance(expression, ColumnElement)  # noqa: S101
        return expression


def _height(expression: Expression) -> int:
    """Return about how many things SQLite keeps in mind while it reads what is within."""
    match expression:
        case tree.Junction() | tree.Not():
            return 3
        case tree.Comparison():
            return 7
        case tree.Arithmetic(operator=name) | tree.Call(name=name) | tree.Quantifier(operator=name):
            return _HEIGHTS.get(name, 4)
    return 0


def _length(text: Sql) -> Sql:
    return func.length(text, type_=BigInteger())


def _may_be_null(expression: Expression) -> bool:
    match expression:
        case tree.Path(nullable=nullable):
            return nullable
        case tree.Literal(value):
            return value is None
        case tree.Call(name="cast"):
            return True
        case tree.Call(arguments=arguments):
            return any(map(_may_be_null, arguments))
        case tree.Arithmetic(operator, left, right):
            return operator in ("div", "mod") or _may_be_null(left) or _may_be_null(right)
        case tree.Not(operand):
            return _may_be_null(operand)
        case tree.Junction(operands=operands):
            return any(map(_may_be_null, operands))
    return False
