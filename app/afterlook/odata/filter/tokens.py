"""From the text of `$filter` to tokens, in one pass.

Owns the lexical part of the OData ABNF (4.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from afterlook.errors import FilterTooLong, UrlSyntax

MAX_LENGTH = 8 * 1024
"""Characters in a filter."""

_MAX_SHOWN = 100

_TOKEN = re.compile(
    r"""(?P<space>[ \t]+)
      | (?P<string>'(?:[^'\0]|'')*')
      | (?P<guid>[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}(?![\w.:+-]))
      | (?P<moment>\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?:Z|[+-]\d\d:\d\d)
        (?![\w.:+-]))
      | (?P<date>\d{4}-\d\d-\d\d(?![\w.:+-]|/\d))
      | (?P<time>\d\d:\d\d(?::\d\d(?:\.\d{1,12})?)?(?![\w.:+-]))
      | (?P<number>\+?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.:+-]|/\d))
      | (?P<almost>\d{4}-\d\d-\d\dT[\d:.]+[ ]\d\d:?\d\d(?![\w.:+-])
        |[+.]?\d[\w.:+-]*+(?:/\d[\w.:+-]*+)*+
        |\{[0-9a-f-]+\}?
        |[0-9a-f]{6,}+-[\w-]*+)
      | (?P<name>[a-z_]\w*(?:\.[a-z_]\w*)*)
      | (?P<mark>[(),/:-])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)


_DATE_TIME = re.compile(r"\d{1,5}-\d+-\d+[T ].*", re.IGNORECASE)
_DATE = re.compile(r"\d{1,5}-\d{1,2}(-\d*)?|\d++/\d++.*")
_GUID = re.compile(r"\{.*|[0-9a-z]{6,}+-.*", re.IGNORECASE)
_SOME_DATE = re.compile(r"\d+-.*")
_TIME = re.compile(r"[^:]*+:.*")
_RAW_PLUS = re.compile(r"T[\d:.]{1,40}+ ", re.IGNORECASE)
_WITHOUT_ZONE = re.compile(r"[\d-]{1,40}+T[\d:.]++", re.IGNORECASE)
_GROUPS_OF_A_GUID = 3


def _kind(text: str) -> str:
    """Return what a literal almost is."""
    if _DATE_TIME.fullmatch(text):
        return "date and time"
    if _DATE.fullmatch(text):
        return "date"
    if _GUID.fullmatch(text) or text.count("-") >= _GROUPS_OF_A_GUID:
        return "GUID"
    if _SOME_DATE.fullmatch(text):
        return "date"
    return "time of day" if _TIME.fullmatch(text) else "number"


def explain(text: str) -> str:
    """Tell what a literal almost is, and why it is none, as far as one can see."""
    kind = _kind(text)
    reason = f"'{text[:_MAX_SHOWN]}' is no {kind}"
    if kind != "date and time":
        return reason
    if _RAW_PLUS.search(text):
        return f"{reason}: a '+' in an address is a blank, and must be written %2B"
    if _WITHOUT_ZONE.fullmatch(text):
        return f"{reason} of a known instant: 'Z' or an offset must follow"
    return reason


class Token(NamedTuple):
    """A piece of the text: its kind, its text, and where it begins. `glued`: no space before it."""

    kind: str
    text: str
    position: int
    glued: bool


def tokenize(text: str) -> Iterator[Token]:
    """Split a filter; the last token is of the kind `end`. Raises `UrlSyntax`."""
    if len(text) > MAX_LENGTH:
        raise FilterTooLong(text=text[:32] + "…", most=MAX_LENGTH)
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
