"""A service whose clock stands still, for the exchanges that depend on the date."""

from collections.abc import Iterator
from uuid import uuid4

import pytest

from afterlook.runtime.clock import FrozenClock
from tests.conftest import new_database
from tests.spec.exchanges import Frozen, instant
from tests.support.wire import Engine, Mailbox, Wire, in_process


@pytest.fixture(scope="session")
def stopped(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Wire, FrozenClock]]:
    """Return a service in this process, and its clock: the test runs on both engines."""
    clock = FrozenClock(instant("2016-04-22T00:00:00Z"))
    database = new_database(request, engine, tmp_path_factory.mktemp("stopped"))
    with in_process(database, engine, clock) as wire:
        yield wire, clock


@pytest.fixture
def frozen(stopped: tuple[Wire, FrozenClock]) -> Frozen:
    """Return a new mailbox on a service whose clock the test sets."""
    wire, clock = stopped
    return Frozen(wire, clock, Mailbox(wire, uuid4().hex))
