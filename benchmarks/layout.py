"""Tables in Markdown.

Owns how they look. Must not know what is in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def met(*, yes: bool) -> str:
    """Tell whether a target is met, so that one that is not stands out."""
    return "yes" if yes else "**no**"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay out a table that reads well as plain text too."""
    lines = [tuple(head), *map(tuple, rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    drawn = [
        "| "
        + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        + " |"
        for line in lines
    ]
    drawn.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(drawn)
