"""Fixtures of the tests of copies: a service that may be started anew."""

from collections.abc import Iterator

import pytest

from afterlook.workmanagement import runner
from tests.support.wire import Engine
from tests.sync.service import Service

NEVER = 86_400
"""Exchange sync runs when a test says so: a run between two of its steps is none of its model's."""


@pytest.fixture
def service(database: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """Return the application on a new store."""
    monkeypatch.setattr(runner, "INTERVAL_SECONDS", NEVER)
    running = Service(database, engine)
    yield running
    running.close()
