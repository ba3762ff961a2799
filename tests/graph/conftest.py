"""Fixtures of Graph's tests."""

import pytest

from tests.support.todo import Todo
from tests.support.wire import Wire


@pytest.fixture
def todo(wire: Wire) -> Todo:
    """Return a new mailbox."""
    return Todo(wire)
