"""Answers: JSON as this protocol writes it ([MS-CSOM] 2.2.5; docs/reference/csom.md §1.3).

Owns the spelling of values: clients tell a date from a text by the backslashes before its slashes
alone, so no text may hold a bare one.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from json.encoder import encode_basestring_ascii as quoted
from typing import Any
from uuid import UUID

from afterlook.csom.errors import TooManyResources

MAX_LENGTH = 64 * 1024 * 1024
"""The longest answer."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_ESCAPED = {"/": "\\u002f", "&": "\\u0026", "<": "\\u003c", ">": "\\u003e"}
_PLAIN = re.compile(r"[ !#-%'-.0-;=?-\[\]-~]*")
"""Texts that are written as they are."""

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
    return (_WRITERS.get(type(value)) or _writer_of(value))(value)


def _writer_of(value: object) -> Callable[[Any], str]:
    """Return what writes a value of a type that derives from a known one."""
    for type_, write in _WRITERS.items():
        if isinstance(value, type_):
            return write
    raise TypeError(type(value))


def _write_float(value: float) -> str:
    # JSON has no name for what is no number.
    return repr(value) if math.isfinite(value) else "null"


def _write_bytes(value: bytes) -> str:
    encoded = _write_string(base64.b64encode(value).decode("ascii"))
    return f'"\\/Base64Binary({encoded[1:-1]})\\/"'


def _write_list(value: list[object] | tuple[object, ...]) -> str:
    return f"[{','.join(map(write_value, value))}]"


def _write_members(value: dict[str, object]) -> str:
    # Of thousands of objects: a list is joined sooner than what a generator gives.
    members = [
        f"{_write_name(name)}:{(_WRITERS.get(type(part)) or _writer_of(part))(part)}"
        for name, part in value.items()
    ]
    return f"{{{','.join(members)}}}"


@lru_cache(maxsize=1024)
def _write_name(name: str) -> str:
    """Write a member's name: the same few are written for every object."""
    return _write_string(name)


def _write_string(value: str) -> str:
    written: str = quoted(value)
    if _PLAIN.fullmatch(value):
        return written
    for character, escape in _ESCAPED.items():
        if character in written:
            written = written.replace(character, escape)
    return written


def written_length(value: str) -> int:
    """Return how many characters a text is written in."""
    if _PLAIN.fullmatch(value):
        return len(value) + 2
    escaped = sum(value.count(character) for character in _ESCAPED)
    return len(quoted(value)) + escaped * _LONGER


@lru_cache(maxsize=4096)
def _write_date(moment: datetime) -> str:
    """Write a moment: one of no zone by its parts, its month counted from 0, else as UTC."""
    if moment.tzinfo is None:
        return (
            f'"\\/Date({moment.year},{moment.month - 1},{moment.day},{moment.hour},'
            f'{moment.minute},{moment.second},{moment.microsecond // 1000})\\/"'
        )
    return f'"\\/Date({(moment - _EPOCH) // _MILLISECOND})\\/"'


_WRITERS: dict[type, Callable[[Any], str]] = {
    str: _write_string,
    bool: lambda value: "true" if value else "false",
    int: str,
    type(None): lambda _: "null",
    datetime: _write_date,
    float: _write_float,
    UUID: lambda value: f'"\\/Guid({value})\\/"',
    bytes: _write_bytes,
    list: _write_list,
    tuple: _write_list,
    dict: _write_members,
}
