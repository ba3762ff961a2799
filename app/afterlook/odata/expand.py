"""`$expand`: which navigation properties come along, and what of them.

Owns its grammar (OData URL Conventions 4.0, §5.1.2). Must not know which navigation properties
exist.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from afterlook.errors import InvalidUrlQuery


class Expansion(NamedTuple):
    """One navigation property: its name as spelt, and the filter on what it leads to."""

    name: str
    filter: str | None


def parse(text: str) -> list[Expansion]:
    """Read `Name($filter=…),Name`. Raises `InvalidUrlQuery` for any other option inside."""
    return [_expansion(item.strip()) for item in _split(text, ",")]


def _expansion(item: str) -> Expansion:
    name, opening, inner = item.partition("(")
    if not name.strip() or (opening and not inner.endswith(")")):
        raise InvalidUrlQuery(option="$expand")
    filter_ = None
    for option in _split(inner[:-1], ";") if opening else ():
        key, _, value = option.partition("=")
        if key.strip().lower() not in ("$filter", "filter") or filter_ is not None:
            raise InvalidUrlQuery(option=f"$expand({key.strip()})")
        filter_ = value
    return Expansion(name.strip(), filter_)


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
