"""Mailboxes that hold something."""

from dataclasses import dataclass
from uuid import uuid4

from tests.support.outlook import key
from tests.support.tokens import jwt
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


def fill(me: Mailbox) -> Filled:
    """Make one entity of each kind."""
    group = key(me.create("taskgroups", {"Name": "Leisure"}))
    folder = key(me.create(f"taskgroups('{group}')/taskfolders", {"Name": "Cooking"}))
    task = key(me.create(f"taskfolders('{folder}')/tasks", {"Subject": "Shop for dinner"}))
    return Filled(me, group, folder, task)


class Person(Mailbox):
    """A mailbox whose owner's token is a JWT, so that its names are known."""

    def __init__(self, wire: Wire, upn: str | None = None) -> None:
        """Make up a user."""
        self.oid, self.tid = str(uuid4()), str(uuid4())
        self.upn = upn or f"{self.oid[:8]}@contoso.example"
        super().__init__(wire, jwt(oid=self.oid, tid=self.tid, upn=self.upn))
