"""A store on each engine whose clock can be set, and a mailbox for each test."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.support.clocked import clock, clocked
from tests.support.exchange_sync import Sides
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import new_mailbox

__all__ = ["clock", "clocked"]


@pytest.fixture
def store(clocked: tuple[Store, FrozenClock], clock: FrozenClock) -> Store:
    """Return the store; its clock stands where it always begins."""
    return clocked[0]


@pytest.fixture
def mailbox(store: Store) -> MailboxRow:
    """Return a new mailbox."""
    return new_mailbox(store)


@pytest.fixture
def providers(store: Store, mailbox: MailboxRow) -> ProviderFixture:
    """Return the sites of a user who has no task there yet."""
    return ProviderFixture(store, mailbox)


@pytest.fixture
def sides(store: Store, mailbox: MailboxRow) -> Sides:
    """Return both sides of a user who has not opted in."""
    return Sides(store, mailbox)


@pytest.fixture
def pair(sides: Sides) -> tuple[int, int]:
    """Return a task on both sides of a user who has opted in."""
    key = sides.create_list_task("Task", description="Text", due="2016-04-26T13:30")
    sides.opt_in()
    return key, sides.pairs[key]
