"""Transactions that write: where they run, in which order, and that they are committed.

Owns the connection that SQLite's one writer keeps, and what is checked before each commit.
"""

from __future__ import annotations

from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from afterlook.errors import ShuttingDown
from afterlook.store.engines import AUTOCOMMIT, BUSY_SECONDS, LockedError, begin_immediately
from afterlook.store.failures import as_service_errors
from afterlook.store.lanes import Lanes
from afterlook.store.running import Running

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator
    from threading import Event

    from sqlalchemy.engine import Connection, Engine

    from afterlook.store.place import Place
    from afterlook.store.workers import Workers

T = TypeVar("T")

MAX_WAITING_WRITES = 64

# A write that held up the event loop for longer sends those after it to a thread for a while.
_HERE_SECONDS = 0.01
_PAUSE_SECONDS = 1.0


class Writer:
    """Runs what writes, each in a transaction that is committed before anybody hears of it."""

    def __init__(
        self, engine: Engine, workers: Workers, closing: Event, place: Place | None
    ) -> None:
        self._engine = engine
        self._workers = workers
        self._closing = closing
        self._place = place
        self._embedded = engine.dialect.name == "sqlite"
        # Where there is one writer, it has the next one at hand. Elsewhere the mailbox is locked.
        self._lanes = Lanes(2 if self._embedded else 1, MAX_WAITING_WRITES, BUSY_SECONDS)
        self._kept: Connection | None = None
        self._here_again = 0.0

    async def run(
        self, lane: Hashable, work: Callable[[Connection], T], *, is_short: bool = False
    ) -> T:
        """Run work in a transaction when those of its lane before it have run.

        It runs on a thread, but for what `is_short` (`outlook/task_writes.py` says what is). On
        SQLite that runs on the event loop, unless it would have to wait, or the disk is slow just
        now: a hop to a thread and back, and the interpreter's lock between the two, cost as much as
        the write.
        """
        if is_short and self._can_write_here():
            with suppress(LockedError):
                return self._write_here(work)
        running = Running()

        def run() -> T:
            with self._transaction() as connection, running.on(connection):
                result = work(connection)
                running.check()
                return result

        return await self.in_turn(lane, run, running)

    async def in_turn(
        self, lane: Hashable, work: Callable[[], T], running: Running | None = None
    ) -> T:
        """Run work that has a transaction of its own on a thread of writers, in its lane."""
        await self._lanes.enter(lane)
        try:
            return await self._workers.run(self._workers.writers, work, running or Running())
        finally:
            self._lanes.leave(lane)

    def check_place(self) -> None:
        """Raise `StoreMisplaced` where a commit would be lost; the latest moment tells most."""
        if self._place is not None:
            self._place.check()

    def close(self) -> None:
        """Close the connection that is kept."""
        if self._kept is not None:
            self._kept.close()

    def _can_write_here(self) -> bool:
        return self._embedded and self._lanes.are_empty() and monotonic() >= self._here_again

    def _write_here(self, work: Callable[[Connection], T]) -> T:
        """Run a short write on the event loop. Raises `LockedError` before anything is done."""
        if self._closing.is_set():
            raise ShuttingDown
        began = monotonic()
        try:
            with as_service_errors(), self._transaction() as connection:
                return work(connection)
        finally:
            if monotonic() - began > _HERE_SECONDS:
                self._here_again = monotonic() + _PAUSE_SECONDS

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """Begin on the connection that the one SQLite writer keeps, or on one of PostgreSQL's.

        A kept connection goes back after a failure, for the pool to undo whatever is left open.
        """
        if not self._embedded:
            with self._engine.begin() as connection:
                yield connection
            return
        kept = self._kept or self._engine.connect().execution_options(isolation_level=AUTOCOMMIT)
        self._kept = None
        try:
            begin_immediately(kept, self._closing)
            yield kept
            self.check_place()
            kept.dialect.do_commit(kept.connection)
        except BaseException:
            kept.close()
            raise
        self._kept = kept
