"""The application beside its store, for tests that break the one and look into the other."""

from collections.abc import Iterator

import pytest

from afterlook import main, settings
from tests.support.client import Client
from tests.support.stores import Service
from tests.support.wire import Engine, Wire


@pytest.fixture
def service(database: str, engine: Engine) -> Iterator[Service]:
    """Return the application on a new database."""
    loaded = settings.load(database=database, seed="empty")
    store = main.open_store(loaded)
    with Client(
        main.create_app(loaded, store), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        yield Service(store, Wire("in-process", engine, client))
