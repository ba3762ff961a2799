"""An open store on each engine, its clock standing still, and mailboxes in it."""

from collections.abc import Iterator
from itertools import count

import pytest

from afterlook.mailbox import identities
from afterlook.mailbox.identities import Identity
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store

NOW = Instant(636_000_000_000_000_000)
_numbers = count()


def open_store(database: str) -> Store:
    """Open a store whose clock stands still."""
    return Store(database, "normal", FrozenClock(NOW), RandomIds())


def new_mailbox(store: Store) -> MailboxRow:
    """Make a mailbox that nobody else knows."""
    identity = Identity(upn=f"user-{next(_numbers)}@afterlook.example", owner="User")
    with store.founding() as transaction:
        identities.found(transaction, identity)
    with store.reading() as session:
        mailbox = identities.find(session, identity)
    assert mailbox is not None
    return mailbox


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    """Return an open store on a new database."""
    opened = open_store(database)
    yield opened
    opened.close()


@pytest.fixture
def mailbox(store: Store) -> MailboxRow:
    """Return a new mailbox."""
    return new_mailbox(store)
