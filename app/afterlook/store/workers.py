"""The threads that work on a store, and what runs on them.

Owns how many there are for what, and that everything on them can be stopped at once.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from afterlook.errors import ShuttingDown
from afterlook.store.engines import READERS, SCANNERS, WRITERS
from afterlook.store.execution import Execution
from afterlook.store.failures import as_service_errors

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_CLOSE_SECONDS = 1.0


class Workers:
    """Pools of threads, apart from each other: no reader waits for a writer or for a scan.

    `closing` is set by whoever ends the store; nothing begins after it.
    """

    def __init__(self, *, embedded: bool, closing: Event) -> None:
        self.scanners = ThreadPoolExecutor(SCANNERS, "store-scan")
        self.readers = ThreadPoolExecutor(READERS, "store-read")
        # SQLite has one writer at a time: queueing here is fair, waiting for its lock is not.
        self.writers = ThreadPoolExecutor(1 if embedded else WRITERS, "store-write")
        self._closing = closing
        self._running: set[Execution] = set()

    async def run(
        self, threads: ThreadPoolExecutor, work: Callable[[], T], execution: Execution
    ) -> T:
        """Run work on a thread, where it can be stopped."""
        if self._closing.is_set():
            raise ShuttingDown
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(threads, self._run_known, work, execution)

    def submit(self, threads: ThreadPoolExecutor, work: Callable[[], object]) -> None:
        """Run work on a thread without waiting for it; only `close` waits."""
        if not self._closing.is_set():
            threads.submit(self._run_known, work, Execution())

    def _run_known(self, work: Callable[[], T], execution: Execution) -> T:
        self._running.add(execution)
        try:
            execution.check()
            with as_service_errors(execution):
                return work()
        finally:
            self._running.discard(execution)

    def interrupt(self) -> None:
        """Stop what runs: whoever waits for it is answered with a 503."""
        self._closing.set()
        for execution in list(self._running):
            execution.stop(ShuttingDown())

    def close(self) -> bool:
        """Stop what still runs; return whether all of it could be stopped in time."""
        for threads in (self.scanners, self.readers, self.writers):
            threads.shutdown(wait=False, cancel_futures=True)
        ends = monotonic() + _CLOSE_SECONDS
        while self._running and monotonic() < ends:
            self.interrupt()
            sleep(0.01)
        self._closing.set()
        return not self._running
