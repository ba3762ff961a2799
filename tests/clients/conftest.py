"""A server that clients of Microsoft Graph call as their users would, on either engine."""

from collections.abc import Iterator

import pytest

from tests.support.databases import new_database
from tests.support.programs import RunningServer
from tests.support.wire import Engine, live


@pytest.fixture(scope="session")
def running_server(
    request: pytest.FixtureRequest, engine: Engine, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningServer]:
    """Return a live server that speaks HTTP and HTTPS."""
    scratch = tmp_path_factory.mktemp("clients")
    database = new_database(request, engine, scratch)
    with live(database, engine, scratch, "--tls", "--tls-dir", str(scratch / "tls")) as wire:
        yield RunningServer(wire.url, scratch / "tls" / "ca.pem")
