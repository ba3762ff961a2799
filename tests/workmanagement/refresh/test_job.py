"""When a refresh may begin, and how it ends."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.workmanagement.refresh import reader as refresh_reader
from afterlook.workmanagement.refresh.job import RefreshStart
from afterlook.workmanagement.refresh.report import (
    RefreshState,
    decode_statuses,
)
from tests.support.provider_lists import ProviderFixture


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_a_refresh_that_takes_long(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts from its beginning; it is not reported as a success before it is one."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", 1)
    number = providers.make()
    providers.put(number, "Task")
    begun, first = clock.instant, providers.begin()
    assert providers.health().at is None
    later(clock, 4)
    row = providers.go_on(first.refresh)
    assert row is not None
    assert row.state == RefreshState.SUCCEEDED
    (status,) = decode_statuses(row.providers)
    assert (status.started, status.finished) == (begun, clock.instant)
    assert (row.started, row.finished, providers.health().at) == (begun, *(clock.instant,) * 2)

    later(clock, 1)
    assert providers.begin() == RefreshStart(created=True, refresh=2)
