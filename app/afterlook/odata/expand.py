"""`$expand`: which navigation properties come along, and what of them.

Owns its grammar (OData URL Conventions 4.0, §5.1.2).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from afterlook.errors import InvalidUrlQuery
from afterlook.odata.options import OrderKey, boolean, order_keys, whole

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
    return [_expansion(item.strip()) for item in items]


def _expansion(item: str) -> Expansion:
    name, opening, inner = item.partition("(")
    if not name.strip() or (opening and not inner.endswith(")")):
        raise InvalidUrlQuery(option="$expand")
    given: dict[str, str] = {}
    for option in _split(inner[:-1], ";") if opening else ():
        key, _, value = option.partition("=")
        known = key.strip().lower().removeprefix("$")
        if known not in _OPTIONS or known in given:
            raise InvalidUrlQuery(option=f"$expand({key.strip()})")
        given[known] = value
    return Expansion(
        name.strip(),
        filter=given.get("filter"),
        select=given.get("select"),
        orderby=order_keys(given["orderby"]) if "orderby" in given else (),
        top=whole(given["top"], "$expand($top)") if "top" in given else None,
        skip=whole(given["skip"], "$expand($skip)") if "skip" in given else 0,
        counted=boolean(given["count"], "$expand($count)") if "count" in given else False,
        expand=given.get("expand"),
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
