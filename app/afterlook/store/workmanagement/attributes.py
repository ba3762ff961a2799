"""Custom attributes as they are kept: a JSON list, each item on a line of its own.

Owns that text, so that a query can look for one attribute in it.
"""

from __future__ import annotations

from collections.abc import Iterable

import orjson


def line(attribute: str) -> str:
    """Return how an attribute begins its line: nothing else can begin so."""
    return f"\n{orjson.dumps(attribute).decode()}"


def written(attributes: Iterable[str]) -> str:
    """Return attributes as their text."""
    return "[" + ",".join(line(name) for name in attributes) + "\n]"


def read(attributes: str) -> list[str]:
    """Return attributes from their text."""
    names: list[str] = orjson.loads(attributes)
    return names
