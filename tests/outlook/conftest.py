"""Mailboxes that hold something, and one whose owner's names are known."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest

from tests.outlook.helpers import Person, key
from tests.support import wire as wires
from tests.support.wire import Mailbox, Wire

LISTED = 12
"""Entities in each of the longer lists of the mailbox `listed`."""


@dataclass
class Filled:
    """A mailbox with a group, a folder in it, and a task in that; their ids."""

    me: Mailbox
    group: str
    folder: str
    task: str

    def at(self, address: str) -> str:
        """Fill an address in: `{task}`, `{folder}` and `{group}` stand for the ids."""
        return address.format(task=self.task, folder=self.folder, group=self.group)


@pytest.fixture
def person(wire: Wire) -> Person:
    """Return a new mailbox opened by a JWT."""
    return Person(wire)


@pytest.fixture
def filled(me: Mailbox) -> Filled:
    """Return a mailbox with one entity of each kind besides the default ones."""
    return fill(me)


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Wire]:
    """Return the service in this process on SQLite alone, for tests with very many requests."""
    file = tmp_path_factory.mktemp("embedded") / "afterlook.db"
    with wires.in_process(f"sqlite:///{file}", "sqlite") as running:
        yield running


@pytest.fixture
def alone(embedded: Wire) -> Mailbox:
    """Return a new mailbox on the embedded service."""
    return Mailbox(embedded, uuid4().hex)


@pytest.fixture(scope="session")
def shared(wire: Wire) -> Mailbox:
    """Return a mailbox for tests that only look at what they made themselves."""
    return Mailbox(wire, uuid4().hex)


@pytest.fixture(scope="session")
def listed(wire: Wire) -> Filled:
    """Return a mailbox in which each of the lists holds some twelve entities; only to be read."""
    filled = fill(Mailbox(wire, uuid4().hex))
    for number in range(LISTED - 1):
        filled.me.created(filled.at("taskfolders('{folder}')/tasks"), {"Subject": f"{number}"})
        filled.me.created(filled.at("taskgroups('{group}')/taskfolders"), {"Name": f"{number}"})
        filled.me.created("taskgroups", {"Name": f"{number}"})
    return filled


def fill(me: Mailbox) -> Filled:
    """Make one entity of each kind."""
    group = key(me.created("taskgroups", {"Name": "Leisure"}))
    folder = key(me.created(f"taskgroups('{group}')/taskfolders", {"Name": "Cooking"}))
    task = key(me.created(f"taskfolders('{folder}')/tasks", {"Subject": "Shop for dinner"}))
    return Filled(me, group, folder, task)
