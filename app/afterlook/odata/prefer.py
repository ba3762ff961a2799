"""The `Prefer` header.

Owns its grammar (RFC 7240 §2) with the leniency that the service showed: single quotes, spaces
around `=`, several lines, several preferences in a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from afterlook.errors import InvalidRequest

NONE: Mapping[str, str] = MappingProxyType({})

_PREFERENCE = re.compile(
    # Possessive throughout: a header must not be able to buy time by failing late.
    r"""\s*+(?P<name>[^\s=,;"']++)
        (?:\s*+=\s*+(?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>[^']*+)'|(?P<token>[^,;"']*+)))?+
        (?:\s*+;[^,]*+)?+\s*+(?:,|$)""",
    re.VERBOSE,
)
_VALUE_BEGINS = re.compile(r"""\s*+[^\s=,;"']++\s*+=""")
_NO_PREFERENCE = re.compile(r"""(?:"(?:[^"\\]|\\.)*+"|[^,"])*+(?:,|$)""")
_MAX_SHOWN = 100
_ESCAPED = re.compile(r"\\(.)")


def parse(lines: Iterable[str]) -> Mapping[str, str]:
    """Map each preference's lower-case name to its value, `""` where it has none.

    The first of equal names wins (RFC 7240 §2). What is no preference is passed over, as the RFC
    asks of a recipient. Raises `InvalidRequest` for a quote that is never closed and for a value
    that goes on after its quotes: to pass over a time zone would be to answer in another.
    """
    preferences: dict[str, str] = {}
    for line in lines:
        position = 0
        while position < len(line):
            match = _PREFERENCE.match(line, position)
            if match is None:
                match = _NO_PREFERENCE.match(line, position)
                if match is None or _VALUE_BEGINS.match(line, position):
                    raise _make_error(line[position:])
                position = match.end()
                continue
            preferences.setdefault(match["name"].lower(), _value(match))
            position = match.end()
    return preferences or NONE


def _make_error(rest: str) -> InvalidRequest:
    shown = rest[:_MAX_SHOWN].strip()
    return InvalidRequest(reason=f"The Prefer header cannot be read from '{shown}' on.")


def _value(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return _ESCAPED.sub(r"\1", match["double"])
    return match["single"] or (match["token"] or "").strip()
