"""Fixtures of the tests of copies: a service that may be started anew."""

from collections.abc import Iterator

import pytest

from tests.support.wire import Engine
from tests.sync.service import Service


@pytest.fixture
def service(database: str, engine: Engine) -> Iterator[Service]:
    """Return the application on a new store."""
    running = Service(database, engine)
    yield running
    running.close()
