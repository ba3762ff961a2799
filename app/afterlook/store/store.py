"""The store itself: the one seam between the wires' event loop and transactions.

Owns which thread work runs on, and that a write is committed before anybody hears of it. Must
not know what the work is.
"""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from afterlook.errors import StoreUnavailable
from afterlook.store.atoms import Atom
from afterlook.store.engines import THREADS, Durability, open_engines
from afterlook.store.migrate import migrate
from afterlook.store.pages import Page
from afterlook.store.sessions import ReadSession, Transaction, WriteSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.runtime.instants import Instant


T = TypeVar("T")


class DuplicateError(Exception):
    """The same key is there already; nothing of the transaction was kept."""


class Store:
    """An open database, its schema up to date, and the threads that work on it."""

    def __init__(
        self, location: Path | str, durability: Durability, clock: Clock, ids: Ids
    ) -> None:
        self._engines = open_engines(location, durability)
        self._clock = clock
        self._ids = ids
        self._embedded = self._engines.reader.dialect.name == "sqlite"
        try:
            with _as_service_errors():
                migrate(self._engines.writer)
                self._near = self._engines.reader.connect() if self._embedded else None
        except BaseException:
            self._dispose()
            raise
        self._kept: Connection | None = None
        self._scanners = ThreadPoolExecutor(THREADS, "store-scan")
        # SQLite has one writer at a time: queueing here is fair, waiting for its lock is not.
        self._writers = ThreadPoolExecutor(1, "store-write") if self._embedded else self._scanners

    def now(self) -> Instant:
        """Return the present instant, by the clock that writes are stamped by."""
        return self._clock.now()

    @contextmanager
    def reading(self) -> Iterator[ReadSession]:
        """Open a session that reads what is committed."""
        with _as_service_errors(), self._engines.reader.connect() as connection:
            yield ReadSession(connection)

    @contextmanager
    def founding(self) -> Iterator[Transaction]:
        """Open a transaction that is on no mailbox yet. Raises `DuplicateError`."""
        with _as_service_errors():
            try:
                with self._engines.writer.begin() as connection:
                    yield Transaction(connection, self._clock.now(), self._ids)
            except (IntegrityError, sqlite3.IntegrityError) as error:
                raise DuplicateError from error

    @contextmanager
    def writing(self, mailbox: int) -> Iterator[WriteSession]:
        """Open a transaction on a mailbox, committed when the block ends, undone if it fails."""
        with _as_service_errors(), self._engines.writer.begin() as connection:
            yield WriteSession(connection, self._clock.now(), self._ids, mailbox)

    async def look_up(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads by key: on SQLite right here, since a hop costs more than it does."""
        if self._near is None:
            return await self.scan(work)
        try:
            return work(ReadSession(self._near))
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreUnavailable from error

    async def turn_to(self, page: Page, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads a page: where it is near like a look-up, else like a scan."""
        return await (self.look_up(work) if page.is_near else self.scan(work))

    async def scan(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that may read many rows, on a thread, so that others are served meanwhile."""

        def run() -> T:
            with self.reading() as session:
                return work(session)

        return await asyncio.get_running_loop().run_in_executor(self._scanners, run)

    async def write(self, mailbox: int, work: Callable[[WriteSession], T]) -> T:
        """Run work that writes, on a thread; its result is returned after the commit."""
        return await self._committed(
            lambda connection: work(WriteSession(connection, self._clock.now(), self._ids, mailbox))
        )

    async def atomically(self, mailbox: int, work: Callable[[Atom], T]) -> T:
        """Run work made of several use cases, on a thread, in one transaction on a mailbox.

        Its result is returned after the commit; where it raises, nothing of it is kept.
        """
        return await self.maintain(lambda transaction: work(Atom(transaction, mailbox)))

    async def maintain(self, work: Callable[[Transaction], T]) -> T:
        """Run work that belongs to no client's write, on a thread, in a transaction of its own."""
        return await self._committed(
            lambda connection: work(Transaction(connection, self._clock.now(), self._ids))
        )

    async def _committed(self, work: Callable[[Connection], T]) -> T:
        def run() -> T:
            with _as_service_errors(), self._transaction() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._writers, run)

    async def found(self, work: Callable[[Transaction], None]) -> None:
        """Run work that makes a mailbox, on a thread; return after the commit."""

        def run() -> None:
            # Whoever won a race for the same mailbox wrote the same thing.
            with suppress(DuplicateError), self.founding() as transaction:
                work(transaction)

        await asyncio.get_running_loop().run_in_executor(self._writers, run)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Begin on the connection that the one SQLite writer keeps, or on one of PostgreSQL's.

        A kept connection goes back after a failure, for the pool to undo whatever is left open.
        """
        if not self._embedded:
            with self._engines.writer.begin() as connection:
                yield connection
            return
        kept = self._kept or self._engines.writer.connect()
        self._kept = None
        try:
            with kept.begin():
                yield kept
        except BaseException:
            kept.close()
            raise
        self._kept = kept

    def close(self) -> None:
        """Let running work end, then close every connection."""
        for threads in {self._scanners, self._writers}:
            threads.shutdown(wait=True)
        for connection in (self._near, self._kept):
            if connection is not None:
                connection.close()
        self._dispose()

    def _dispose(self) -> None:
        for engine in self._engines:
            engine.dispose()


@contextmanager
def _as_service_errors() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        raise StoreUnavailable from error
