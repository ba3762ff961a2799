"""How much text the answer to one request may gather.

Each call of a method answers whole or not at all. Steps are counted beside this (`csom/budget.py`);
but a task may hold 64,000 characters, and no part of an answer may look like the whole.
"""

from __future__ import annotations

from afterlook.csom.errors import QueryError
from afterlook.csom.json_writer import MAX_LENGTH, written_length

MAX_TEXT = MAX_LENGTH - 1024 * 1024
"""Characters of all texts of an answer, as they are written: it has a frame besides."""

_FRAME = 500
"""Characters of an object besides its texts: the names of its members, numbers, dates."""


class QueryThrottled(QueryError):
    """What was requested is more than one answer may hold."""

    code = "-2147024860"
    type_name = "Microsoft.SharePoint.SPQueryThrottledException"
    template = (
        "The attempted operation is prohibited because it exceeds the list view threshold "
        "enforced by the administrator."
    )


class TextBudget:
    """The text that one answer may still hold."""

    def __init__(self) -> None:
        self._left = MAX_TEXT

    def reserve(self, *texts: str | None) -> None:
        """Reserve what an object with texts needs. Raises `QueryThrottled` beyond the bound."""
        self._left -= _FRAME
        for text in texts:
            if text:
                self._left -= written_length(text)
        if self._left < 0:
            raise QueryThrottled
