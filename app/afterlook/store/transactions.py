"""Several use cases as one transaction.

Owns what a wire may ask of a store (`StoreAccess`), and how that works within a transaction that
has begun already.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from afterlook.store.pages import Page
from afterlook.store.sessions import ReadSession, Transaction, WriteSession, advance_counter

if TYPE_CHECKING:
    from afterlook.runtime.instants import Instant
    from afterlook.store.rows import MailboxRow

T = TypeVar("T")

IsShort = Callable[[ReadSession], bool]
"""Tells by a look at what is stored whether a write touches few rows and little text."""


class StoreAccess(Protocol):
    """What a wire asks of a store: to run its use cases. `store.Store` says what each is for."""

    def now(self) -> Instant:
        """Return the present instant."""

    async def read_by_key(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads by key."""

    async def read_page(self, page: Page, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads a page."""

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads one part of a content."""

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that may read many rows."""

    async def write(
        self, work: Callable[[WriteSession], T], *, is_short: IsShort | None = None
    ) -> T:
        """Run work that writes."""


class TransactionScope:
    """A transaction on one mailbox, for any number of use cases; kept or undone as a whole.

    Its methods never wait. It lives on one thread, on which an event loop of its own runs whatever
    awaits them.
    """

    def __init__(self, transaction: Transaction, mailbox: MailboxRow) -> None:
        self._transaction = transaction
        self._session = transaction.bind(mailbox)
        # What it reads must still be so when it writes: the mailbox is locked first.
        advance_counter(transaction, mailbox, 0)

    def now(self) -> Instant:
        """Return the instant at which all of it happens."""
        return self._transaction.now

    async def read_by_key(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._session)

    async def read_page(self, page: Page, work: Callable[[ReadSession], T]) -> T:  # noqa: ARG002
        """Run work that reads, right here."""
        return work(self._session)

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._session)

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._session)

    async def write(
        self,
        work: Callable[[WriteSession], T],
        *,
        is_short: IsShort | None = None,  # noqa: ARG002
    ) -> T:
        """Run work that writes, under a number of its own."""
        return work(self._transaction.begin_write(self._session.mailbox))
