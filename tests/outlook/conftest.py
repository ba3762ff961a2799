"""A mailbox whose tasks have extended properties."""

from uuid import uuid4

import pytest

from tests.support.extended import THINGS, create_entity
from tests.support.wire import Mailbox, Wire


@pytest.fixture(scope="module")
def things(wire: Wire) -> Mailbox:
    """Return a mailbox with tasks of many properties, all in one folder; only to be read."""
    me = Mailbox(wire, uuid4().hex)
    for title, given in THINGS.items():
        create_entity(me, "tasks", title, given)
    return me
