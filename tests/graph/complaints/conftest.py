"""A mailbox of somebody who moved, and one at a service with all that was seen of it."""

from collections.abc import Iterator

import pytest

from tests.support.todo import Todo
from tests.support.wire import Wire, in_process


@pytest.fixture
def todo(wire: Wire) -> Todo:
    """Return a new mailbox."""
    return Todo(wire)


@pytest.fixture(scope="session")
def quirky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service in this process, with every quirk."""
    database = f"sqlite:///{tmp_path_factory.mktemp('quirky') / 'afterlook.db'}"
    with in_process(database, "sqlite", quirks="observed") as running:
        yield running


@pytest.fixture
def seen(quirky: Wire) -> Todo:
    """Return a new mailbox at the service as it was seen."""
    return Todo(quirky)
