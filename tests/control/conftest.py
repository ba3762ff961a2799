"""A service of its own for tests that turn its clock, or change its state otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import wire as wires
from tests.support.databases import copy_database
from tests.support.wire import Engine, Mailbox, Wire


@pytest.fixture
def turned(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> Iterator[Wire]:
    """Return a service in this process that no other test uses, on each engine."""
    database = copy_database(request, request.getfixturevalue("migrated"), tmp_path)
    with wires.in_process(database, engine) as running:
        yield running


@pytest.fixture
def mine(turned: Wire) -> Mailbox:
    """Return a mailbox on it."""
    return Mailbox(turned, "mine")
