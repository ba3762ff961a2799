"""A database for a test, on either engine."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.support.postgres import fresh_database
from tests.support.wire import Engine


def copy_database(request: pytest.FixtureRequest, database: str, scratch: Path) -> str:
    """Make a copy of a database that nobody has open."""
    url = make_url(database)
    assert url.database
    if url.drivername == "sqlite":
        copy = shutil.copy(url.database, scratch / "afterlook.db")
        return f"sqlite:///{copy}"
    return fresh_database(request.getfixturevalue("postgres"), url.database)


def new_database(request: pytest.FixtureRequest, engine: Engine, scratch: Path) -> str:
    """Make an empty database of an engine."""
    if engine == "sqlite":
        return f"sqlite:///{scratch / 'afterlook.db'}"
    return fresh_database(request.getfixturevalue("postgres"))
