"""Fixtures of the tests of signing in."""

from collections.abc import Iterator

import pytest

from tests.support.secure import SecureServer, serve_securely
from tests.support.stores import NOW


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureServer]:
    """Return a server that verifies tokens, over https."""
    with serve_securely(tmp_path_factory.mktemp("secure"), auth="signed") as server:
        yield server


@pytest.fixture
def secure(running: SecureServer) -> SecureServer:
    """Return the server, with its clock where it always begins."""
    running.clock.instant = NOW
    return running
