"""Values that parameters of operations share, and how they are checked."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, BeforeValidator, PlainSerializer

from afterlook.runtime.durations import read_duration
from afterlook.runtime.instants import Instant, from_datetime, to_datetime

FIRST = datetime(1970, 1, 1, tzinfo=UTC)
LAST = datetime(9000, 1, 1, tzinfo=UTC)
"""How far the clock goes: seconds since 1970 are positive, years to come have four digits."""


def read_moment(given: object) -> datetime:
    """Return an instant that was written in ISO 8601, with an offset. Raises `ValueError`."""
    reason = "give an instant with an offset, such as 2016-04-22T05:44:01Z"
    if isinstance(given, datetime):
        moment = given
    elif isinstance(given, str):
        try:
            moment = datetime.fromisoformat(given.strip())
        except ValueError as error:
            raise ValueError(reason) from error
    else:
        raise ValueError(reason)  # noqa: TRY004 # pydantic makes a problem of this one alone
    if moment.tzinfo is None:
        raise ValueError(reason)
    expect_in_range(moment)
    return moment


def expect_in_range(moment: datetime) -> None:
    """Raise `ValueError` for an instant that the clock does not go to."""
    if not FIRST <= moment < LAST:
        reason = "the clock goes from the year 1970 to the year 9000"
        raise ValueError(reason)


def expect_duration(given: str) -> str:
    """Return what is a length of time. Raises `ValueError`."""
    read_duration(given)
    return given


def write_instant(instant: Instant) -> str:
    """Write an instant to the microsecond, in UTC, as every operation does."""
    return to_datetime(instant).isoformat().replace("+00:00", "Z")


Moment = Annotated[
    AwareDatetime,
    BeforeValidator(read_moment),
    PlainSerializer(lambda moment: write_instant(from_datetime(moment)), return_type=str),
]
"""An instant that the clock can be set to."""
