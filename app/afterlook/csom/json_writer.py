"""Answers: JSON as this protocol writes it ([MS-CSOM] 2.2.5; docs/reference/csom.md §1.3).

Owns the spelling of values: clients tell a date from a text by the backslashes before its slashes
alone, so no text may hold a bare one.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from uuid import UUID

from afterlook.csom.errors import TooManyResources

MAX_LENGTH = 64 * 1024 * 1024
"""The longest answer."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ESCAPED = {"/": "\\u002f", "&": "\\u0026", "<": "\\u003c", ">": "\\u003e"}
_LONGER = 5
"""By how many characters such an escape is longer than what it stands for."""

_LINE = "\r\n"

Pairs = list[tuple[int, object]]


def write_document(header: dict[str, object], pairs: Pairs) -> bytes:
    """Write an answer: the header, then each action's id and result.

    Raises `TooManyResources` for one that would be too long.
    """
    parts = [_write_top_level(header)]
    length = 0
    for number, value in pairs:
        parts += [str(number), _write_top_level(value)]
        length += len(parts[-1])
        if length > MAX_LENGTH:
            raise TooManyResources
    return f"[{_LINE}{','.join(parts)}{_LINE}]".encode("ascii")


def _write_top_level(value: object) -> str:
    written = write_value(value)
    if written[0] != "{":
        return written
    return f"{{{_LINE}{written[1:-1]}{_LINE}}}"


def write_value(value: object) -> str:
    """Write a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case str():
            return _write_string(value)
        case int():
            return str(value)
        case float():
            # JSON has no name for what is no number.
            return repr(value) if math.isfinite(value) else "null"
        case datetime():
            return _write_date(value)
        case UUID():
            return f'"\\/Guid({value})\\/"'
        case bytes():
            encoded = _write_string(base64.b64encode(value).decode("ascii"))
            return f'"\\/Base64Binary({encoded[1:-1]})\\/"'
        case list() | tuple():
            return f"[{','.join(map(write_value, value))}]"
        case dict():
            return f"{{{','.join(_write_members(value.items()))}}}"
    raise TypeError(type(value))


def _write_members(items: Iterable[tuple[str, object]]) -> Iterable[str]:
    return (f"{_write_name(name)}:{write_value(value)}" for name, value in items)


@lru_cache(maxsize=1024)
def _write_name(name: str) -> str:
    """Write a member's name: the same few are written for every object."""
    return _write_string(name)


def _write_string(value: str) -> str:
    written: str = quoted(value)
    for character, escape in _ESCAPED.items():
        if character in written:
            written = written.replace(character, escape)
    return written


def written_length(value: str) -> int:
    """Return how many characters a text is written in."""
    escaped = sum(value.count(character) for character in _ESCAPED)
    return len(quoted(value)) + escaped * _LONGER


def _write_date(moment: datetime) -> str:
    """Write a moment: one of no zone by its parts, its month counted from 0, else as UTC."""
    if moment.tzinfo is None:
        return (
            f'"\\/Date({moment.year},{moment.month - 1},{moment.day},{moment.hour},'
            f'{moment.minute},{moment.second},{moment.microsecond // 1000})\\/"'
        )
    return f'"\\/Date({(moment - _EPOCH) // _MILLISECOND})\\/"'
