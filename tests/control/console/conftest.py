"""A service with the console, once for a module, and browsers that have it open."""

from collections.abc import Iterator

import pytest

from tests.support.browser import NewContext, browser, new_context
from tests.support.console import NOON, Desks, Emulator, serve_emulator

__all__ = ["browser", "new_context"]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """Return a service that listens."""
    scratch = tmp_path_factory.mktemp("emulator")
    with serve_emulator(f"sqlite:///{scratch / 'afterlook.db'}") as found:
        yield found


@pytest.fixture
def emulator(running: Emulator) -> Emulator:
    """Return the service without faults and requests, its clock where it always begins."""
    running.perform("fault clear")
    running.perform("journal clear")
    running.perform("clock freeze", at=NOON)
    return running


@pytest.fixture
def desks(emulator: Emulator, new_context: NewContext) -> Iterator[Desks]:
    """Return what opens the console. A page that throws, or breaks its policy, fails its test."""
    opened = Desks(emulator, new_context)
    yield opened
    assert [desk.complaints for desk in opened.opened if desk.complaints] == []
