"""Points in time, in the service's own unit.

Owns the `Instant` and its plain conversions. Must not know time zones or which property an
instant belongs to.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NewType

Instant = NewType("Instant", int)
"""100-nanosecond ticks since 0001-01-01T00:00:00Z, proleptic Gregorian (.NET `DateTime.Ticks`)."""

TICKS_PER_MICROSECOND = 10
TICKS_PER_SECOND = 10_000_000
TICKS_PER_DAY = 86_400 * TICKS_PER_SECOND
UNIX_EPOCH_TICKS = 719_162 * TICKS_PER_DAY
FIRST_INSTANT = Instant(0)
LAST_INSTANT = Instant(3_652_059 * TICKS_PER_DAY - 1)

_FIRST_MOMENT = datetime(1, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def from_datetime(moment: datetime) -> Instant:
    """Turn an aware `moment` into an instant; the result may lie outside the years 1 to 9999."""
    offset = moment.utcoffset() or timedelta()
    wall = moment.replace(tzinfo=UTC) - _FIRST_MOMENT
    return Instant((wall - offset) // _MICROSECOND * TICKS_PER_MICROSECOND)


def to_datetime(instant: Instant) -> datetime:
    """Turn an instant within the years 1 to 9999 into an aware UTC datetime, whole microseconds."""
    return _FIRST_MOMENT + timedelta(microseconds=instant // TICKS_PER_MICROSECOND)
