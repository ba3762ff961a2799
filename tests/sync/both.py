"""Both kinds of collections that can be synchronised, for tests that hold for either."""

import pytest

from tests.support.wire import Mailbox

TASKS = "taskfolders('tasks')/tasks"
NAMED = {TASKS: "Subject", "taskfolders": "Name"}
"""The address of each, and the property that a client names its entities by."""

both = pytest.mark.parametrize("address", NAMED)


def fill(me: Mailbox, address: str, count: int) -> None:
    """Make entities."""
    for number in range(count):
        me.create(address, {NAMED[address]: f"{number}"})
