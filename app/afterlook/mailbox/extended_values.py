"""The values of extended properties, as text: which ones a MAPI type has.

Owns the forms and ranges of types (MS-OXCDATA §2.11.1), as EWS writes them. What is kept is the
text that came: nothing is written anew.
"""

from __future__ import annotations

import binascii
import math
import re
import struct

from afterlook.errors import BadRequest, InvalidRequest
from afterlook.mailbox.dates import parse_date
from afterlook.mailbox.timezones import UTC

_BITS = {"Short": 16, "Integer": 32, "Long": 64, "Currency": 64}
_WHOLE = frozenset({"Integer", "Long", "Short"})
NUMERIC = _WHOLE | {"ApplicationTime", "Currency", "Double", "Float"}
TYPES = NUMERIC | {"Binary", "Boolean", "CLSID", "String", "SystemTime"}

# What Python reads beyond these, underscores and digits of other scripts, is no number elsewhere.
_WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(
    r"[+-]?+(?:[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)(?:e[+-]?[0-9]++)?+", re.IGNORECASE
)
_DIGITS = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_GUID = re.compile(rf"{_DIGITS}|\{{{_DIGITS}\}}", re.IGNORECASE)
_MAX_NUMBER_LENGTH = 400
"""Every digit of the largest double, and some more."""

_MAX_SHOWN = 100


def read_number(type_: str, value: str) -> float | None:
    """Return what a numeric value is worth; hold the others against their type.

    Raises `InvalidRequest` for a value that the type does not have.
    """
    try:
        if type_ in NUMERIC:
            return _number(type_, value)
        _expect_form(type_, value)
    except (ValueError, OverflowError, BadRequest) as error:
        reason = f"'{value[:_MAX_SHOWN]}' is not a value of the type {type_}."
        raise InvalidRequest(reason=reason) from error
    return None


def _number(type_: str, value: str) -> float:
    form = _WHOLE_NUMBER if type_ in _WHOLE else _NUMBER
    if len(value) > _MAX_NUMBER_LENGTH or not form.fullmatch(value):
        raise ValueError(value)
    is_whole = type_ in _BITS and _WHOLE_NUMBER.fullmatch(value)
    worth = int(value) if is_whole else float(value)
    if type_ in _BITS:
        bound = 2 ** (_BITS[type_] - 1)
        if not -bound <= worth < bound:
            raise OverflowError
    if type_ == "Float":
        struct.pack("<f", worth)
    if not math.isfinite(worth):
        raise OverflowError
    return float(worth)


def _expect_form(type_: str, value: str) -> None:
    match type_:
        case "Boolean":
            is_one = value.lower() in ("true", "false")
        case "CLSID":
            is_one = _GUID.fullmatch(value) is not None
        case "SystemTime":
            is_one = value == value.strip()
            parse_date(value, UTC)
        case "Binary":
            binascii.a2b_base64(value, strict_mode=True)
            is_one = len(value) % 4 == 0
        case _:
            is_one = True
    if not is_one:
        raise ValueError(value)
