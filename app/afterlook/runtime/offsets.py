"""Offsets from UTC, as texts have them.

Owns how far one may go.
"""

from __future__ import annotations

from datetime import timedelta

_MAX_OFFSET = timedelta(hours=14)
"""The largest offset, as in .NET."""

_MINUTES = 60


def read_offset(text: str) -> timedelta:
    """Read `Z`, `±hh:mm` or `±hhmm`, of which nothing but the digits is in doubt.

    Raises `ValueError`.
    """
    if text in "Zz":
        return timedelta()
    hours, minutes = int(text[1:3]), int(text[-2:])
    ahead = timedelta(hours=hours, minutes=minutes)
    if minutes >= _MINUTES or ahead > _MAX_OFFSET:
        raise ValueError(text)
    return -ahead if text[0] == "-" else ahead
