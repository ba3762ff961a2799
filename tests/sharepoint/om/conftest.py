"""A client of the object model on a store on each engine, its clock at hand."""

from collections.abc import Iterator

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import Instant
from afterlook.store.store import Store
from tests.sharepoint.om.client import Client
from tests.store.conftest import NOW, new_mailbox


@pytest.fixture
def clock() -> FrozenClock:
    """Return the clock of the store."""
    return FrozenClock(Instant(NOW))


@pytest.fixture
def client(database: str, clock: FrozenClock) -> Iterator[Client]:
    """Return a client with a mailbox of its own."""
    store = Store(database, "normal", clock, RandomIds())
    yield Client(store, new_mailbox(store))
    store.close()
