"""`$expand`: which navigation properties come along, and what of them.

Owns its grammar (OData URL Conventions 4.0, §5.1.2). Must not know which navigation properties
exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from afterlook.errors import InvalidUrlQuery

MAX_EXPANSIONS = 8
"""Navigation properties in one `$expand`: each may be a query of its own."""

_OPTIONS = frozenset({"filter", "select"})


class Expansion(NamedTuple):
    """One navigation property: its name as spelt, and what of that which it leads to is wanted."""

    name: str
    filter: str | None = None
    select: str | None = None


def parse(text: str) -> list[Expansion]:
    """Read `Name($filter=…;$select=…),Name`.

    Raises `InvalidUrlQuery` for any other option inside, and for too many.
    """
    items = list(islice(_split(text, ","), MAX_EXPANSIONS + 1))
    if len(items) > MAX_EXPANSIONS:
        raise InvalidUrlQuery(option="$expand")
    return [_expansion(item.strip()) for item in items]


def _expansion(item: str) -> Expansion:
    name, opening, inner = item.partition("(")
    if not name.strip() or (opening and not inner.endswith(")")):
        raise InvalidUrlQuery(option="$expand")
    options: dict[str, str] = {}
    for option in _split(inner[:-1], ";") if opening else ():
        key, _, value = option.partition("=")
        known = key.strip().lower().removeprefix("$")
        if known not in _OPTIONS or known in options:
            raise InvalidUrlQuery(option=f"$expand({key.strip()})")
        options[known] = value
    return Expansion(name.strip(), options.get("filter"), options.get("select"))


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
