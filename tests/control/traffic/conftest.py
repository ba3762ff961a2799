"""A service whose traffic is looked at and disturbed; on one engine, for none of it is stored."""

from collections.abc import Iterator
from itertools import count

import pytest

from tests.support import wire as wires
from tests.support.control import perform
from tests.support.wire import Mailbox, Wire

_numbers = count()


@pytest.fixture(scope="session")
def shared_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return a service in this process, for all tests here."""
    database = f"sqlite:///{tmp_path_factory.mktemp('traffic')}/afterlook.db"
    with wires.in_process(database, "sqlite") as running:
        yield running


@pytest.fixture
def site(shared_site: Wire) -> Wire:
    """Return the service without faults, with an empty journal, and a clock that goes."""
    perform(shared_site, "fault clear")
    perform(shared_site, "journal clear")
    perform(shared_site, "clock reset")
    return shared_site


@pytest.fixture
def me(site: Wire) -> Mailbox:
    """Return a mailbox on it, which no other test has written to."""
    return Mailbox(site, f"somebody-{next(_numbers)}")
