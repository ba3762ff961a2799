"""JSON request bodies: from bytes to one bounded, storable JSON object.

Owns the bounds that hold for any entity.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import cast

import orjson

from afterlook.errors import BodyNotReadable

MAX_DEPTH = 32

MAX_VALUES = 20_000
"""Members and items of a body, all levels together: twenty requests with all that each may have."""

MAX_BYTES_ON_EVENT_LOOP = 64 * 1024
"""Bytes of a body that are read faster than handed over to a thread."""

_PORTION = 256 * 1024
_SEPARATORS = (b",", b"[", b"{")
# How alone JSON can write U+0000; in some texts it means something else.
_NUL = b"\\u0000"
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_object(raw: bytes, max_values: int | None = None) -> dict[str, object]:
    """Read a body as one JSON object.

    Raises `BodyNotReadable` for what is no JSON (lone surrogates included), no object, deeper
    than `MAX_DEPTH`, of more than `max_values` values (else `MAX_VALUES`), names a member twice, or
    holds a NUL, which PostgreSQL cannot store.
    """
    raw = raw.removeprefix(_BYTE_ORDER_MARK)
    max_values = MAX_VALUES if max_values is None else max_values
    if _is_beyond(raw, max_values):
        raise BodyNotReadable(reason=f"it holds more than {max_values} values")
    try:
        parsed = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BodyNotReadable(reason=f"it is not valid JSON, {error}") from error
    if not isinstance(parsed, dict):
        raise BodyNotReadable(reason="it is not a JSON object")
    if _NUL in raw:
        _expect_no_nul(parsed)
    members = _count_members(parsed)
    if _count(raw, b":") > members and _members(raw) > members:
        # Of two of one name the last would count, and the other be dropped.
        raise BodyNotReadable(reason="it names a member of an object twice")
    return cast("dict[str, object]", parsed)


def _count_members(parsed: object) -> int:
    """Return how many members there are, all levels together."""
    members = 0
    for level in _levels(parsed):
        for value in level:
            if isinstance(value, dict):
                members += len(value)
    return members


def _expect_no_nul(parsed: object) -> None:
    for level in _levels(parsed):
        names = (name for value in level if isinstance(value, dict) for name in value)
        if any(isinstance(text, str) and "\0" in text for text in chain(level, names)):
            raise BodyNotReadable(reason="a string holds the character U+0000")


def _levels(parsed: object) -> Iterator[list[object]]:
    """Yield what is at each depth, `MAX_DEPTH` of them at most."""
    level: list[object] = [parsed]
    for _ in range(MAX_DEPTH):
        yield level
        deeper: list[object] = []
        for value in level:
            if isinstance(value, dict):
                deeper.extend(value.values())
            elif isinstance(value, list):
                deeper.extend(value)
        if not deeper:
            return
        level = deeper
    raise BodyNotReadable(reason=f"it is nested deeper than {MAX_DEPTH} levels")


def _is_beyond(raw: bytes, max_values: int) -> bool:
    """Tell whether a body holds more than `max_values` values, before anything is made of them.

    A short one cannot. Only where the separators of all are too many are those within texts told
    apart.
    """
    if len(raw) <= max_values:
        return False
    separators = sum(_count(raw, one) for one in _SEPARATORS)
    return separators > max_values and _has_more_values(raw, max_values)


def _count(raw: bytes, mark: bytes) -> int:
    """Count a mark, in portions, for others to have their turn."""
    return sum(raw.count(mark, start, start + _PORTION) for start in range(0, len(raw), _PORTION))


def _members(raw: bytes) -> int:
    """Count members as they are written."""
    return sum(outside.count(b":") for outside in _outside_texts(raw))


def _has_more_values(raw: bytes, max_values: int) -> bool:
    count = 0
    for outside in _outside_texts(raw):
        count += sum(outside.count(one) for one in _SEPARATORS)
        if count > max_values:
            return True
    return False


def _outside_texts(raw: bytes) -> Iterator[bytes]:
    """Yield what of a body is in none of its texts, portion by portion.

    Escaped backslashes and then escaped quotes are left out, so that every quote that is left
    begins or ends a text: each step is one of C's, whatever the texts hold.
    """
    before, is_inside = b"", False
    for start in range(0, len(raw), _PORTION):
        portion = (before + raw[start : start + _PORTION]).replace(rb"\\", b"")
        # It may escape what the next portion begins with.
        before = b"\\" if portion.endswith(b"\\") else b""
        pieces = portion.removesuffix(before).replace(rb"\"", b"").split(b'"')
        yield b"".join(pieces[is_inside::2])
        is_inside ^= len(pieces) % 2 == 0
