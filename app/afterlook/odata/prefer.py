"""The `Prefer` header.

Owns its grammar (RFC 7240 §2) with the leniency that the service showed: single quotes, spaces
around `=`, several lines, several preferences in a line. Must not know what a preference does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

NONE: Mapping[str, str] = MappingProxyType({})

_PREFERENCE = re.compile(
    # Possessive throughout: a header must not be able to buy time by failing late.
    r"""\s*+(?P<name>[^\s=,;"']++)
        (?:\s*+=\s*+(?:"(?P<double>(?:[^"\\]|\\.)*+)"|'(?P<single>[^']*+)'|(?P<token>[^,;"']*+)))?+
        (?:\s*+;[^,]*+)?+\s*+(?:,|$)""",
    re.VERBOSE,
)
_GAP = re.compile(r"[^,]*(?:,|$)")
_ESCAPED = re.compile(r"\\(.)")


def parse(lines: Iterable[str]) -> Mapping[str, str]:
    """Map each preference's lower-case name to its value, `""` where it has none.

    The first of equal names wins (RFC 7240 §2). What is no preference is passed over, as the
    RFC asks of a recipient.
    """
    preferences: dict[str, str] = {}
    for line in lines:
        position = 0
        while position < len(line):
            match = _PREFERENCE.match(line, position)
            if match is None:
                gap = _GAP.match(line, position)
                position = gap.end() if gap else len(line)
                continue
            preferences.setdefault(match["name"].lower(), _value(match))
            position = match.end()
    return preferences or NONE


def _value(match: re.Match[str]) -> str:
    if match["double"] is not None:
        return _ESCAPED.sub(r"\1", match["double"])
    return match["single"] or (match["token"] or "").strip()
