"""A store on each engine whose clock can be set, and a mailbox for each test."""

from collections.abc import Iterator

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.conftest import new_database
from tests.store.conftest import NOW, new_mailbox
from tests.support.wire import Engine
from tests.workmanagement.exchanging import Sides


@pytest.fixture(scope="module")
def clocked(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Store, FrozenClock]]:
    """Return a store, and its clock."""
    clock = FrozenClock(NOW)
    database = new_database(request, engine, tmp_path_factory.mktemp("work"))
    store = Store(database, "normal", clock, RandomIds())
    yield store, clock
    store.close()


@pytest.fixture
def clock(clocked: tuple[Store, FrozenClock]) -> FrozenClock:
    """Return the clock of the store, where it always begins."""
    clocked[1].instant = NOW
    return clocked[1]


@pytest.fixture
def store(clocked: tuple[Store, FrozenClock], clock: FrozenClock) -> Store:
    """Return the store."""
    return clocked[0]


@pytest.fixture
def mailbox(store: Store) -> MailboxRow:
    """Return a new mailbox."""
    return new_mailbox(store)


@pytest.fixture
def sides(store: Store, mailbox: MailboxRow) -> Sides:
    """Return both sides of a user who has not opted in."""
    return Sides(store, mailbox)


@pytest.fixture
def pair(sides: Sides) -> tuple[int, int]:
    """Return a task on both sides of a user who has opted in."""
    key = sides.list_task("Task", description="Text", due="2016-04-26T13:30")
    sides.opt_in()
    return key, sides.pairs[key]
