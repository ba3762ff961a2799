"""Sync tokens that a fault believes: those that were handed out since it was set.

No time tells old ones from new: with a clock that stands they are of one instant.
"""

from __future__ import annotations

import re
from hashlib import sha256
from urllib.parse import unquote_plus

MAX_KNOWN = 10_000
"""Tokens that are remembered; beyond that the first is forgotten, and so refused."""

_TOKEN = re.compile(rb"(?:delta|skip)token(?:=|%3d)([^\"&<\s\\]{1,8192})", re.IGNORECASE)
_NAMES = frozenset({"$deltatoken", "deltatoken", "$skiptoken", "skiptoken"})


class SyncStates:
    """The digests of tokens that were handed out."""

    def __init__(self) -> None:
        self._known: dict[bytes, None] = {}

    def learn(self, text: bytes) -> None:
        """Take the tokens out of the text of an answer."""
        for match in _TOKEN.finditer(text):
            token = unquote_plus(match[1].decode("latin-1"))
            if len(self._known) >= MAX_KNOWN:
                del self._known[next(iter(self._known))]
            self._known[_digest(token)] = None

    def knows(self, token: str) -> bool:
        """Tell whether a token was handed out since."""
        return _digest(token) in self._known


def sync_token(query: str) -> str | None:
    """Return the sync token in a query, if there is one."""
    if "token" not in query.lower():
        return None
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        if unquote_plus(name).lower() in _NAMES:
            return unquote_plus(value)
    return None


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogatepass")).digest()
