"""A client of the object model, with a mailbox of its own on a store on each engine."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.store.store import Store
from tests.sharepoint.om.client import Client
from tests.support.clocked import clock, clocked
from tests.support.stores import new_mailbox

__all__ = ["clock", "clocked"]


@pytest.fixture
def client(clocked: tuple[Store, FrozenClock], clock: FrozenClock) -> Client:
    """Return a client; the clock stands where it always begins."""
    return Client(clocked[0], new_mailbox(clocked[0]))
