"""System query options.

Owns their spelling and their literals (OData URL Conventions 4.0, §5). `select` and `orderby` stay
names: the entity type knows the properties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote_plus

from afterlook.errors import FilterTwice, InvalidUrlQuery

MAX_PAGE_SIZE = 1000
"""The most entities in one page; a client that asks for more gets this many."""

MAX_OPTIONS = 100
"""Options in a query string, custom ones too."""

MAX_NAMES = 100
"""Names in `$select` or `$orderby`: more than any entity has."""

MAX_INT32 = 2**31 - 1

UNTIL = "afterlook-until"
"""The custom option of paging links that keeps the pages of a sorted listing from shifting.

It counts beside `$skip` alone, and has a name that is no client's own.
"""

SYSTEM_OPTIONS = frozenset(
    [
        "apply",
        "compute",
        "count",
        "deltatoken",
        "expand",
        "filter",
        "format",
        "index",
        "levels",
        "orderby",
        "schemaversion",
        "search",
        "select",
        "skip",
        "skiptoken",
        "top",
    ]
)


def select_members(
    entity: dict[str, object], select: tuple[str, ...], key: str
) -> dict[str, object]:
    """Keep what was selected of an entity, if anything was; `key` and annotations always come too.

    `key` is the name of the key property (OData Protocol 4.0 §11.2.4.1).
    """
    if not select:
        return entity
    return {
        name: value
        for name, value in entity.items()
        if name in select or name == key or name[0] == "@"
    }


class OrderKey(NamedTuple):
    """One key of `$orderby`: the property path as spelt, and its direction."""

    path: str
    descending: bool


@dataclass(frozen=True, slots=True)
class QueryOptions:
    """The system query options of one request.

    `given` holds each `name=value` pair as it was sent, custom ones too, for paging links; `until`
    is our own addition to those.
    """

    given: tuple[str, ...] = ()
    top: int | None = None
    skip: int = 0
    select: tuple[str, ...] = ()
    orderby: tuple[OrderKey, ...] = ()
    filter: str | None = None
    expand: str | None = None
    count: bool = False
    format: str | None = None
    deltatoken: str | None = None
    skiptoken: str | None = None
    until: int | None = None

    def write_only(self, *names: str) -> str:
        """Write the query string of those options alone that have one of these names."""
        return "&".join(pair for pair in self.given if _system_name(_name(pair)) in names)

    def write_next(self, skip: int, until: int | None) -> str:
        """Write the query string of the page after `skip` entities, of those up to `until`."""
        kept = [pair for pair in self.given if not _is_position(_name(pair))]
        fixed = [] if until is None else [f"{UNTIL}={until}"]
        return "&".join([*kept, f"%24skip={skip}", *fixed])


NO_OPTIONS = QueryOptions()


def read_names(query: str) -> frozenset[str]:
    """Return which system options a query string has, without `$` and in lower case."""
    # Whoever has more of them hears of that when they are read.
    names = (_system_name(_name(pair)) for pair in query.split("&", MAX_OPTIONS)[:MAX_OPTIONS])
    return frozenset(name for name in names if name is not None)


def parse(query: str, supported: frozenset[str]) -> QueryOptions:
    """Read a query string.

    System options count with and without `$`, in any case. Raises `InvalidUrlQuery` naming the
    option for one that is not in `supported`, is given twice, or has a value out of bounds.
    Other names are custom query options, which a service leaves alone (§5.2).
    """
    if not query:
        return NO_OPTIONS
    if query.count("&") >= MAX_OPTIONS:
        further = query.split("&", MAX_OPTIONS)[MAX_OPTIONS]
        raise InvalidUrlQuery(option=_name(further.partition("&")[0][:64]))
    pairs = tuple(pair for pair in query.split("&") if pair)
    values: dict[str, str] = {}
    until = None
    for pair in pairs:
        spelt = _name(pair)
        name = _system_name(spelt)
        if name is None:
            until = pair.partition("=")[2] if spelt == UNTIL else until
            continue
        if name == "filter" and name in values:
            raise FilterTwice(option=spelt)
        if name not in supported or name in values:
            raise InvalidUrlQuery(option=spelt)
        values[name] = _decode(pair.partition("=")[2], spelt)
    return QueryOptions(
        given=pairs,
        top=min(read_count(values["top"], "$top"), MAX_PAGE_SIZE) if "top" in values else None,
        skip=read_count(values["skip"], "$skip") if "skip" in values else 0,
        select=read_select(values["select"]) if "select" in values else (),
        orderby=read_order_keys(values["orderby"]) if "orderby" in values else (),
        filter=values.get("filter"),
        expand=values.get("expand"),
        count=read_boolean(values["count"], "$count") if "count" in values else False,
        format=values.get("format"),
        deltatoken=values.get("deltatoken"),
        skiptoken=values.get("skiptoken"),
        until=read_count(until, UNTIL) if until is not None and "skip" in values else None,
    )


def _name(pair: str) -> str:
    return _decode(pair.partition("=")[0], pair).strip()


def _system_name(spelt: str) -> str | None:
    lower = spelt.lower()
    if lower.startswith("$"):
        return lower[1:]
    return lower if lower in SYSTEM_OPTIONS else None


def _decode(text: str, option: str) -> str:
    try:
        return unquote_plus(text, errors="strict")
    except UnicodeDecodeError as error:
        raise InvalidUrlQuery(option=option) from error


def _is_position(name: str) -> bool:
    return name == UNTIL or _system_name(name) == "skip"


def read_boolean(text: str, option: str) -> bool:
    """Read a Boolean. Raises `InvalidUrlQuery`."""
    lower = text.strip().lower()
    if lower not in ("true", "false"):
        raise InvalidUrlQuery(option=option)
    return lower == "true"


def read_count(text: str, option: str) -> int:
    """Read a number of entities. Raises `InvalidUrlQuery`."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) > len(str(MAX_INT32)):
        raise InvalidUrlQuery(option=option)
    number = int(digits)
    if number > MAX_INT32:
        raise InvalidUrlQuery(option=option)
    return number


def read_select(text: str) -> tuple[str, ...]:
    """Read the value of `$select`. Raises `InvalidUrlQuery` for an empty name, or too many."""
    if text.count(",") >= MAX_NAMES:
        raise InvalidUrlQuery(option="$select")
    listed = tuple(name.strip() for name in text.split(","))
    if not all(listed):
        raise InvalidUrlQuery(option="$select")
    return listed


def read_order_keys(text: str) -> tuple[OrderKey, ...]:
    """Read the value of `$orderby`. Raises `InvalidUrlQuery`."""
    if text.count(",") >= MAX_NAMES:
        raise InvalidUrlQuery(option="$orderby")
    keys = []
    for item in text.split(","):
        match item.split():
            case [path]:
                keys.append(OrderKey(path, descending=False))
            case [path, direction] if direction.lower() in ("asc", "desc"):
                keys.append(OrderKey(path, descending=direction.lower() == "desc"))
            case _:
                raise InvalidUrlQuery(option="$orderby")
    return tuple(keys)
