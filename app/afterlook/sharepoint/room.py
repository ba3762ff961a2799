"""How much text the answer to one request may gather.

Each call of a method answers whole or not at all. Steps are counted as they are (`csom/budget.py`),
but a task may hold 64,000 characters, and no part of what was asked for may look like the whole.
"""

from __future__ import annotations

from afterlook.csom.json_writer import MAX_LENGTH, written_length
from afterlook.sharepoint.errors import QueryThrottled

MAX_TEXT = MAX_LENGTH - 1024 * 1024
"""Characters of all that is gathered, as it is written: an answer has a frame besides."""

_FRAME = 500
"""Characters of an object besides its texts: the names of its members, numbers, dates."""


class Room:
    """The room that is left for one request."""

    def __init__(self) -> None:
        self._left = MAX_TEXT

    def take(self, *texts: str | None) -> None:
        """Take what an object with texts needs. Raises `QueryThrottled` where there is no more."""
        self._left -= _FRAME + sum(map(written_length, filter(None, texts)))
        if self._left < 0:
            raise QueryThrottled
