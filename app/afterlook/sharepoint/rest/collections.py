"""Collections that are small enough to be filtered in memory: the lists of a web.

Owns what `$filter`, `$orderby`, `$skip` and `$top` mean on rendered entities. They must mean
the same as in the store: text without case, null before all else, moments in whole seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from operator import eq, ge, gt, le, lt, ne
from typing import Any
from urllib.parse import quote, urlencode

from afterlook.odata.filter.tree import Call, Comparison, Expression, Junction, Literal, Not, Path
from afterlook.runtime.instants import TICKS_PER_SECOND, from_datetime
from afterlook.sharepoint.rest.errors import OptionInvalid
from afterlook.sharepoint.rest.list_pages import SAFE_IN_LINKS
from afterlook.sharepoint.rest.query_options import CollectionQuery
from afterlook.sharepoint.rest.response_writer import Entity, Feed
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.store.folding import fold
from afterlook.store.pages import count_fitting

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "eq": eq,
    "ne": ne,
    "gt": gt,
    "ge": ge,
    "lt": lt,
    "le": le,
}
_MAX_DIGITS = 9


def select_slice(
    entities: Sequence[Entity], request: RestRequest, query: CollectionQuery
) -> list[Entity]:
    """Return the entities that a query selects, in its order. Raises `OptionInvalid`."""
    skip, top = _read_count(request, "$skip", 0), _read_count(request, "$top", len(entities))
    filter_ = query.filter
    matches = [one for one in entities if filter_ is None or _is_met(filter_, one)]
    for key in reversed(query.keys):
        matches.sort(
            key=lambda one: _sort_key(_comparable(one.members[key.path])), reverse=key.descending
        )
    return matches[skip : skip + top]


def cut_to_size(entities: Sequence[Entity], request: RestRequest, address: str, type_: str) -> Feed:
    """Return a slice, or where its text is too long the start of it and a link to the rest.

    `address` is that of the collection below `_api`.
    """
    size = count_fitting((list(one.members.values()) for one in entities), len(entities))
    if size >= len(entities):
        return Feed(entities, type=type_)
    place = {"$skip": _read_count(request, "$skip", 0) + size}
    if "$top" in request.options:
        place["$top"] = _read_count(request, "$top", 0) - size
    options = urlencode({**request.options, **place}, quote_via=quote, safe=SAFE_IN_LINKS)
    return Feed(entities[:size], f"{request.context.web_url}/_api/{address}?{options}", type_)


def _read_count(request: RestRequest, name: str, default: int) -> int:
    text = request.options.get(name)
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()):
        raise OptionInvalid(name=name)
    return int(text[:_MAX_DIGITS])


def _is_met(expression: Expression, entity: Entity) -> bool:
    match expression:
        case Junction(operator, operands):
            met = (_is_met(one, entity) for one in operands)
            return all(met) if operator == "and" else any(met)
        case Not(operand):
            return not _is_met(operand, entity)
        case Comparison(operator, left, right):
            one, other = _value(left, entity), _value(right, entity)
            if operator not in ("eq", "ne") and None in (one, other):
                return False
            return _COMPARISONS[operator](one, other)
        case Call(name, (whole, part)):
            text, sought = str(_value(whole, entity)), str(_value(part, entity))
            return text.startswith(sought) if name == "startswith" else sought in text
    raise AssertionError(expression)


def _value(expression: Expression, entity: Entity) -> object:
    match expression:
        case Path(column=column):
            return _comparable(entity.members[column])
        case Literal(value):
            return _comparable(value)
    raise AssertionError(expression)


def _comparable(value: object) -> object:
    match value:
        case str():
            return fold(value)
        case datetime():
            ticks = from_datetime(value)
            return ticks - ticks % TICKS_PER_SECOND
    return value


def _sort_key(value: object) -> tuple[bool, object]:
    return (value is not None, 0 if value is None else value)
