"""Faults behind the server: what the list is gathered from, and what it is kept the same with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from afterlook.control.traffic.faults.faults import Faults
from afterlook.control.traffic.faults.kinds import FaultParameters
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.store import Store
from afterlook.workmanagement.exchange_sync.state import SyncResult
from afterlook.workmanagement.refresh.report import RefreshState
from tests.support.exchange_sync import Sides
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import NOW, new_mailbox, open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """Return a store, of one engine: what is asked is no database's."""
    opened = open_store(f"sqlite:///{tmp_path}/afterlook.db")
    yield opened
    opened.close()


@pytest.fixture
def faults(store: Store) -> Faults:
    """Return the faults of the store."""
    store.conditions = faults = Faults(store.clock)
    return faults


def add(faults: Faults, **given: object) -> None:
    faults.add(FaultParameters.model_validate(given))


def test_a_list_is_out_of_reach(store: Store, faults: Faults) -> None:
    person = ProviderFixture(store, new_mailbox(store))
    down, up = person.make("Plans"), person.make("Tasks")
    person.put(down, "Unseen")
    person.put(up, "Seen")
    add(faults, provider_down="plans")
    person.begin()
    assert person.names() == ["Seen"]
    assert person.latest().state == RefreshState.FAILED
    faults.clear()
    store.clock.set(Instant(NOW + TICKS_PER_DAY))
    person.begin()
    assert person.latest().state == RefreshState.SUCCEEDED
    assert sorted(person.names()) == ["Seen", "Unseen"]
    # What has nothing new is missed, too.
    add(faults, provider_down="*")
    store.clock.set(Instant(NOW + 2 * TICKS_PER_DAY))
    person.begin()
    assert person.latest().state == RefreshState.FAILED
    assert not person.get(down).is_down, "nothing of it is kept"


def test_it_is_out_of_reach_for_one_person(store: Store, faults: Faults) -> None:
    mailboxes = [new_mailbox(store), new_mailbox(store)]
    add(faults, provider_down="*", mailbox=mailboxes[0].upn)
    names = []
    for mailbox in mailboxes:
        person = ProviderFixture(store, mailbox)
        person.put(person.make("Tasks"), "Seen")
        person.begin()
        names.append(person.names())
    assert names == [[], ["Seen"]]
    assert next(iter(faults)).fired > 0


def test_synchronisation_has_errors(store: Store, faults: Faults) -> None:
    sides = Sides(store, new_mailbox(store))
    add(faults, exchange_sync_errors=True)
    sides.opt_in()
    results = [sides.state.result]
    faults.clear()
    sides.job()
    results.append(sides.state.result)
    assert results == [SyncResult.SYNC_WITH_ERRORS, SyncResult.SUCCESS]
