"""Addresses below `_api`: from their text to segments.

    web/lists/getbytitle('It''s')/items(3)

Owns the spelling of literals in parentheses. Must not know what any segment is.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from uuid import UUID

from afterlook.sharepoint.rest.errors import AddressUnknown

Literal = str | int | float | bool | UUID | None

MOST_SEGMENTS = 16
MOST_ARGUMENTS = 32

_SEGMENT = re.compile(r"/*(?P<name>[A-Za-z0-9_.$]{1,128})(?P<open>\()?")
_LITERAL = re.compile(
    r"\s*(?:(?P<label>[A-Za-z_@][A-Za-z0-9_]{0,127})\s*=\s*)?"
    r"(?:(?P<guid>guid)?'(?P<text>(?:[^'\x00]|'')*)'"
    r"|(?P<word>null|true|false)"
    r"|(?P<number>-?\d{1,15}(?:\.\d{1,15})?))\s*(?P<end>[,)])",
    re.ASCII | re.IGNORECASE,
)


class Segment(NamedTuple):
    """One segment: its name, in lower case too, and what stands in its parentheses.

    `arguments` are by name or, without one, by number; None where there are no parentheses.
    """

    name: str
    key: str
    arguments: dict[str | int, Literal] | None

    @property
    def one(self) -> Literal:
        """The only argument, or None."""
        arguments = list((self.arguments or {}).values())
        return arguments[0] if len(arguments) == 1 else None


def parse(text: str) -> list[Segment]:
    """Return the segments of an address. Raises `AddressUnknown`."""
    segments: list[Segment] = []
    place = 0
    text = text.rstrip("/")
    while place < len(text):
        match = _SEGMENT.match(text, place)
        if match is None or len(segments) == MOST_SEGMENTS:
            raise AddressUnknown(path=text[:128])
        place, arguments = match.end(), None
        if match["open"]:
            arguments, place = _arguments(text, place)
        if place < len(text) and text[place] != "/":
            raise AddressUnknown(path=text[:128])
        name = match["name"]
        segments.append(Segment(name, name.lower(), arguments))
    return segments


def _arguments(text: str, place: int) -> tuple[dict[str | int, Literal], int]:
    found: dict[str | int, Literal] = {}
    if text[place : place + 1] == ")":
        return found, place + 1
    while len(found) < MOST_ARGUMENTS:
        match = _LITERAL.match(text, place)
        if match is None:
            break
        found[match["label"] or len(found)] = _value(match)
        place = match.end()
        if match["end"] == ")":
            return found, place
    raise AddressUnknown(path=text[:128])


def _value(match: re.Match[str]) -> Literal:
    if match["text"] is not None:
        if match["guid"] is None:
            return str(match["text"]).replace("''", "'")
        try:
            return UUID(match["text"])
        except ValueError as error:
            raise AddressUnknown(path=match["text"][:64]) from error
    if match["word"]:
        return {"null": None, "true": True, "false": False}[match["word"].lower()]
    number = match["number"]
    return float(number) if "." in number else int(number)
