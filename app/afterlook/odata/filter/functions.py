"""The canonical functions: what they take and give.

Owns their signatures (OData URL Conventions 4.0, §5.1.1.4).
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.odata.edm import (
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    INT32,
    INT64,
    MOMENT,
    STRING,
    TIME_OF_DAY,
    EdmType,
)

_TEXT = (STRING,)
_WHOLE = (INT32, INT64)
_DAYS = (DATE_TIME_OFFSET, MOMENT, DATE)
_TIMES = (DATE_TIME_OFFSET, MOMENT, TIME_OF_DAY)
_MOMENTS = (DATE_TIME_OFFSET, MOMENT)


class Signature(NamedTuple):
    """The types that each argument may have, how many must be there, and the type of the result.

    `max_result` is the largest number that can come out.
    """

    arguments: tuple[tuple[EdmType, ...], ...]
    min_arguments: int
    result: EdmType
    max_result: int = 0


_MAX_TEXT = 2**31

FUNCTIONS = {
    "contains": Signature((_TEXT, _TEXT), 2, BOOLEAN),
    "startswith": Signature((_TEXT, _TEXT), 2, BOOLEAN),
    "endswith": Signature((_TEXT, _TEXT), 2, BOOLEAN),
    "length": Signature((_TEXT,), 1, INT32, _MAX_TEXT),
    "indexof": Signature((_TEXT, _TEXT), 2, INT32, _MAX_TEXT),
    "substring": Signature((_TEXT, _WHOLE, _WHOLE), 2, STRING),
    "tolower": Signature((_TEXT,), 1, STRING),
    "toupper": Signature((_TEXT,), 1, STRING),
    "trim": Signature((_TEXT,), 1, STRING),
    "concat": Signature((_TEXT, _TEXT), 2, STRING),
    "year": Signature((_DAYS,), 1, INT32, 9999),
    "month": Signature((_DAYS,), 1, INT32, 12),
    "day": Signature((_DAYS,), 1, INT32, 31),
    "hour": Signature((_TIMES,), 1, INT32, 23),
    "minute": Signature((_TIMES,), 1, INT32, 59),
    "second": Signature((_TIMES,), 1, INT32, 59),
    "date": Signature((_MOMENTS,), 1, DATE),
    "time": Signature((_MOMENTS,), 1, TIME_OF_DAY),
    "now": Signature((), 0, DATE_TIME_OFFSET),
}
