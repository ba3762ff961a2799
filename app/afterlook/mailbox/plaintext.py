"""The text of an HTML body, for whoever knows plain text only.

Owns what is left of HTML. It need not be rendered well, only always the same, in time that grows
with its length and no faster: somebody else wrote it.

`html.parser` is no choice: of unclosed markup it takes the square of its length, measured on Python
3.11 a minute for 160 kB of `<!--`, during which nobody else could write to the mailbox.
"""

from __future__ import annotations

import html
import re

MAX_TAGS = 200_000
"""How many tags are read: far more than that text needs, and still read in a blink."""

# More digits than any character has: Python would refuse to read them.
_LONG_REFERENCE = re.compile(r"&#(?=[0-9]{20}|[xX][0-9a-fA-F]{20})")
# It never goes back on what it has read, which would take time by the square of that.
_TAG = re.compile(r"<(/?[a-z][a-z0-9]*+|[!?])[^<>]*+>", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_INVISIBLE = frozenset({"head", "script", "style", "title"})


def from_html(body: str, most: int) -> str | None:
    """Return the text of a body, each block on a line of its own; None where it is too much.

    `most` characters of text are read, entities and spaces included, and whatever is between them.
    """
    lines: list[str] = []
    line: list[str] = []
    unseen: str | None = None
    at = length = 0
    for number, tag in enumerate(_TAG.finditer(body)):
        if unseen is None:
            line.append(body[at : tag.start()])
            length += tag.start() - at
        at = tag.end()
        if length > most or number >= MAX_TAGS:
            return None
        name = tag[1].lower()
        if unseen is not None:
            unseen = None if name == f"/{unseen}" else unseen
        elif name in _INVISIBLE:
            unseen = name
        elif name.removeprefix("/") in _BREAKS:
            lines.append("".join(line))
            line.clear()
    if unseen is None:
        if length + len(body) - at > most:
            return None
        line.append(body[at:])
    lines.append("".join(line))
    plain = (_SPACE.sub(" ", _unescape(line)).strip() for line in lines)
    return "\n".join(line for line in plain if line)


def _unescape(line: str) -> str:
    return html.unescape(_LONG_REFERENCE.sub("&amp;#", line))
