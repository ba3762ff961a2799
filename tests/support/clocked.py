"""A store on each engine whose clock can be set: fixtures for the conftests that import them."""

from collections.abc import Iterator

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.store import Store
from tests.support.databases import copy_database
from tests.support.stores import NOW


@pytest.fixture(scope="module")
def clocked(
    request: pytest.FixtureRequest, migrated: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, FrozenClock]]:
    """Return a store, and its clock."""
    clock = FrozenClock(NOW)
    database = copy_database(request, migrated, tmp_path_factory.mktemp("work"))
    store = Store(database, "normal", clock, RandomIds())
    yield store, clock
    store.close()


@pytest.fixture
def clock(clocked: tuple[Store, FrozenClock]) -> FrozenClock:
    """Return the clock of the store, where it always begins."""
    clocked[1].instant = NOW
    return clocked[1]
