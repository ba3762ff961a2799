"""Addresses below `_api`: from their text to segments.

    web/lists/getbytitle('It''s')/items(3)

Owns the spelling of literals in parentheses, and of aliases that stand for them (OData URL
Conventions 4.0, §5.1.1.13): `getlist(@l)?@l='/sites/a/Lists/Tasks'`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from afterlook.sharepoint.rest.errors import AddressUnknown, AliasUnknown, ExpressionInvalid

ArgumentValue = str | int | float | bool | UUID | None

MAX_SEGMENTS = 16
MAX_ARGUMENTS = 32
MAX_KEY = 2**31 - 1

_QUOTED_NUMBER = re.compile(r"-?[0-9]{1,15}")

_SEGMENT = re.compile(r"/*(?P<name>[A-Za-z0-9_.$]{1,128})(?P<open>\()?")
_LITERAL = re.compile(
    r"\s*(?:(?P<label>[A-Za-z_@][A-Za-z0-9_]{0,127})\s*=\s*)?"
    r"(?:(?P<guid>guid)?'(?P<text>(?:[^'\x00]|'')*)'"
    r"|(?P<word>null|true|false)"
    r"|(?P<alias>@[A-Za-z_][A-Za-z0-9_]{0,127})"
    r"|(?P<number>-?\d{1,15}(?:\.\d{1,15})?))\s*(?P<end>[,)])",
    re.ASCII | re.IGNORECASE,
)


Aliases = Mapping[str, str]
"""What each alias stands for, as it is written in the query."""

_NO_ALIASES: Aliases = MappingProxyType({})


class RestSegment(NamedTuple):
    """One segment: its name, in lower case too, and what stands in its parentheses.

    `arguments` are by name or, without one, by number; None where there are no parentheses.
    """

    name: str
    key: str
    arguments: dict[str | int, ArgumentValue] | None

    @property
    def one(self) -> ArgumentValue:
        """The only argument, or None."""
        arguments = list((self.arguments or {}).values())
        return arguments[0] if len(arguments) == 1 else None

    @property
    def number(self) -> int | None:
        """The only argument as a key, quoted or not; None where it is no number of an entity's.

        Raises `ExpressionInvalid` for a text that is no number.
        """
        key = self.one
        if isinstance(key, str):
            if not _QUOTED_NUMBER.fullmatch(key):
                raise ExpressionInvalid(text=key[:256])
            key = int(key)
        if isinstance(key, bool) or not isinstance(key, int):
            return None
        return key if 0 < key <= MAX_KEY else None


def parse(text: str, aliases: Aliases = _NO_ALIASES) -> list[RestSegment]:
    """Return the segments of an address. Raises `AddressUnknown`, `AliasUnknown`."""
    segments: list[RestSegment] = []
    place = 0
    text = text.rstrip("/")
    while place < len(text):
        match = _SEGMENT.match(text, place)
        if match is None or len(segments) == MAX_SEGMENTS:
            raise AddressUnknown(path=text[:128])
        place, arguments = match.end(), None
        if match["open"]:
            arguments, place = _arguments(text, place, aliases)
        if place < len(text) and text[place] != "/":
            raise AddressUnknown(path=text[:128])
        name = match["name"]
        segments.append(RestSegment(name, name.lower(), arguments))
    return segments


def _arguments(
    text: str, place: int, aliases: Aliases
) -> tuple[dict[str | int, ArgumentValue], int]:
    arguments: dict[str | int, ArgumentValue] = {}
    if text[place : place + 1] == ")":
        return arguments, place + 1
    while len(arguments) < MAX_ARGUMENTS:
        match = _LITERAL.match(text, place)
        if match is None:
            break
        named = match["alias"]
        arguments[match["label"] or len(arguments)] = (
            _resolve_alias(named, aliases) if named else _value(match)
        )
        place = match.end()
        if match["end"] == ")":
            return arguments, place
    raise AddressUnknown(path=text[:128])


def _resolve_alias(name: str, aliases: Aliases) -> ArgumentValue:
    """Return what an alias stands for: a literal, and no other alias."""
    match = _LITERAL.fullmatch(aliases[name] + ")") if name in aliases else None
    if match is None or match["label"] or match["alias"]:
        raise AliasUnknown(name=name)
    return _value(match)


def _value(match: re.Match[str]) -> ArgumentValue:
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
