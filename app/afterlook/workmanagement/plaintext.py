"""The text of an HTML body, for a list that knows plain text only.

Owns what is left of HTML. It need not be rendered well, only always the same, in time that grows
with its length and no faster: somebody else wrote it. Must not know where it is shown.
"""

from __future__ import annotations

import html
import re

from afterlook.workmanagement.fields import LONGEST_DESCRIPTION

MAX_SOURCE = 10 * LONGEST_DESCRIPTION
"""How much text is read, entities and spaces included, however much markup is between it."""

# More digits than any character has: Python would refuse to read them.
_LONG_REFERENCE = re.compile(r"&#(?=[0-9]{20}|[xX][0-9a-fA-F]{20})")
_ANGLES = re.compile(r"<([^<>]*)>")
_TAG = re.compile(r"/?[a-z][a-z0-9]*|[!?]", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6"})
_UNSEEN = frozenset({"head", "script", "style", "title"})


def of_html(body: str) -> str | None:
    """Return the text of a body, each block on a line of its own; None where it is too much."""
    lines: list[str] = [""]
    unseen: str | None = None
    at = 0
    length = 0
    for angles in _ANGLES.finditer(body):
        tag = _TAG.match(angles[1])
        if tag is None:
            continue
        if unseen is None:
            lines[-1] += body[at : angles.start()]
            length += angles.start() - at
        at = angles.end()
        if length > MAX_SOURCE:
            return None
        name = tag[0].lower()
        if unseen is not None:
            unseen = None if name == f"/{unseen}" else unseen
        elif name in _UNSEEN:
            unseen = name
        elif name.removeprefix("/") in _BREAKS:
            lines.append("")
    if unseen is None:
        if length + len(body) - at > MAX_SOURCE:
            return None
        lines[-1] += body[at:]
    plain = (_SPACE.sub(" ", _unescaped(line)).strip() for line in lines)
    return "\n".join(line for line in plain if line)


def _unescaped(line: str) -> str:
    return html.unescape(_LONG_REFERENCE.sub("&amp;#", line))
