"""The pytest plug-in: a server for the session, and a mailbox of its own for each test.

It is loaded wherever this package is installed: what it needs it imports when it is asked for.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from afterlook.testing.fixtures import Afterlook
    from afterlook.testing.server import Server

_OPTIONS = "afterlook_options"
_USED = pytest.StashKey["Afterlook"]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare what can be set."""
    parser.addini(
        _OPTIONS,
        type="args",
        default=["--seed", "empty"],
        help="Options of `afterlook serve` for the server of the session.",
    )


@pytest.fixture(scope="session")
def afterlook_server(pytestconfig: pytest.Config) -> Iterator[Server]:
    """Return the server of the session: the one that AFTERLOOK_URL names, else one of its own."""
    from afterlook.runtime.environment import read_url
    from afterlook.testing.server import Server
    from afterlook.testing.server_process import run_server

    if read_url() is not None:
        yield Server()
        return
    with run_server(pytestconfig.getini(_OPTIONS)) as (url, _):
        yield Server(url)


@pytest.fixture
def afterlook(afterlook_server: Server, request: pytest.FixtureRequest) -> Iterator[Afterlook]:
    """Return the server with a new mailbox; the clock and the faults are put right after a test."""
    from afterlook.testing.fixtures import Afterlook

    given = Afterlook(afterlook_server)
    request.node.stash[_USED] = given
    yield given
    given.put_right()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failed test what it called, and what it was answered."""
    report = yield
    used = item.stash.get(_USED, None)
    if used is not None and report.when == "call" and report.failed:
        report.sections.append(("Calls to Afterlook", used.describe_calls()))
    return report
