"""Instants: 100 ns since the year 1, as .NET counts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.runtime.clock import FrozenClock, SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICKS_PER_MICROSECOND,
    UNIX_EPOCH_TICKS,
    Instant,
    from_datetime,
    to_datetime,
)

moments = st.datetimes(timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("moment", "ticks"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), 0),
        # DateTime.UnixEpoch.Ticks, and DateTime.MaxValue.Ticks to the microsecond.
        (datetime(1970, 1, 1, tzinfo=UTC), 621_355_968_000_000_000),
        (datetime.max.replace(tzinfo=UTC), 3_155_378_975_999_999_990),
        (datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=1))), -36_000_000_000),
    ],
)
def test_ticks(moment: datetime, ticks: int) -> None:
    """Well-known instants have .NET's numbers, beyond the calendar too."""
    assert from_datetime(moment) == ticks


def test_bounds() -> None:
    """The first and the last instant are .NET's."""
    assert (FIRST_INSTANT, LAST_INSTANT) == (0, 3_155_378_975_999_999_999)
    assert to_datetime(LAST_INSTANT) == datetime.max.replace(tzinfo=UTC)
    assert to_datetime(Instant(UNIX_EPOCH_TICKS)).timestamp() == 0


@settings(deadline=None)
@given(moments, st.integers(0, TICKS_PER_MICROSECOND - 1))
def test_round_trip(moment: datetime, ticks: int) -> None:
    """Every moment comes back, less what is below a microsecond."""
    assert to_datetime(Instant(from_datetime(moment) + ticks)) == moment


@settings(deadline=None)
@given(moments, moments)
def test_order(one: datetime, other: datetime) -> None:
    """Instants are in the order of time."""
    assert (from_datetime(one) < from_datetime(other)) == (one < other)


def test_system_clock() -> None:
    """The system clock tells the machine's time."""
    before = datetime.now(UTC)
    now = to_datetime(SystemClock().now())

    assert before <= now <= datetime.now(UTC)


def test_frozen_clock() -> None:
    """A frozen clock stands until it is set."""
    clock = FrozenClock(Instant(5))
    assert [clock.now(), clock.now()] == [5, 5]

    clock.instant = Instant(6)
    assert clock.now() == 6


def test_random_ids() -> None:
    """Ids are random GUIDs and differ."""
    guids = {RandomIds().guid() for _ in range(1000)}

    assert len(guids) == 1000
    assert {guid.version for guid in guids} == {4}
