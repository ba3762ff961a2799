"""From tokens to a typed expression, by precedence climbing.

Owns the grammar of `$filter` (OData URL Conventions 4.0, §5.1.1) and its bounds. The types of
operands are checked by `type_checker.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from afterlook.errors import InvalidFilter, UrlSyntax
from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DOUBLE,
    GUID,
    INT64,
    STRING,
    TIME_OF_DAY,
    CollectionType,
)
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.filter.tokens import Token, explain, tokenize
from afterlook.odata.filter.tree import (
    NULL,
    Expression,
    Junction,
    Literal,
    Not,
    Path,
    Quantifier,
    Variable,
)
from afterlook.odata.filter.type_checker import TypeChecker

MAX_DEPTH = 40
"""Parentheses, functions, lambdas and `not` within each other."""

MAX_NODES = 400
"""Operands in a filter: within what SQLite takes in one expression."""

_COMPARISONS = frozenset(["eq", "ne", "gt", "ge", "lt", "le"])
_CONSTANTS = {"null": (None, NULL), "true": (True, BOOLEAN), "false": (False, BOOLEAN)}
_MAX_NUMBER = 2**53


def parse(text: str, scope: FilterScope) -> Expression:
    """Read a filter as a condition on the entities of `scope`.

    Raises `UrlSyntax` and `InvalidFilter` with the position, `PropertyNotFound` and
    `PropertyNotFilterable` with the name.
    """
    return _Parser(text, scope).parse()


class _Parser:
    def __init__(self, text: str, scope: FilterScope) -> None:
        self._text = text
        self._tokens = tokenize(text)
        self._next = next(self._tokens)
        self._depth = 0
        self._operands = 0
        self._variables: dict[str, Variable] = {}
        self._checker = TypeChecker(scope)

    def parse(self) -> Expression:
        condition = self._checker.expect_condition(self._or(), 0)
        self._expect_kind("end")
        return condition

    def _or(self) -> Expression:
        return self._junction("or", self._and)

    def _and(self) -> Expression:
        return self._junction("and", self._not)

    def _junction(self, operator: str, operand: Callable[[], Expression]) -> Expression:
        position = self._next.position
        operands = [operand()]
        while self._take_word(operator):
            operands[-1] = self._checker.expect_condition(operands[-1], position)
            position = self._next.position
            operands.append(operand())
        if len(operands) == 1:
            return operands[0]
        operands[-1] = self._checker.expect_condition(operands[-1], position)
        return Junction(operator, tuple(operands))

    def _not(self) -> Expression:
        if not self._take_word("not"):
            return self._comparison()
        position = self._next.position
        return Not(self._checker.expect_condition(self._descend(self._not), position))

    def _comparison(self) -> Expression:
        left = self._sum()
        token = self._next
        operator = token.text.lower()
        if token.kind == "name" and operator in _COMPARISONS:
            self._take()
            return self._checker.build_comparison(operator, left, self._sum(), token.position)
        if self._take_word("in"):
            self._expect("(")
            items = [self._sum()]
            while self._take_mark(","):
                items.append(self._sum())
            self._expect(")")
            return self._checker.build_membership(left, items, token.position)
        return left

    def _sum(self) -> Expression:
        return self._arithmetic(("add", "sub"), self._product)

    def _product(self) -> Expression:
        return self._arithmetic(("mul", "div", "mod"), self._sign)

    def _arithmetic(
        self, operators: tuple[str, ...], operand: Callable[[], Expression]
    ) -> Expression:
        left = operand()
        while self._next.kind == "name" and self._next.text.lower() in operators:
            token = self._take()
            left = self._checker.build_arithmetic(
                token.text.lower(), left, operand(), token.position
            )
        return left

    def _sign(self) -> Expression:
        token = self._next
        if not self._take_mark("-"):
            return self._operand()
        operand = self._descend(self._sign)
        value = operand.value if isinstance(operand, Literal) else None
        if isinstance(value, int | float) and operand.type in (INT64, DOUBLE):
            return Literal(-value, operand.type)
        return self._checker.build_arithmetic("sub", Literal(0, INT64), operand, token.position)

    def _operand(self) -> Expression:
        self._operands += 1
        if self._operands > MAX_NODES:
            raise self._invalid(f"There are more than {MAX_NODES} operands", self._next)
        if self._take_mark("("):
            inner = self._descend(self._or)
            self._expect(")")
            return inner
        token = self._take()
        if token.kind == "name":
            return self._name(token)
        literal = self._literal(token)
        if literal is None:
            raise UrlSyntax(position=token.position, text=self._text)
        return literal

    def _name(self, token: Token) -> Expression:
        following, lower = self._next, token.text.lower()
        if following.kind == "string" and following.glued:
            self._take()
            return self._checker.build_member(token.text, _unquote(following.text), token.position)
        if self._take_mark("("):
            if lower == "cast":
                return self._cast(token)
            return self._checker.build_call(lower, self._arguments(), token.position)
        if token.text in self._variables:
            variable = self._variables[token.text]
            if not self._take_mark("/"):
                return variable
            part = self._expect_kind("name")
            return self._checker.find_part(variable, part.text, part.position)
        if token.text in ("INF", "NaN"):
            raise self._invalid(f"'{token.text}' is no number to compare with", token)
        if lower in _CONSTANTS and following.text != "/":
            return Literal(*_CONSTANTS[lower])
        return self._path(token)

    def _cast(self, token: Token) -> Expression:
        operand = self._descend(self._or)
        self._expect(",")
        type_name = self._expect_kind("name").text
        self._expect(")")
        return self._checker.build_cast(operand, type_name, token.position)

    def _arguments(self) -> list[Expression]:
        arguments: list[Expression] = []
        if not self._take_mark(")"):
            arguments.append(self._descend(self._or))
            while self._take_mark(","):
                arguments.append(self._descend(self._or))
            self._expect(")")
        return arguments

    def _path(self, token: Token) -> Expression:
        names = [token.text]
        while self._take_mark("/"):
            step = self._expect_kind("name")
            if step.text.lower() in ("any", "all") and self._next.text == "(":
                return self._quantifier("/".join(names), step)
            names.append(step.text)
        return self._checker.build_path("/".join(names))

    def _quantifier(self, path: str, operator: Token) -> Expression:
        collection = self._checker.find_related(path) or self._checker.build_path(path)
        if not (isinstance(collection, Path) and isinstance(collection.type, CollectionType)):
            raise self._invalid(f"'{path}' is no collection", operator)
        name = operator.text.lower()
        self._expect("(")
        if name == "any" and self._take_mark(")"):
            return Quantifier(name, collection)
        variable = self._expect_kind("name")
        if variable.text in self._variables or variable.text.lower() in _CONSTANTS:
            raise self._invalid(f"'{variable.text}' means something already", variable)
        self._expect(":")
        self._variables[variable.text] = Variable(variable.text, collection.type.item)
        position = self._next.position
        condition = self._checker.expect_condition(self._descend(self._or), position)
        del self._variables[variable.text]
        self._expect(")")
        return Quantifier(name, collection, variable.text, condition)

    def _literal(self, token: Token) -> Literal | None:
        text = token.text
        match token.kind:
            case "string":
                return Literal(_unquote(text), STRING, token.position)
            case "guid":
                return Literal(text.lower(), GUID)
            case "moment":
                return self._checker.build_moment(text, token.position)
            case "date":
                return Literal(self._days(token), DATE)
            case "time":
                ticks = self._checker.build_moment(f"0001-01-01T{text}Z", token.position).value
                return Literal(ticks, TIME_OF_DAY)
            case "number":
                return self._number(token)
            case "almost":
                raise self._invalid(explain(text), token)
        return None

    def _number(self, token: Token) -> Literal:
        # Before it is read: a number can be written longer than it is worth reading.
        value = float(token.text)
        if value > _MAX_NUMBER:
            raise self._invalid("The number is too large", token)
        digits = token.text.removeprefix("+")
        if digits.isdecimal():
            return Literal(int(digits.lstrip("0") or "0"), INT64)
        return Literal(value, DOUBLE)

    def _days(self, token: Token) -> int:
        try:
            return date.fromisoformat(token.text).toordinal() - 1
        except ValueError as error:
            raise self._invalid(f"'{token.text}' is no date", token) from error

    def _descend(self, part: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._invalid(f"It is nested deeper than {MAX_DEPTH} levels", self._next)
        inner = part()
        self._depth -= 1
        return inner

    def _take(self) -> Token:
        taken = self._next
        if taken.kind != "end":
            self._next = next(self._tokens)
        return taken

    def _take_mark(self, mark: str) -> bool:
        is_next = self._next.kind == "mark" and self._next.text == mark
        if is_next:
            self._take()
        return is_next

    def _take_word(self, word: str) -> bool:
        is_next = self._next.kind == "name" and self._next.text.lower() == word
        if is_next:
            self._take()
        return is_next

    def _expect(self, mark: str) -> None:
        if not self._take_mark(mark):
            raise UrlSyntax(position=self._next.position, text=self._text)

    def _expect_kind(self, kind: str) -> Token:
        if self._next.kind != kind:
            raise UrlSyntax(position=self._next.position, text=self._text)
        return self._take()

    @staticmethod
    def _invalid(reason: str, token: Token) -> InvalidFilter:
        return InvalidFilter(reason=reason, position=token.position)


def _unquote(text: str) -> str:
    return text[1:-1].replace("''", "'")
