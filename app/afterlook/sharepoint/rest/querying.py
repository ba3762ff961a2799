"""`$filter` and `$orderby` as OData 3 wrote them.

Owns what was written otherwise then, and how much of the language lists take: comparisons of a
member with a literal, and what a text begins with or holds. Must not know which members there are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from afterlook.csom.values import date_time
from afterlook.errors import BadRequest
from afterlook.odata.edm import STRING, EntityType
from afterlook.odata.filter import parser
from afterlook.odata.filter.scope import Scope
from afterlook.odata.filter.tokens import MAX_LENGTH
from afterlook.odata.filter.tree import Call, Comparison, Expression, Junction, Literal, Not, Path
from afterlook.odata.options import order_keys
from afterlook.runtime.instants import Instant
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import ExpressionInvalid
from afterlook.store.pages import Order
from afterlook.store.workmanagement.sourcerows import joined
from afterlook.workmanagement import dates

JOINED = frozenset({"assigned", "predecessors"})
"""Columns of several numbers: what a number is compared with is any of them."""

MOST_KEYS = 8

MOST_LEVELS = 20
"""Of `and` and `or` within each other: no more than the store can read."""

_STRING = r"'(?:[^']|'')*+'"
_OLD = re.compile(
    rf"(?P<text>{_STRING})|\bdatetime(?=')"
    rf"|\bsubstringof\(\s*(?P<part>{_STRING})\s*,\s*(?P<whole>\w{{1,64}})\s*\)",
    re.IGNORECASE | re.ASCII,
)


class Query(NamedTuple):
    """What is asked of a collection."""

    filter: Expression | None
    order: Order


def query(asked: Asked, type_: EntityType) -> Query:
    """Read what is asked of entities of a type. Raises `ExpressionInvalid`."""
    filter_, order = asked.options.get("$filter"), asked.options.get("$orderby")
    scope = Scope(type_, _moment, asked.caller.store.now())
    return Query(
        None if filter_ is None else _condition(filter_, scope),
        () if order is None else _order(order, type_),
    )


def _condition(text: str, scope: Scope) -> Expression:
    try:
        return _plain(parser.parse(_OLD.sub(_modern, text[: MAX_LENGTH + 1]), scope), text, 0)
    except BadRequest as error:
        raise ExpressionInvalid(text=text[:256]) from error


def _order(text: str, type_: EntityType) -> Order:
    try:
        order = type_.order(order_keys(text))
    except BadRequest as error:
        raise ExpressionInvalid(text=text[:256]) from error
    if len(order) > MOST_KEYS or any(column in JOINED for column, _ in order):
        raise ExpressionInvalid(text=text[:256])
    return order


def _modern(match: re.Match[str]) -> str:
    """Return what stands for it since OData 4: dates are told from text by what they are beside."""
    if match["whole"]:
        return f"contains({match['whole']},{match['part']})"
    return match["text"] or ""


def _plain(expression: Expression, text: str, level: int) -> Expression:
    match expression:
        case Junction(operator, operands) if level < MOST_LEVELS:
            return Junction(operator, tuple(_plain(one, text, level + 1) for one in operands))
        case Comparison(operator, Path() as path, Literal() as literal):
            return _any_of(operator, path, literal, text) if path.column in JOINED else expression
        case Call("contains" | "startswith", (Path(), Literal())):
            return expression
    raise ExpressionInvalid(text=text[:256])


def _any_of(operator: str, path: Path, literal: Literal, text: str) -> Expression:
    """Return whether a number is among several: each stands between commas."""
    numbers = Path(path.path, STRING, path.column, nullable=False)
    if literal.value is None:
        found: Expression = Comparison("eq", numbers, Literal("", STRING))
    elif isinstance(literal.value, int):
        found = Call("contains", (numbers, Literal(joined([literal.value]), STRING)), STRING)
    else:
        raise ExpressionInvalid(text=text[:256])
    match operator:
        case "eq":
            return found
        case "ne":
            return Not(found)
    raise ExpressionInvalid(text=text[:256])


def _moment(text: str) -> Instant:
    try:
        return Instant(dates.wall(date_time(text)))
    except (ValueError, OverflowError) as error:
        raise BadRequest from error
