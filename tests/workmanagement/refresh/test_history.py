"""What is kept and shown of the refreshes that are over."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh.report import (
    RefreshState,
)
from tests.support.provider_lists import PROJECTS, ProviderFixture
from tests.support.stores import new_mailbox


def later(clock: FrozenClock, minutes: int = 5) -> None:
    clock.instant = Instant(clock.instant + minutes * 60 * TICKS_PER_SECOND)


def test_what_is_forgotten(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A mailbox's own refreshes, never those of others."""
    monkeypatch.setattr(refresh_job, "MAX_HISTORY", 2)
    other = ProviderFixture(providers.store, new_mailbox(providers.store))
    other.begin()
    for _ in range(4):
        providers.begin()
        later(clock)
    with providers.store.read_session(providers.mailbox) as session:
        kept = refresh_history.list_refreshes(session, Instant(0))

    assert [row.id for row in kept] == [4, 3]
    assert other.latest().id == 1


def test_a_provider_that_cannot_be_read(providers: ProviderFixture, clock: FrozenClock) -> None:
    """The others are read, and what is new there is read once it can be read again."""
    site, project = providers.make(), providers.make("Project", PROJECTS)
    providers.put(site, "Before")
    providers.put(project, "Before, too")
    providers.begin()
    later(clock)
    providers.begin()
    last = providers.latest().finished
    later(clock)
    providers.put(site, "Lost")
    providers.put(project, "Found")
    providers.take_down(site)
    providers.begin()
    health = providers.health()

    assert providers.names()[0] == "Found"
    assert providers.latest().state == RefreshState.SUCCEEDED
    assert health.succeeded is False
    assert [(error.provider, error.succeeded) for error in health.errors] == [(1, last)]
    assert health.errors[0].correlation == providers.latest().correlation

    later(clock)
    providers.take_down(project)
    providers.begin()
    assert providers.latest().state == RefreshState.FAILED
    assert len(providers.health().errors) == 2

    later(clock)
    providers.take_down(site, down=False)
    providers.take_down(project, down=False)
    providers.begin()
    assert providers.names()[0] == "Lost"
    assert (providers.health().succeeded, providers.health().errors) == (True, [])


def test_the_last_success_is_kept_longer_than_the_history(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(refresh_job, "MAX_HISTORY", 2)
    number = providers.make()
    providers.put(number, "Task")
    providers.begin()
    succeeded = providers.latest().finished
    providers.take_down(number)
    for _ in range(5):
        later(clock)
        providers.begin()
    assert [(one.provider, one.succeeded) for one in providers.health().errors] == [(1, succeeded)]


def test_a_provider_that_could_never_be_read(providers: ProviderFixture) -> None:
    number = providers.make()
    providers.take_down(number)
    providers.begin()

    assert providers.latest().state == RefreshState.FAILED
    assert [(error.provider, error.succeeded) for error in providers.health().errors] == [(1, None)]
