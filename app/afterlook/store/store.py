"""The store itself: the one way from the wires' event loop to transactions.

Owns what kind of work runs where.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager, suppress
from threading import Event
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy.exc import DBAPIError, IntegrityError

from afterlook.errors import ShuttingDown, StoreUnavailable
from afterlook.runtime.clock import AdjustableClock
from afterlook.runtime.conditions import NO_CONDITIONS
from afterlook.store import mailboxes, store_file
from afterlook.store.client import ClientStore
from afterlook.store.engines import BUSY_SECONDS, Durability, file_of, open_engines, open_prober
from afterlook.store.execution import MAX_SCAN_SECONDS, Execution
from afterlook.store.failures import as_service_errors
from afterlook.store.lanes import Lanes
from afterlook.store.migrate import is_current, migrate
from afterlook.store.readiness import Prober
from afterlook.store.sessions import ReadSession, Session, Transaction, WriteSession
from afterlook.store.store_file import StoreFile
from afterlook.store.transactions import IsShort, TransactionScope
from afterlook.store.workers import Workers
from afterlook.store.writer import Writer

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Iterator
    from concurrent.futures import ThreadPoolExecutor
    from pathlib import Path

    from sqlalchemy.engine import Connection

    from afterlook.runtime.clock import Clock
    from afterlook.runtime.conditions import Conditions
    from afterlook.runtime.ids import Ids
    from afterlook.runtime.instants import Instant
    from afterlook.store.client import WaitForDisconnect
    from afterlook.store.rows import MailboxRow


T = TypeVar("T")

MAX_SCANS = 2
"""Scans of one mailbox at once; up to `MAX_WAITING_SCANS` more wait."""

MAX_WAITING_SCANS = 16

_MAX_RETIRED = 20_000
"""So many may be replaced before a request that has taken that long is no longer told."""

_CREATION, _UPKEEP = "creation", "upkeep"


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
        prober = open_prober(location)
        self._prober = None if prober is None else Prober(prober)
        file = file_of(location)
        self.clock = AdjustableClock(clock)
        """What writes are stamped by; it can be turned."""
        self.conditions: Conditions = NO_CONDITIONS
        """What goes wrong behind the server."""

        self._ids = ids
        self._retired: dict[str, None] = {}
        embedded = self._engines.reader.dialect.name == "sqlite"
        self._file: StoreFile | None = None
        try:
            if file is not None:
                store_file.prepare(file, is_there=is_there)
            with as_service_errors():
                if not is_current(self._engines.reader):
                    migrate(self._engines.writer)
                self._loop_connection = self._engines.reader.connect() if embedded else None
                self._loop_session = None
                if self._loop_connection is not None:
                    self._loop_session = Session(self._loop_connection)
                    mailboxes.has_any(self._loop_session)
            if file is not None:
                self._file = StoreFile(file)
        except BaseException:
            self._dispose()
            raise
        self._workers = Workers(embedded=embedded, closing=self._closing)
        self._scans = Lanes(MAX_SCANS, MAX_WAITING_SCANS, BUSY_SECONDS)
        self._writer = Writer(self._engines.writer, self._workers, self._closing, self._file)

    def now(self) -> Instant:
        """Return the present instant, by the clock that writes are stamped by."""
        return self.clock.now()

    def retire(self, sync_keys: Iterable[str]) -> None:
        """Refuse from now on whoever still reads a mailbox that has one of these keys.

        For mailboxes that are about to be replaced: what writes to them is refused by the key, and
        what reads would find some of the old and some of the new.
        """
        self._retired |= dict.fromkeys(sync_keys)
        while len(self._retired) > _MAX_RETIRED:
            del self._retired[next(iter(self._retired))]

    def reinstate(self, sync_keys: Iterable[str]) -> None:
        """Let them read again: their mailboxes were not replaced after all."""
        for sync_key in sync_keys:
            self._retired.pop(sync_key, None)

    def is_retired(self, mailbox: MailboxRow) -> bool:
        """Tell whether a mailbox was replaced since it was looked up."""
        return mailbox.sync_key in self._retired

    def count_waiting(self) -> dict[str, int]:
        """Return how much work of each sort waits for a turn."""
        return {"write": self._writer.count_waiting(), "scan": self._scans.count_waiting()}

    def for_client(
        self,
        mailbox: MailboxRow,
        wait_for_disconnect: WaitForDisconnect | None = None,
        *,
        may_write: bool = True,
    ) -> ClientStore:
        """Return the store as one client uses it; `wait_for_disconnect` returns when it left."""
        return ClientStore(self, mailbox, wait_for_disconnect, may_write=may_write)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Open a session that reads what is committed, of whichever mailbox."""
        with as_service_errors(), self._engines.reader.connect() as connection:
            yield Session(connection)

    @contextmanager
    def read_session(self, mailbox: MailboxRow) -> Iterator[ReadSession]:
        """Open a session that reads what is committed of a mailbox."""
        with self.session() as session:
            yield session.bind(mailbox)

    @contextmanager
    def new_mailbox_session(self) -> Iterator[Transaction]:
        """Open a transaction that is on no mailbox yet. Raises `DuplicateError`."""
        with as_service_errors():
            try:
                with self._engines.writer.begin() as connection:
                    yield Transaction(connection, self.clock.now(), self._ids, self.conditions)
                    self._writer.check_file()
            except (IntegrityError, sqlite3.IntegrityError) as error:
                raise DuplicateError from error

    @contextmanager
    def write_session(self, mailbox: MailboxRow) -> Iterator[WriteSession]:
        """Open a transaction on a mailbox, committed when the block ends, undone if it fails."""
        with as_service_errors(), self._engines.writer.begin() as connection:
            yield self._begin(connection, mailbox)
            self._writer.check_file()

    async def read_by_key(self, work: Callable[[Session], T]) -> T:
        """Run work that reads by key: on SQLite on the event loop, for a hop would cost more."""
        if self._loop_session is None:
            return await self._read(self._workers.readers, work, Execution())
        try:
            return work(self._loop_session)
        except (DBAPIError, sqlite3.Error) as error:
            raise StoreUnavailable from error

    async def read_part(self, work: Callable[[Session], T]) -> T:
        """Run work that reads one part of a content: by key, but too much for the event loop."""
        return await self._read(self._workers.scanners, work, Execution())

    async def scan(
        self,
        work: Callable[[Session], T],
        lane: Hashable = None,
        execution: Execution | None = None,
    ) -> T:
        """Run work that may read many rows, on a thread, so that others are served meanwhile.

        Two of a `lane` run at once; what nobody's lane is, does not wait. Raises `TookTooLong`,
        `MailboxBusy`, and whatever `execution` was stopped with.
        """
        if lane is None:
            return await self._read(self._workers.scanners, work, Execution(MAX_SCAN_SECONDS))
        execution = execution or Execution()
        await self._scans.enter(lane)
        try:
            execution.check()
            execution.limit(MAX_SCAN_SECONDS)
            return await self._read(self._workers.scanners, work, execution)
        finally:
            self._scans.leave(lane)

    async def _read(
        self, threads: ThreadPoolExecutor, work: Callable[[Session], T], execution: Execution
    ) -> T:
        def run() -> T:
            with self._engines.reader.connect() as connection, execution.on(connection):
                return work(Session(connection))

        return await self._workers.run(threads, run, execution)

    async def write(
        self,
        mailbox: MailboxRow,
        work: Callable[[WriteSession], T],
        *,
        is_short: IsShort | None = None,
    ) -> T:
        """Run work that writes; its result is returned after the commit.

        On SQLite it runs on the event loop if it `is_short`.
        """
        return await self._writer.run(
            mailbox.id,
            lambda connection: work(self._begin(connection, mailbox)),
            is_short=is_short is not None and self._find_short(mailbox, is_short),
        )

    def _begin(self, connection: Connection, mailbox: MailboxRow) -> WriteSession:
        return WriteSession(connection, mailbox, self.clock.now(), self._ids, self.conditions)

    def _find_short(self, mailbox: MailboxRow, is_short: IsShort) -> bool:
        if self._loop_session is None:
            return False
        with as_service_errors():
            return is_short(self._loop_session.bind(mailbox))

    async def run_in_transaction(
        self, mailbox: MailboxRow, work: Callable[[TransactionScope], T]
    ) -> T:
        """Run work made of several use cases, on a thread, in one transaction on a mailbox.

        Its result is returned after the commit; where it raises, nothing of it is kept.
        """
        return await self._writer.run(
            mailbox.id,
            lambda connection: work(
                TransactionScope(
                    Transaction(connection, self.clock.now(), self._ids, self.conditions), mailbox
                )
            ),
        )

    async def maintain(self, work: Callable[[Transaction], T]) -> T:
        """Run work that belongs to no client's write, on a thread, in a transaction of its own."""
        return await self._writer.run(
            _UPKEEP,
            lambda connection: work(Transaction(connection, self.clock.now(), self._ids)),
        )

    async def create_mailbox(self, work: Callable[[Transaction], object]) -> None:
        """Run work that makes a mailbox, on a thread; return after the commit."""
        await self.create_once(work)

    async def create_once(self, work: Callable[[Transaction], object]) -> None:
        """Run work that makes what there is one of, on a thread; return after the commit."""

        def run() -> None:
            # Whoever won a race for the same thing wrote one that is as good.
            with suppress(DuplicateError), self.new_mailbox_session() as transaction:
                work(transaction)

        await self._writer.run_in_turn(_CREATION, run)

    async def check_ready(self) -> None:
        """Raise `StoreUnavailable` where the store cannot work now; its `reason` says why.

        It waits behind nobody, and for three seconds at most.
        """
        if self._closing.is_set():
            raise ShuttingDown
        if self._file is not None:
            self._file.check_writable()
        if self._prober is None:
            await self.read_by_key(mailboxes.has_any)
        else:
            await self._prober.check()

    def interrupt(self) -> None:
        """Stop what runs and refuse what comes: whoever waits for it is answered with a 503."""
        self._workers.interrupt()

    def close(self) -> None:
        """Stop what still runs, and close every connection.

        Where something cannot be stopped, its connections stay: `is_closed` tells.
        """
        if self._prober is not None:
            self._prober.stop()
        if not self._workers.close():
            return
        if self._loop_connection is not None:
            self._loop_connection.close()
        self._writer.close()
        self._dispose()
        self.is_closed = True

    def _dispose(self) -> None:
        for each in (*self._engines, self._prober):
            if each is not None:
                each.dispose()
