"""Several use cases as one transaction.

Owns the seam's face (`Seam`) and the half of it that works within a transaction already begun.
Must not know which use cases come together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from afterlook.store.pages import Page
from afterlook.store.sessions import TAKE, ReadSession, Transaction, WriteSession

if TYPE_CHECKING:
    from collections.abc import Callable

    from afterlook.runtime.instants import Instant

T = TypeVar("T")


class Seam(Protocol):
    """What a wire asks of a store: to run its use cases. `store.Store` says what each is for."""

    def now(self) -> Instant:
        """Return the present instant."""

    async def look_up(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads by key."""

    async def turn_to(self, page: Page, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads a page."""

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads one part of a content."""

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that may read many rows."""

    async def write(
        self, mailbox: int, work: Callable[[WriteSession], T], *, is_short: bool = False
    ) -> T:
        """Run work that writes."""


class Atom:
    """A transaction on one mailbox, for any number of use cases; kept or undone as a whole.

    Its methods never wait, so that whoever awaits them can be driven to the end by one `send`:
    it lives on one thread, and so does everything that is done by it.
    """

    def __init__(self, transaction: Transaction, mailbox: int) -> None:
        self._transaction = transaction
        self.mailbox = mailbox
        # What it reads must still be so when it writes: the mailbox is locked first.
        transaction.first(TAKE, {"mailbox_id": mailbox, "count": 0})

    def now(self) -> Instant:
        """Return the instant at which all of it happens."""
        return self._transaction.now

    async def look_up(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._transaction)

    async def turn_to(self, page: Page, work: Callable[[ReadSession], T]) -> T:  # noqa: ARG002
        """Run work that reads, right here."""
        return work(self._transaction)

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._transaction)

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads, right here."""
        return work(self._transaction)

    async def write(
        self,
        mailbox: int,
        work: Callable[[WriteSession], T],
        *,
        is_short: bool = False,  # noqa: ARG002
    ) -> T:
        """Run work that writes, under a number of its own."""
        assert mailbox == self.mailbox  # noqa: S101
        return work(self._transaction.on(mailbox))
