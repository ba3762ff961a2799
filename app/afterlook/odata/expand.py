"""`$expand`: which navigation properties come along, and what of them.

Owns its grammar (OData URL Conventions 4.0, §5.1.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from afterlook.errors import InvalidUrlQuery
from afterlook.odata.options import OrderKey, read_boolean, read_count, read_order_keys

MAX_EXPANSIONS = 8
"""Navigation properties in one `$expand`: each may be a query of its own."""

_OPTIONS = frozenset({"filter", "select", "orderby", "top", "skip", "count", "expand"})


class Expansion(NamedTuple):
    """One navigation property: its name as spelt, and what of that which it leads to is wanted."""

    name: str
    filter: str | None = None
    select: str | None = None
    orderby: tuple[OrderKey, ...] = ()
    top: int | None = None
    skip: int = 0
    counted: bool = False
    expand: str | None = None

    @property
    def is_plain(self) -> bool:
        """Whether all entities are wanted, in their usual order."""
        only = self._replace(select=None, expand=None)
        return only == Expansion(self.name)


def parse(text: str) -> list[Expansion]:
    """Read `Name($filter=…;$select=…),Name`.

    Raises `InvalidUrlQuery` for any other option inside, for a value out of bounds, and for too
    many.
    """
    items = list(islice(_split(text, ","), MAX_EXPANSIONS + 1))
    if len(items) > MAX_EXPANSIONS:
        raise InvalidUrlQuery(option="$expand")
    return [_read_expansion(item.strip()) for item in items]


def _read_expansion(item: str) -> Expansion:
    name, opening, inner = item.partition("(")
    if not name.strip() or (opening and not inner.endswith(")")):
        raise InvalidUrlQuery(option="$expand")
    options: dict[str, str] = {}
    for pair in _split(inner[:-1], ";") if opening else ():
        key, _, value = pair.partition("=")
        option = key.strip().lower().removeprefix("$")
        if option not in _OPTIONS or option in options:
            raise InvalidUrlQuery(option=f"$expand({key.strip()})")
        options[option] = value
    return Expansion(
        name.strip(),
        filter=options.get("filter"),
        select=options.get("select"),
        orderby=read_order_keys(options["orderby"]) if "orderby" in options else (),
        top=read_count(options["top"], "$expand($top)") if "top" in options else None,
        skip=read_count(options["skip"], "$expand($skip)") if "skip" in options else 0,
        counted=read_boolean(options["count"], "$expand($count)") if "count" in options else False,
        expand=options.get("expand"),
    )


def _split(text: str, separator: str) -> Iterator[str]:
    """Split at a separator that stands outside parentheses and quotes."""
    depth, quoted, start = 0, False, 0
    for place, char in enumerate(text):
        if char == "'":
            quoted = not quoted
        elif not quoted:
            depth += (char == "(") - (char == ")")
            if char == separator and depth == 0:
                yield text[start:place]
                start = place + 1
    if quoted or depth:
        raise InvalidUrlQuery(option="$expand")
    yield text[start:]
