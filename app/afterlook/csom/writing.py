"""Answers: JSON as this protocol writes it ([MS-CSOM] 2.2.5; contract §1.3).

Owns the spelling of values: clients tell a date from a text by the backslashes before its slashes
alone, so no text may hold a bare one. Must not know what an answer says.
"""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime, timedelta
from uuid import UUID

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_ESCAPED = str.maketrans({"/": "\\u002f", "&": "\\u0026", "<": "\\u003c", ">": "\\u003e"})
_LINE = "\r\n"

Pairs = list[tuple[int, object]]


def document(header: dict[str, object], pairs: Pairs) -> bytes:
    """Write an answer: the header, then each action's id and result."""
    parts = [_top(header)]
    for number, value in pairs:
        parts += [str(number), _top(value)]
    return f"[{_LINE}{','.join(parts)}{_LINE}]".encode()


def _top(value: object) -> str:
    written = text(value)
    if written[0] != "{":
        return written
    return f"{{{_LINE}{written[1:-1]}{_LINE}}}"


def text(value: object) -> str:
    """Write a value."""
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int() | float():
            return json.dumps(value)
        case str():
            return _string(value)
        case datetime():
            return _date(value)
        case UUID():
            return f'"\\/Guid({value})\\/"'
        case bytes():
            encoded = base64.b64encode(value).decode().translate(_ESCAPED)
            return f'"\\/Base64Binary({encoded})\\/"'
        case list() | tuple():
            return f"[{','.join(map(text, value))}]"
        case dict():
            return (
                f"{{{','.join(f'{_string(name)}:{text(item)}' for name, item in value.items())}}}"
            )
    raise TypeError(type(value))


def _string(value: str) -> str:
    return json.dumps(value).translate(_ESCAPED)


def _date(moment: datetime) -> str:
    """Write a moment: one of no zone by its parts, its month counted from 0, else as UTC."""
    if moment.tzinfo is None:
        return (
            f'"\\/Date({moment.year},{moment.month - 1},{moment.day},{moment.hour},'
            f'{moment.minute},{moment.second},{moment.microsecond // 1000})\\/"'
        )
    return f'"\\/Date({(moment - _EPOCH) // timedelta(milliseconds=1)})\\/"'
