"""Transactions that write: where they run, in which order, and that they are committed.

Owns the connection that SQLite's one writer keeps, and what is checked before each commit.
"""

from __future__ import annotations

import sqlite3
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from threading import Lock
from time import monotonic
from typing import TYPE_CHECKING, Any, TypeVar

from afterlook.errors import ShuttingDown, StoreUnavailable
from afterlook.store.engines import BEGUN_BY_STORE, BUSY_SECONDS, LockedError, begin_immediately
from afterlook.store.execution import Execution
from afterlook.store.failures import as_service_errors
from afterlook.store.lanes import Lanes

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from threading import Event

    from sqlalchemy.engine import Connection, Engine

    from afterlook.store.store_file import StoreFile
    from afterlook.store.workers import Workers

T = TypeVar("T")

MAX_WAITING_WRITES = 64

# A write that held up the event loop for longer sends those after it to the thread, for ten times
# as long: a slow disk has a tenth of the loop at most.
_SLOW_SECONDS = 0.01
_PAUSE_FACTOR = 10

# What a commit adds to SQLite's log is brought into the file on the thread, every so many writes.
_CHECKPOINT_WRITES = 100
_AUTOCHECKPOINT_PAGES = 1000


class Writer:
    """Runs what writes, each in a transaction that is committed before anybody hears of it."""

    def __init__(
        self, engine: Engine, workers: Workers, closing: Event, file: StoreFile | None
    ) -> None:
        self._engine = engine
        self._workers = workers
        self._closing = closing
        self._file = file
        self._embedded = engine.dialect.name == "sqlite"
        # Where there is one writer, it has the next one at hand. Elsewhere the mailbox is locked.
        self._lanes = Lanes(2 if self._embedded else 1, MAX_WAITING_WRITES, BUSY_SECONDS)
        self._kept: Connection | None = None
        # Held by whoever uses the kept connection. The lanes alone would not do: when a waiter is
        # cancelled it leaves its lane, while its work goes on.
        self._turn = Lock()
        self._paused_until = 0.0
        self._unchecked = 0
        self._autocheckpoints: bool | None = None

    def count_waiting(self) -> int:
        """Return how many transactions wait for those before them."""
        return self._lanes.count_waiting()

    async def run(
        self, lane: Hashable, work: Callable[[Connection], T], *, is_short: bool = False
    ) -> T:
        """Run work in a transaction when those of its lane before it have run.

        It runs on a thread, but for what `is_short` (`outlook/task_writes.py` says what is). On
        SQLite that runs on the event loop, unless it would have to wait, or the disk is slow just
        now: a hop to a thread and back, and the interpreter's lock between the two, cost as much as
        the write.
        """
        if is_short and self._can_write_on_loop() and self._turn.acquire(blocking=False):
            try:
                with suppress(LockedError):
                    return self._write_on_loop(work)
            finally:
                self._turn.release()
        execution = Execution()

        def run() -> T:
            with (
                self._turn_of_thread(),
                self._transaction() as connection,
                execution.on(connection),
            ):
                result = work(connection)
                execution.check()
                return result

        return await self.run_in_turn(lane, run, execution)

    async def run_in_turn(
        self, lane: Hashable, work: Callable[[], T], execution: Execution | None = None
    ) -> T:
        """Run work that has a transaction of its own on a thread of writers, in its lane."""
        await self._lanes.enter(lane)
        try:
            return await self._workers.run(self._workers.writers, work, execution or Execution())
        finally:
            self._lanes.leave(lane)

    def check_file(self) -> None:
        """Raise `StoreMisplaced` where a commit would be lost; the latest moment tells most."""
        if self._file is not None:
            self._file.check()

    def close(self) -> None:
        """Close the connection that is kept."""
        if self._kept is not None:
            self._kept.close()

    def _can_write_on_loop(self) -> bool:
        return self._embedded and self._lanes.are_empty() and monotonic() >= self._paused_until

    def _write_on_loop(self, work: Callable[[Connection], T]) -> T:
        """Run a short write on the event loop. Raises `LockedError` before anything is done."""
        if self._closing.is_set():
            raise ShuttingDown
        began = monotonic()
        try:
            with as_service_errors(), self._transaction(autocheckpoint=False) as connection:
                return work(connection)
        finally:
            ended = monotonic()
            if ended - began > _SLOW_SECONDS:
                self._paused_until = ended + _PAUSE_FACTOR * (ended - began)
            self._unchecked += 1
            if self._unchecked >= _CHECKPOINT_WRITES:
                self._unchecked = 0
                self._workers.submit(self._workers.writers, self._checkpoint)

    def _checkpoint(self) -> None:
        """Bring what is in SQLite's log into the file, as far as no reader is in the way."""
        with self._engine.connect() as connection:
            driver: Any = connection.connection.driver_connection
            driver.execute("PRAGMA wal_checkpoint(PASSIVE)").close()

    def _turn_of_thread(self) -> AbstractContextManager[object]:
        return self._turn if self._embedded else nullcontext()

    @contextmanager
    def _transaction(self, *, autocheckpoint: bool = True) -> Iterator[Connection]:
        """Begin on the connection that the one SQLite writer keeps, or on one of PostgreSQL's.

        A kept connection goes back after a failure, for the pool to undo whatever is left open.
        """
        if not self._embedded:
            with self._engine.begin() as connection:
                yield connection
            return
        kept, self._kept = self._kept or self._connect(), None
        driver: Any = kept.connection.driver_connection
        try:
            self._set_autocheckpoint(driver, on=autocheckpoint)
            begin_immediately(kept, self._closing)
        except LockedError:
            self._kept = kept
            raise
        except BaseException:
            kept.close()
            raise
        try:
            yield kept
            self.check_file()
            _expect_begun(driver)
            kept.dialect.do_commit(kept.connection)
        except BaseException:
            kept.close()
            raise
        self._kept = kept

    def _connect(self) -> Connection:
        # One of the pool may have been in use before, either way.
        self._autocheckpoints = None
        return self._engine.connect().execution_options(**{BEGUN_BY_STORE: True})

    def _set_autocheckpoint(self, driver: Any, *, on: bool) -> None:
        if on != self._autocheckpoints:
            pages = _AUTOCHECKPOINT_PAGES if on else 0
            driver.execute(f"PRAGMA wal_autocheckpoint = {pages}").close()
            self._autocheckpoints = on


def _expect_begun(driver: sqlite3.Connection) -> None:
    """Raise `StoreUnavailable` where SQLite has undone a transaction by itself, as on a full disk.

    A commit would then do nothing, and say nothing.
    """
    if not driver.in_transaction:
        raise StoreUnavailable
