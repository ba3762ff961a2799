"""The store as the requests of one client use it.

Owns that scans of a mailbox share its lane, that work is dropped with the client it is for, and
that nothing is written for a client who may only read.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, TypeVar

from afterlook.errors import AccessDenied, ClientGone, MailboxReplaced
from afterlook.store.execution import Execution

if TYPE_CHECKING:
    from afterlook.runtime.instants import Instant
    from afterlook.store.pages import Page
    from afterlook.store.rows import MailboxRow
    from afterlook.store.sessions import ReadSession, Session, WriteSession
    from afterlook.store.store import Store
    from afterlook.store.transactions import IsShort

T = TypeVar("T")

WaitForDisconnect = Callable[[], Coroutine[object, object, None]]
"""Returns when the client is gone; never where that cannot be told."""

_MIN_SECONDS = 0.2
"""A scan as short as this is not worth watching whom it is for."""


class ClientStore:
    """A store for one client of one mailbox; see `Store` for what each method is for.

    One who may not write meets an `AccessDenied` where they would, whatever wire they came by.
    """

    __slots__ = ("_mailbox", "_store", "_wait_for_disconnect", "may_write")

    def __init__(
        self,
        store: Store,
        mailbox: MailboxRow,
        wait_for_disconnect: WaitForDisconnect | None,
        *,
        may_write: bool = True,
    ) -> None:
        self._store = store
        self._mailbox = mailbox
        self._wait_for_disconnect = wait_for_disconnect
        self.may_write = may_write

    def now(self) -> Instant:
        """Return the present instant."""
        return self._store.now()

    async def read_by_key(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads by key."""
        return await self._store.read_by_key(self._bind(work))

    async def read_page(self, page: Page, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads a page."""
        return await (self.read_by_key(work) if page.is_index_read else self.scan(work))

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads one part of a content."""
        return await self._store.read_part(self._bind(work))

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that may read many rows. Raises `ClientGone`, `TookTooLong`, `MailboxBusy`."""
        if self._wait_for_disconnect is None:
            return await self._store.scan(self._bind(work), self._mailbox.id)
        execution, loop = Execution(), asyncio.get_running_loop()
        scan = loop.create_task(self._store.scan(self._bind(work), self._mailbox.id, execution))
        watch: asyncio.Task[None] | None = None
        try:
            done, _ = await asyncio.wait({scan}, timeout=_MIN_SECONDS)
            if not done:
                watch = loop.create_task(self._wait_for_disconnect())
                await asyncio.wait({scan, watch}, return_when=asyncio.FIRST_COMPLETED)
                if not scan.done():
                    execution.stop(ClientGone())
                    # What waits for its turn is dropped at once.
                    scan.cancel()
                    raise ClientGone
            return await scan
        finally:
            if watch is not None:
                watch.cancel()
            if not scan.done():
                execution.stop(ClientGone())
                scan.cancel()

    async def write(
        self, work: Callable[[WriteSession], T], *, is_short: IsShort | None = None
    ) -> T:
        """Run work that writes. Raises `AccessDenied` where the client may not."""
        if not self.may_write:
            raise AccessDenied
        return await self._store.write(self._mailbox, work, is_short=is_short)

    def _bind(self, work: Callable[[ReadSession], T]) -> Callable[[Session], T]:
        mailbox, store = self._mailbox, self._store

        def run(session: Session) -> T:
            result = work(session.bind(mailbox))
            # Afterwards: it may have been replaced meanwhile.
            if store.is_retired(mailbox):
                raise MailboxReplaced(headers={"Retry-After": "1"})
            return result

        return run
