"""An empty database for a test, on either engine."""

from pathlib import Path

import pytest

from tests.support.postgres import fresh_database
from tests.support.wire import Engine


def new_database(request: pytest.FixtureRequest, engine: Engine, scratch: Path) -> str:
    """Make an empty database of an engine."""
    if engine == "sqlite":
        return f"sqlite:///{scratch / 'afterlook.db'}"
    return fresh_database(request.getfixturevalue("postgres"))
