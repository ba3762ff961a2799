"""From the text of `$filter` to tokens, in one pass.

Owns the lexical part of the OData ABNF (4.0). Must not know what an expression means.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from afterlook.errors import UrlSyntax

MAX_LENGTH = 8 * 1024
"""Characters in a filter."""

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+)
      | (?P<string>'(?:[^'\0]|'')*')
      | (?P<guid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w-]))
      | (?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d))
      | (?P<date>\d{4}-\d\d-\d\d(?![\w-]))
      | (?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?![\w:]))
      | (?P<number>\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.]))
      | (?P<name>[a-z_]\w*(?:\.[a-z_]\w*)*)
      | (?P<mark>[(),/:-])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


class Token(NamedTuple):
    """A piece of the text: its kind, its text, and where it begins. `glued`: no space before it."""

    kind: str
    text: str
    position: int
    glued: bool


def tokens(text: str) -> Iterator[Token]:
    """Split a filter; the last token is of the kind `end`. Raises `UrlSyntax`."""
    if len(text) > MAX_LENGTH:
        raise UrlSyntax(position=MAX_LENGTH, text=text[:32] + "…")
    position, glued = 0, False
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise UrlSyntax(position=position, text=text)
        position = match.end()
        kind = str(match.lastgroup)
        if kind != "space":
            yield Token(kind, match[0], match.start(), glued)
        glued = kind != "space"
    yield Token("end", "", len(text), glued=False)
