"""The store itself: the one seam between the wires' event loop and transactions.

Owns which thread work runs on, and that a write is committed before anybody hears of it. Must
not know what the work is.
"""

from __future__ import annotations

import asyncio
import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from afterlook.errors import ShuttingDown, StoreUnavailable, TookTooLong
from afterlook.store import mailboxes, place
from afterlook.store.atoms import Atom
from afterlook.store.client import ClientStore
from afterlook.store.engines import (
    AUTOCOMMIT,
    BUSY_SECONDS,
    READERS,
    SCANNERS,
    WRITERS,
    Durability,
    LockedError,
    begin_immediately,
    file_of,
    open_engines,
    open_prober,
)
from afterlook.store.lanes import Lanes
from afterlook.store.migrate import is_current, migrate
from afterlook.store.pages import Page
from afterlook.store.place import Place
from afterlook.store.running import SCAN_SECONDS, Running
from afterlook.store.sessions import ReadSession, Transaction, WriteSession

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from pathlib import Path

    from sqlalchemy.engine import Connection, Engine

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.ids import Ids
    from afterlook.runtime.instants import Instant
    from afterlook.store.client import WaitGone


T = TypeVar("T")

MAX_SCANS = 2
"""Scans of one mailbox at once; up to `MAX_WAITING_SCANS` more wait."""

MAX_WAITING_SCANS = 16
MAX_WAITING_WRITES = 64

# A write that held up the event loop for longer sends those after it to a thread for a while.
_HERE_SECONDS = 0.01
_PAUSE_SECONDS = 1.0

_PROBE_SECONDS = 3
_CLOSE_SECONDS = 1.0
_FOUNDING, _UPKEEP = "founding", "upkeep"
_QUERY_CANCELED = "57014"


class DuplicateError(Exception):
    """The same key is there already; nothing of the transaction was kept."""


