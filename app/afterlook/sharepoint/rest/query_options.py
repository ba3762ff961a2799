"""`$filter` and `$orderby` as OData 3 wrote them.

Owns what was written otherwise then, and how much of the language lists take: comparisons of a
member with a literal, and what a text begins with or holds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from afterlook.csom.values import read_date_time
from afterlook.errors import BadRequest
from afterlook.odata.edm import BOOLEAN, STRING, EdmType, EntityType
from afterlook.odata.filter import parser
from afterlook.odata.filter.scope import FilterScope
from afterlook.odata.filter.tokens import MAX_LENGTH
from afterlook.odata.filter.tree import Call, Comparison, Expression, Junction, Literal, Not, Path
from afterlook.odata.options import read_order_keys
from afterlook.runtime.instants import Instant
from afterlook.sharepoint.rest.errors import ExpressionInvalid
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.store.pages import Order
from afterlook.store.workmanagement.persons import MARK
from afterlook.store.workmanagement.rows import join_numbers
from afterlook.workmanagement import dates

JOINED = frozenset({"assigned", "predecessors"})
"""Columns of several numbers: what a number is compared with is any of them."""

MARKED = frozenset({"assigned_titles", "assigned_mails"})
"""Columns of several texts between marks: what a text is compared with is any of them."""

MAX_SORT_KEYS = 8

MAX_FILTER_DEPTH = 20
"""Of `and` and `or` within each other: no more than the store can read."""

_STRING = r"'(?:[^']|'')*+'"
_OLD = re.compile(
    rf"(?P<text>{_STRING})|\b(?:datetime|guid)(?=')"
    rf"|\bsubstringof\(\s*(?P<part>{_STRING})\s*,\s*(?P<whole>[\w/]{{1,64}})\s*\)",
    re.IGNORECASE | re.ASCII,
)


class Sort(NamedTuple):
    """What is sorted by where that is not what is compared: a column, and the path of its value."""

    column: str
    type: EdmType
    path: str


Sorts = Mapping[str, Sort]
"""By the paths of the properties."""


class SortKey(NamedTuple):
    """A key of `$orderby`: its name, the column, and the path of its value in the entity."""

    name: str
    column: str
    type: EdmType
    nullable: bool
    path: str
    descending: bool


class CollectionQuery(NamedTuple):
    """The options of a request for a collection."""

    filter: Expression | None
    keys: tuple[SortKey, ...]

    @property
    def order(self) -> Order:
        """The columns to sort by."""
        return tuple((key.column, key.descending) for key in self.keys)


_NO_SORTS: Sorts = MappingProxyType({})


def read_query(
    request: RestRequest, type_: EntityType, sorts: Sorts = _NO_SORTS
) -> CollectionQuery:
    """Read the options of a request for entities of a type. Raises `ExpressionInvalid`."""
    filter_, order = request.options.get("$filter"), request.options.get("$orderby")
    scope = FilterScope(type_, _moment, request.context.store.now())
    return CollectionQuery(
        None if filter_ is None else _read_filter(filter_, scope),
        () if order is None else _read_keys(order, type_, sorts),
    )


def _read_filter(text: str, scope: FilterScope) -> Expression:
    try:
        return _restrict(parser.parse(_OLD.sub(_modernize, text[: MAX_LENGTH + 1]), scope), text, 0)
    except BadRequest as error:
        raise ExpressionInvalid(text=text[:256]) from error


def _read_keys(text: str, type_: EntityType, sorts: Sorts) -> tuple[SortKey, ...]:
    keys: dict[str, SortKey] = {}
    try:
        for path, descending in read_order_keys(text):
            trail = type_.resolve_path(path)
            part, name = trail[-1], "/".join(step.name for step in trail)
            sort = sorts.get(name) or Sort(part.column, part.type, name)
            if not sort.column:
                raise ExpressionInvalid(text=text[:256])
            nullable = part.nullable or name in sorts
            key = SortKey(name, sort.column, sort.type, nullable, sort.path, descending)
            # A key that comes again decides nothing any more.
            keys.setdefault(key.column, key)
    except BadRequest as error:
        raise ExpressionInvalid(text=text[:256]) from error
    if len(keys) > MAX_SORT_KEYS:
        raise ExpressionInvalid(text=text[:256])
    return tuple(keys.values())


def _modernize(match: re.Match[str]) -> str:
    """Return its spelling since OData 4, where the other operand tells dates from texts."""
    if match["whole"]:
        return f"contains({match['whole']},{match['part']})"
    return match["text"] or ""


def _restrict(expression: Expression, text: str, level: int) -> Expression:
    match expression:
        case Junction(operator, operands) if level < MAX_FILTER_DEPTH:
            return Junction(operator, tuple(_restrict(one, text, level + 1) for one in operands))
        case Comparison(operator, Path() as path, Literal() as literal):
            if path.column in MARKED:
                return _any_text(operator, path, literal, text)
            return _any_of(operator, path, literal, text) if path.column in JOINED else expression
        case Comparison("eq", Call() as call, Literal(True)):
            # As it was written to services that took no function alone.
            return _restrict(call, text, level)
        case Call("contains" | "startswith" as name, (Path() as path, Literal() as literal)):
            return _any_text(name, path, literal, text) if path.column in MARKED else expression
    raise ExpressionInvalid(text=text[:256])


def _any_of(operator: str, path: Path, literal: Literal, text: str) -> Expression:
    """Return whether a number is among several: each stands between commas."""
    numbers = Path(path.path, STRING, path.column, nullable=False)
    if literal.value is None:
        is_among: Expression = Comparison("eq", numbers, Literal("", STRING))
    elif isinstance(literal.value, int):
        is_among = Call(
            "contains", (numbers, Literal(join_numbers([literal.value]), STRING)), STRING
        )
    else:
        raise ExpressionInvalid(text=text[:256])
    match operator:
        case "eq":
            return is_among
        case "ne":
            return Not(is_among)
    raise ExpressionInvalid(text=text[:256])


def _any_text(operator: str, path: Path, literal: Literal, text: str) -> Expression:
    """Return whether a text is among several, or in one of them: each stands between marks."""
    part, nobody = literal.value, Comparison("eq", path, Literal("", STRING))
    if part is None and operator in ("eq", "ne"):
        return nobody if operator == "eq" else Not(nobody)
    if not isinstance(part, str) or MARK in part:
        raise ExpressionInvalid(text=text[:256])
    match operator:
        case "contains" | "startswith" if not part:
            return Not(nobody)
        case "contains":
            return Call("contains", (path, literal), BOOLEAN)
        case "startswith":
            return Call("contains", (path, Literal(MARK + part, STRING)), BOOLEAN)
        case "eq" | "ne":
            is_among = Call("contains", (path, Literal(f"{MARK}{part}{MARK}", STRING)), BOOLEAN)
            return is_among if operator == "eq" else Not(is_among)
    raise ExpressionInvalid(text=text[:256])


def _moment(text: str) -> Instant:
    try:
        return Instant(dates.to_naive_ticks(read_date_time(text)))
    except (ValueError, OverflowError) as error:
        raise BadRequest from error
