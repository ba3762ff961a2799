"""Fixtures that every test may ask for; a wire test must say where it comes from."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest

from tests.support import marks
from tests.support import wire as wires
from tests.support.postgres import fresh_database, start_postgres
from tests.support.wire import Engine, Mailbox, Mode, Wire

WIRES: list[tuple[Mode, Engine]] = [
    ("in-process", "sqlite"),
    ("live", "sqlite"),
    ("in-process", "postgresql"),
    ("live", "postgresql"),
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a wire test without exactly one mark of origin."""
    marks.check(items)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the URL of a PostgreSQL server whose user may create databases."""
    with start_postgres() as url:
        yield url


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return an engine: the test runs once on each."""
    return cast("Engine", request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> str:
    """Return the URL of a new, empty database."""
    return new_database(request, engine, tmp_path)


@pytest.fixture(scope="session", params=WIRES, ids=["-".join(wire) for wire in WIRES])
def wire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wire]:
    """Return the running service: the test runs in-process and live, on both engines."""
    mode, engine = request.param
    scratch = tmp_path_factory.mktemp("wire")
    database = new_database(request, engine, scratch)
    if mode == "live":
        with wires.live(database, engine, scratch) as running:
            yield running
    else:
        with wires.in_process(database, engine) as running:
            yield running


@pytest.fixture
def me(wire: Wire) -> Mailbox:
    """Return a new mailbox on the running service, opened by a token of its own."""
    return Mailbox(wire, uuid4().hex)


def new_database(request: pytest.FixtureRequest, engine: Engine, scratch: Path) -> str:
    """Make an empty database of an engine."""
    if engine == "sqlite":
        return f"sqlite:///{scratch / 'afterlook.db'}"
    return fresh_database(request.getfixturevalue("postgres"))
