"""Stores whose clock stands still, and mailboxes in them."""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from itertools import count
from typing import NoReturn, ParamSpec, TypeVar

import pytest
from sqlalchemy import select

from afterlook.mailbox import identities
from afterlook.mailbox.identities import Identity
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import Instant
from afterlook.store.engines import LockedError
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.tables import Change, Mailbox, Task, TaskFolder, TaskGroup, table
from tests.support.wire import Wire

NOW = Instant(636_000_000_000_000_000)
_numbers = count()
_LOCK_SECONDS = 10

P = ParamSpec("P")
T = TypeVar("T")


def open_store(database: str) -> Store:
    """Open a store whose clock stands still."""
    return Store(database, "normal", FrozenClock(NOW), RandomIds())


def new_mailbox(store: Store) -> MailboxRow:
    """Make a mailbox that nobody else knows."""
    identity = Identity(upn=f"user-{next(_numbers)}@afterlook.example", owner="User")
    with store.new_mailbox_session() as transaction:
        return identities.create_mailbox(transaction, identity)


@contextmanager
def when_free(
    begin: Callable[P, AbstractContextManager[T]], *args: P.args, **options: P.kwargs
) -> Iterator[T]:
    """Open a transaction of a test once those of a service in this process have ended.

    Playwright's loop runs where its tests do, and on a loop the store waits for no lock.
    """
    deadline = time.monotonic() + _LOCK_SECONDS
    with ExitStack() as stack:
        session: T | None = None
        while session is None:
            try:
                session = stack.enter_context(begin(*args, **options))
            except LockedError:
                assert time.monotonic() < deadline, "the store is locked"
                time.sleep(0.01)
        yield session


EVERY_TABLE = [table(model) for model in (Mailbox, TaskGroup, TaskFolder, Task, Change)]


@dataclass
class Service:
    """The application in this process, its store within reach."""

    store: Store
    wire: Wire

    def contents(self) -> list[object]:
        """Return every row of every table."""
        return contents(self.store)

    def break_commits(self, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
        """Make every commit fail from here on, by an error of the driver or by a defect."""
        dialect = self.store._engines.writer.dialect
        driver = dialect.loaded_dbapi.OperationalError

        def fail(_: object) -> NoReturn:
            raise (driver if kind == "driver" else RuntimeError)("database or disk is full")

        monkeypatch.setattr(dialect, "do_commit", fail)


def contents(store: Store) -> list[object]:
    """Return every row of every table."""
    with store.session() as session:
        return [sorted(map(tuple, session.ad_hoc(select(each), {}))) for each in EVERY_TABLE]
