"""JSON request bodies: from bytes to one bounded, storable JSON object.

Owns the bounds that hold for any entity. Must not know any property.
"""

from __future__ import annotations

from typing import cast

import orjson

from afterlook.errors import BodyNotReadable

MAX_DEPTH = 32

MAX_VALUES = 20_000
"""Members and items of a body, all levels together: twenty requests with all that each may have."""

SHORT = 64 * 1024
"""Bytes of a body that are read faster than handed over to a thread."""

_PORTION = 1024 * 1024
_QUOTE, _BACKSLASH = b'"', 0x5C
_SEPARATORS = (b",", b"[", b"{")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_object(raw: bytes) -> dict[str, object]:
    """Read a body as one JSON object.

    Raises `BodyNotReadable` for what is no JSON (lone surrogates included), no object, deeper
    than `MAX_DEPTH`, of more than `MAX_VALUES`, or holds a NUL, which PostgreSQL cannot store.
    """
    if _is_beyond(raw):
        raise BodyNotReadable(reason=f"it holds more than {MAX_VALUES} values")
    try:
        parsed = orjson.loads(raw.removeprefix(_BYTE_ORDER_MARK))
    except orjson.JSONDecodeError as error:
        raise BodyNotReadable(reason=f"it is not valid JSON, {error}") from error
    if not isinstance(parsed, dict):
        raise BodyNotReadable(reason="it is not a JSON object")
    _check(parsed)
    return cast("dict[str, object]", parsed)


def _check(parsed: object) -> None:
    level: list[object] = [parsed]
    for _ in range(MAX_DEPTH):
        deeper: list[object] = []
        for value in level:
            if isinstance(value, str):
                if "\0" in value:
                    raise BodyNotReadable(reason="a string holds the character U+0000")
            elif isinstance(value, dict):
                deeper.extend(value.keys())
                deeper.extend(value.values())
            elif isinstance(value, list):
                deeper.extend(value)
        if not deeper:
            return
        level = deeper
    raise BodyNotReadable(reason=f"it is nested deeper than {MAX_DEPTH} levels")


def _is_beyond(raw: bytes) -> bool:
    """Tell whether a body holds more than `MAX_VALUES`, before anything is made of them.

    The separators of all are counted in portions, for others to have their turn; only where that
    is too many are those within texts told apart.
    """
    count = 0
    for start in range(0, len(raw), _PORTION):
        count += sum(raw.count(one, start, start + _PORTION) for one in _SEPARATORS)
    return count > MAX_VALUES and _has_more_values(raw)


def _has_more_values(raw: bytes) -> bool:
    count = texts = place = 0
    while place < len(raw):
        begin = raw.find(_QUOTE, place)
        begin = len(raw) if begin < 0 else begin
        count += sum(raw.count(one, place, begin) for one in _SEPARATORS)
        texts += 1
        # A member is two texts at most.
        if count > MAX_VALUES or texts > 2 * MAX_VALUES + 1:
            return True
        place = _end_of_text(raw, begin + 1)
    return False


def _end_of_text(raw: bytes, place: int) -> int:
    """Return the place after the text that begins at a place."""
    while (end := raw.find(_QUOTE, place)) >= 0:
        before = end
        while before > place and raw[before - 1] == _BACKSLASH:
            before -= 1
        place = end + 1
        if (end - before) % 2 == 0:
            return place
    return len(raw)
