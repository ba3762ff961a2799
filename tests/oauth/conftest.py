"""Fixtures of the tests of signing in."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from afterlook.runtime.clock import FrozenClock
from tests.support.secure import SecureServer, serve_securely
from tests.support.sign_in import SignIns
from tests.support.stores import NOW
from tests.support.wire import in_process


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
