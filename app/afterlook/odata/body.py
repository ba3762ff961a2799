"""JSON request bodies: from bytes to one bounded, storable JSON object.

Owns the bounds that hold for any entity. Must not know any property.
"""

from __future__ import annotations

from typing import cast

import orjson

from afterlook.errors import BodyNotReadable

MAX_DEPTH = 32
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_object(raw: bytes) -> dict[str, object]:
    """Read a body as one JSON object.

    Raises `BodyNotReadable` for what is no JSON (lone surrogates included), no object, deeper
    than `MAX_DEPTH`, or holds a NUL, which PostgreSQL cannot store.
    """
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
