"""Fixtures that every test may ask for; a wire test must say where it comes from."""

import gc
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from hypothesis import settings

from tests.support import bytecode  # noqa: F401 # isort: skip  # before all that takes long to compile
from tests.support import marks
from tests.support import wire as wires
from tests.support.databases import copy_database, new_database
from tests.support.postgres import start_postgres
from tests.support.wire import Engine, Mailbox, Mode, Wire

pytest_plugins = ["tests.support.fixtures"]

WIRES: list[tuple[Mode, Engine]] = [
    ("in-process", "sqlite"),
    ("live", "sqlite"),
    ("in-process", "postgresql"),
    ("live", "postgresql"),
]
NARROWED = {
    "once": WIRES[:1],
    "in_process": [wire for wire in WIRES if wire[0] == "in-process"],
    "live": [wire for wire in WIRES if wire[0] == "live"],
}
"""The wires of a test that bears one of these marks; others run on all."""

# How many examples a test tries that does not say. New ones come with every run.
settings.register_profile("thorough", max_examples=500)
settings.register_profile("quick", max_examples=50)
settings.load_profile("quick")

gc.disable()  # until all tests are collected, which are a million objects that stay


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test on every wire or engine, or on those that its mark leaves."""
    names = {mark.name for mark in metafunc.definition.iter_markers()} & NARROWED.keys()
    assert len(names) <= 1, f"{metafunc.definition.nodeid} bears more than one of {names}"
    wires = NARROWED[names.pop()] if names else WIRES
    if "wire" in metafunc.fixturenames:
        ids = ["-".join(wire) for wire in wires]
        metafunc.parametrize("wire", wires, ids=ids, indirect=True, scope="session")
    if "engine" in metafunc.fixturenames:
        engines = list(dict.fromkeys(engine for _, engine in wires))
        metafunc.parametrize("engine", engines, indirect=True, scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a wire test without exactly one mark of origin."""
    marks.check(items)


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later look for garbage."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Return the URL of a PostgreSQL server whose user may create databases."""
    with start_postgres() as url:
        yield url


@pytest.fixture(scope="session")
def engine(request: pytest.FixtureRequest) -> Engine:
    """Return an engine: the test runs once on each, or only on SQLite if it is marked `once`."""
    return cast("Engine", request.param)


@pytest.fixture
def database(request: pytest.FixtureRequest, engine: Engine, tmp_path: Path) -> str:
    """Return the URL of a new database: with tables where a fixture opens it."""
    if {"store", "service"} & set(request.fixturenames):
        return copy_database(request, request.getfixturevalue("migrated"), tmp_path)
    return new_database(request, engine, tmp_path)


@pytest.fixture(scope="session")
def wire(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Wire]:
    """Return the running service, on the engine and in the mode that the test runs with."""
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
