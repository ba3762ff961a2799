"""Values: from the text of a request to what a method takes, by its declared type.

Owns the literals of all parameter types (docs/reference/csom.md §1.2) and their conversion.
"""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from uuid import UUID

from afterlook.csom.errors import InvalidClientQuery, WrongFormat
from afterlook.csom.types import (
    ArrayType,
    ClientEnum,
    ClientType,
    ObjectType,
    Parameter,
    ScalarType,
    ServerObject,
    default_of,
)
from afterlook.runtime.offsets import read_offset

_MAX_QUOTED = 80
_DATE_TIME = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)"
    r"(?:T(?P<time>\d\d:\d\d(?::\d\d)?)(?:\.(?P<fraction>\d{1,9}))?)?"
    r"(?P<zone>Z|[+-]\d\d:\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_MAX_NUMBER_LENGTH = 400
"""Every digit of the largest double, and some more."""

_BLANKS = b" \t\r\n"

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}")
_RANGES = {"Int32": (-(2**31), 2**31 - 1), "UInt32": (0, 2**32 - 1)}
_INTEGERS = frozenset(
    ["Int16", "Int32", "Int64", "UInt16", "UInt32", "UInt64", "SByte", "Byte", "Enum"]
)
_FRACTIONS = frozenset({"Single", "Double", "Decimal", "Number"})
_TEXTS = frozenset({"String", "Unspecified", "Char", "TimeSpan"})


def read_literal(type_: str, text: str) -> object:
    """Read a literal by the type that the request gives it.

    Raises `WrongFormat`, and `InvalidClientQuery` for a type that there is not.
    """
    if type_ == "Null":
        return None
    if type_ in _TEXTS:
        return text
    reader = _READERS.get(type_)
    if reader is None:
        reason = f"The parameter type '{type_[:_MAX_QUOTED]}' is not supported."
        raise InvalidClientQuery(reason=reason)
    try:
        return reader(text.strip())
    except (ValueError, OverflowError) as error:
        quoted = text[:_MAX_QUOTED]
        raise WrongFormat(reason=f"The value '{quoted}' is no valid {type_}.") from error


def convert(value: object, type_: ClientType) -> object:
    """Make a value that was read one of a declared type. Raises `WrongFormat`.

    Null is the default of a type that does not have it.
    """
    match type_:
        case ClientEnum() | ScalarType("Int32" | "UInt32" | "Boolean" | "DateTime") if (
            value is None
        ):
            return default_of(type_)
        case ArrayType(item):
            if value is None:
                return None
            if isinstance(value, list):
                return [convert(one, item) for one in value]
        case ClientEnum():
            return _whole(value, "Int32")
        case ScalarType("Int32" | "UInt32" as name):
            return _whole(value, name)
        case ScalarType("Boolean"):
            if isinstance(value, bool):
                return value
        case ScalarType("DateTime"):
            if isinstance(value, datetime):
                return value
        case ScalarType("String"):
            if value is None or isinstance(value, str):
                return value
            if isinstance(value, bool | int | float):
                return _format_invariant(value)
        case ScalarType("Guid"):
            if value is None or isinstance(value, UUID):
                return value
        case ObjectType():
            if value is None or (isinstance(value, ServerObject) and value.type.is_a(type_)):
                return value
        case _:
            return value
    raise WrongFormat(reason=f"The value is no valid {_name_of(type_)}.")


def convert_argument(value: object, parameter: Parameter) -> object:
    """Make a value that was read, or none, one for a parameter. Raises `WrongFormat`."""
    if value is None and parameter.default is not None:
        return parameter.default
    return convert(value, parameter.type)


def _name_of(type_: ClientType) -> str:
    return "array" if isinstance(type_, ArrayType) else type_.name


def _whole(value: object, name: str) -> int:
    least, most = _RANGES[name]
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise WrongFormat(reason=f"The value is no valid {name}.")
    return value


def _format_invariant(value: float | bool) -> str:  # noqa: FBT001
    """Return a number or a truth as text in no culture, as .NET writes it."""
    if isinstance(value, float):
        return "NaN" if math.isnan(value) else f"{value:.15g}".upper()
    return str(value)


def _number(text: str) -> float | int:
    if _WHOLE.fullmatch(text):
        return int(text)
    if len(text) > _MAX_NUMBER_LENGTH:
        raise ValueError(len(text))
    number = float(text)
    if not text.isascii() or "_" in text:
        raise ValueError(text)
    return number if math.isfinite(number) else math.nan


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _boolean(text: str) -> bool:
    truth = {"true": True, "false": False, "1": True, "0": False}.get(text.lower())
    if truth is None:
        raise ValueError(text)
    return truth


def read_date_time(text: str) -> datetime:
    """Read a date: with an offset or `Z` it is aware, else it is of no zone. Raises `ValueError`.

    It keeps the clock that it was written by, on which some are meant: as an instant, the first and
    the last may lie outside the years 1 to 9999. Digits beyond the microsecond fall away.
    """
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise ValueError(text)
    moment = datetime.fromisoformat(f"{match['date']}T{match['time'] or '00:00'}")
    moment += timedelta(microseconds=int((match["fraction"] or "0").ljust(6, "0")[:6]))
    zone = match["zone"]
    return moment if zone is None else moment.replace(tzinfo=timezone(read_offset(zone)))


_READERS: dict[str, Callable[[str], object]] = {
    **dict.fromkeys(_INTEGERS, _integer),
    **dict.fromkeys(_FRACTIONS, _number),
    "Boolean": _boolean,
    "DateTime": read_date_time,
    "Guid": UUID,
    "Base64Binary": lambda text: base64.b64decode(
        text.encode("ascii").translate(None, _BLANKS), validate=True
    ),
}