class Store:
    """An open database, its schema up to date, and the threads that work on it."""

    def __init__(
        self,
        location: Path | str,
        durability: Durability,
        clock: Clock,
        ids: Ids,
        *,
        is_there: bool = False,
    ) -> None:
        self.is_closed = False
        self._closing = Event()
        self._engines = open_engines(location, durability, self._closing)
        self._prober = open_prober(location)
        file = file_of(location)
        self._clock = clock
        self._ids = ids
        self._embedded = self._engines.reader.dialect.name == "sqlite"
        self._place: Place | None = None
        try:
            if file is not None:
                place.prepare(file, is_there=is_there)
            with _as_service_errors():
                if not is_current(self._engines.reader):
                    migrate(self._engines.writer)
                self._near = self._engines.reader.connect() if self._embedded else None
                if self._near is not None:
                    mailboxes.exist(ReadSession(self._near))
            if file is not None:
                self._place = Place(file)
        except BaseException:
            self._dispose()
            raise
        self._kept: Connection | None = None
        self._here_again = 0.0
        self._scanners = ThreadPoolExecutor(SCANNERS, "store-scan")
        self._readers = ThreadPoolExecutor(READERS, "store-read")
        # SQLite has one writer at a time: queueing here is fair, waiting for its lock is not.
        self._writers = ThreadPoolExecutor(1 if self._embedded else WRITERS, "store-write")
        self._probers = ThreadPoolExecutor(1, "store-probe")
        self._scans = Lanes(MAX_SCANS, MAX_WAITING_SCANS, BUSY_SECONDS)
        # Where there is one writer, it has the next one at hand. Elsewhere the mailbox is locked.
        self._writes = Lanes(2 if self._embedded else 1, MAX_WAITING_WRITES, BUSY_SECONDS)
        self._running: set[Running] = set()
        self._probe: Future[None] | None = None

    def now(self) -> Instant:
        """Return the present instant, by the clock that writes are stamped by."""
        return self._clock.now()

    def for_client(self, mailbox: int, wait_gone: WaitGone | None = None) -> ClientStore:
        """Return the store as one client's requests use it; `wait_gone` returns when it left."""
        return ClientStore(self, mailbox, wait_gone)

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
                    self._check_place()
            except (IntegrityError, sqlite3.IntegrityError) as error:
                raise DuplicateError from error

    @contextmanager
    def writing(self, mailbox: int) -> Iterator[WriteSession]:
        """Open a transaction on a mailbox, committed when the block ends, undone if it fails."""
        with _as_service_errors(), self._engines.writer.begin() as connection:
            yield WriteSession(connection, self._clock.now(), self._ids, mailbox)
            self._check_place()

    async def look_up(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads by key: on SQLite right here, since a hop costs more than it does."""
        if self._near is None:
            return await self._read(self._readers, work, Running())
        try:
            return work(ReadSession(self._near))
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreUnavailable from error

    async def turn_to(self, page: Page, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads a page: where it is near like a look-up, else like a scan."""
        return await (self.look_up(work) if page.is_near else self.scan(work))

    async def read_part(self, work: Callable[[ReadSession], T]) -> T:
        """Run work that reads one part of a content: by key, but too much to do it right here."""
        return await self._read(self._scanners, work, Running())

    async def scan(
        self,
        work: Callable[[ReadSession], T],
        lane: Hashable = None,
        running: Running | None = None,
    ) -> T:
        """Run work that may read many rows, on a thread, so that others are served meanwhile.

        Two of a `lane` run at once; what nobody's lane is, does not wait. Raises `TookTooLong`,
        `MailboxBusy`, and whatever `running` was stopped with.
        """
        if lane is None:
            return await self._read(self._scanners, work, Running(SCAN_SECONDS))
        running = running or Running()
        await self._scans.enter(lane)
        try:
            running.check()
            running.limit(SCAN_SECONDS)
            return await self._read(self._scanners, work, running)
        finally:
            self._scans.leave(lane)

    async def _read(
        self, threads: ThreadPoolExecutor, work: Callable[[ReadSession], T], running: Running
    ) -> T:
        def run() -> T:
            with self._engines.reader.connect() as connection, running.on(connection):
                return work(ReadSession(connection))

        return await self._on(threads, run, running)

    async def write(
        self, mailbox: int, work: Callable[[WriteSession], T], *, is_short: bool = False
    ) -> T:
        """Run work that writes; its result is returned after the commit.

        It runs on a thread, but for what `is_short`: few rows, found by key, and little text. On
        SQLite that runs right here, unless it would have to wait, or the disk is slow just now: a
        hop to a thread and back, and the interpreter's lock between the two, cost as much.
        """

        def run(connection: Connection) -> T:
            return work(WriteSession(connection, self._clock.now(), self._ids, mailbox))

        if is_short and self._can_write_here():
            with suppress(LockedError):
                return self._write_here(run)
        return await self._committed(mailbox, run)

    def _can_write_here(self) -> bool:
        return self._embedded and self._writes.are_empty() and monotonic() >= self._here_again

    def _write_here(self, work: Callable[[Connection], T]) -> T:
        """Run a short write on the event loop. Raises `LockedError` before anything is done."""
        if self._closing.is_set():
            raise ShuttingDown
        began = monotonic()
        try:
            with _as_service_errors(), self._transaction() as connection:
                return work(connection)
        finally:
            if monotonic() - began > _HERE_SECONDS:
                self._here_again = monotonic() + _PAUSE_SECONDS

    async def atomically(self, mailbox: int, work: Callable[[Atom], T]) -> T:
        """Run work made of several use cases, on a thread, in one transaction on a mailbox.

        Its result is returned after the commit; where it raises, nothing of it is kept.
        """
        return await self._committed(
            mailbox,
            lambda connection: work(
                Atom(Transaction(connection, self._clock.now(), self._ids), mailbox)
            ),
        )

    async def maintain(self, work: Callable[[Transaction], T]) -> T:
        """Run work that belongs to no client's write, on a thread, in a transaction of its own."""
        return await self._committed(
            _UPKEEP,
            lambda connection: work(Transaction(connection, self._clock.now(), self._ids)),
        )

    async def _committed(self, lane: Hashable, work: Callable[[Connection], T]) -> T:
        running = Running()

        def run() -> T:
            with self._transaction() as connection, running.on(connection):
                result = work(connection)
                running.check()
                return result

        return await self._in_turn(lane, run, running)

    async def found(self, work: Callable[[Transaction], None]) -> None:
        """Run work that makes a mailbox, on a thread; return after the commit."""

        def run() -> None:
            # Whoever won a race for the same mailbox wrote the same thing.
            with suppress(DuplicateError), self.founding() as transaction:
                work(transaction)

        await self._in_turn(_FOUNDING, run, Running())

    async def _in_turn(self, lane: Hashable, run: Callable[[], T], running: Running) -> T:
        """Run work that writes, when those of its lane before it have run."""
        await self._writes.enter(lane)
        try:
            return await self._on(self._writers, run, running)
        finally:
            self._writes.leave(lane)

    async def _on(self, threads: ThreadPoolExecutor, run: Callable[[], T], running: Running) -> T:
        """Run work on a thread, where it can be stopped."""
        if self._closing.is_set():
            raise ShuttingDown

        def run_known() -> T:
            self._running.add(running)
            try:
                running.check()
                with _as_service_errors(running):
                    return run()
            finally:
                self._running.discard(running)

        return await asyncio.get_running_loop().run_in_executor(threads, run_known)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Begin on the connection that the one SQLite writer keeps, or on one of PostgreSQL's.

        A kept connection goes back after a failure, for the pool to undo whatever is left open.
        """
        if not self._embedded:
            with self._engines.writer.begin() as connection:
                yield connection
            return
        kept = self._kept or self._engines.writer.connect().execution_options(
            isolation_level=AUTOCOMMIT
        )
        self._kept = None
        try:
            begin_immediately(kept, self._closing)
            yield kept
            self._check_place()
            kept.dialect.do_commit(kept.connection)
        except BaseException:
            kept.close()
            raise
        self._kept = kept

    def _check_place(self) -> None:
        """Raise `StoreMisplaced` where a commit would be lost; the latest moment tells most."""
        if self._place is not None:
            self._place.check()

    async def check_ready(self) -> None:
        """Raise `StoreUnavailable` where the store cannot work now; its `reason` says why.

        It waits behind nobody, and for three seconds at most.
        """
        if self._closing.is_set():
            raise ShuttingDown
        if self._place is not None:
            self._place.check_writable()
        if self._prober is None:
            await self.look_up(mailboxes.exist)
            return
        if self._probe is None or self._probe.done():
            self._probe = self._probers.submit(_probe, self._prober)
        asked = asyncio.wrap_future(self._probe)
        await asyncio.wait({asked}, timeout=_PROBE_SECONDS)
        if not asked.done():
            late = "the database does not answer in time"
            raise StoreUnavailable from TimeoutError(late)
        asked.result()

    def interrupt(self) -> None:
        """Stop what runs and refuse what comes: whoever waits for it is answered with a 503."""
        self._closing.set()
        for running in list(self._running):
            running.stop(ShuttingDown())

    def close(self) -> None:
        """Stop what still runs, and close every connection.

        Where something cannot be stopped, its connections stay: `is_closed` tells.
        """
        pools = (self._scanners, self._readers, self._writers, self._probers)
        for threads in pools:
            threads.shutdown(wait=False, cancel_futures=True)
        ends = monotonic() + _CLOSE_SECONDS
        while self._running and monotonic() < ends:
            self.interrupt()
            sleep(0.01)
        self._closing.set()
        if self._running:
            return
        for connection in (self._near, self._kept):
            if connection is not None:
                connection.close()
        self._dispose()
        self.is_closed = True

    def _dispose(self) -> None:
        for engine in (*self._engines, self._prober):
            if engine is not None:
                engine.dispose()


def _probe(prober: Engine) -> None:
    with _as_service_errors(), prober.connect() as connection:
        mailboxes.exist(ReadSession(connection))


@contextmanager
def _as_service_errors(running: Running | None = None) -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeoutError, sqlite3.Error) as error:
        if running is not None and running.error is not None:
            raise running.error from error
        if getattr(getattr(error, "orig", None), "sqlstate", None) == _QUERY_CANCELED:
            raise TookTooLong from error
        raise StoreUnavailable from error
