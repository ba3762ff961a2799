"""Fixtures for the tests of several packages: stores, mailboxes, stopped clocks, signed tokens."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.support import wire as wires
from tests.support.databases import new_database
from tests.support.frozen import Frozen, instant
from tests.support.mailboxes import LISTED, Filled, Person, fill
from tests.support.sign_in import SignIns
from tests.support.stores import NOW, new_mailbox, open_store
from tests.support.wire import Engine, Mailbox, Wire, in_process


@pytest.fixture
def person(wire: Wire) -> Person:
    """Return a new mailbox opened by a JWT."""
    return Person(wire)


@pytest.fixture
def filled(me: Mailbox) -> Filled:
    """Return a mailbox with one entity of each kind besides the default ones."""
    return fill(me)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service in this process on SQLite alone, for tests with very many requests."""
    file = tmp_path_factory.mktemp("embedded") / "afterlook.db"
    with wires.in_process(f"sqlite:///{file}", "sqlite") as running:
        yield running


@pytest.fixture
def alone(embedded: Wire) -> Mailbox:
    """Return a new mailbox on the embedded service."""
    return Mailbox(embedded, uuid4().hex)


@pytest.fixture(scope="session")
def shared(wire: Wire) -> Mailbox:
    """Return a mailbox for tests that only look at what they made themselves."""
    return Mailbox(wire, uuid4().hex)


@pytest.fixture(scope="session")
def listed(wire: Wire) -> Filled:
    """Return a mailbox in which each of the lists holds some twelve entities; only to be read."""
    filled = fill(Mailbox(wire, uuid4().hex))
    for number in range(LISTED - 1):
        filled.me.create(filled.at("taskfolders('{folder}')/tasks"), {"Subject": f"{number}"})
        filled.me.create(filled.at("taskgroups('{group}')/taskfolders"), {"Name": f"{number}"})
        filled.me.create("taskgroups", {"Name": f"{number}"})
    return filled


@pytest.fixture(scope="session")
def migrated(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """Return the URL of a database with all tables, to be copied: to make them takes 0.2 s."""
    database = new_database(request, engine, tmp_path_factory.mktemp("migrated"))
    open_store(database).close()
    return database


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Return an open store on a new database."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def mailbox(store: Store) -> MailboxRow:
    """Return a new mailbox."""
    return new_mailbox(store)


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


@pytest.fixture(scope="session")
def verifying(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SignIns]:
    """Return an application in this process that verifies tokens."""
    clock = FrozenClock(NOW)
    path: Path = tmp_path_factory.mktemp("signed") / "afterlook.db"
    with in_process(f"sqlite:///{path}", "sqlite", clock, auth="signed") as wire:
        yield SignIns(wire, clock)


@pytest.fixture
def signed(verifying: SignIns) -> SignIns:
    """Return the application, with its clock where it always begins."""
    verifying.clock.instant = NOW
    return verifying
