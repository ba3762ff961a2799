"""Work that runs on a connection, and can be stopped from outside.

Owns how a statement is interrupted on either engine, and why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from math import inf
from threading import Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from afterlook.errors import ServiceError, TookTooLong

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

MAX_SCAN_SECONDS = 10
"""How long a scan may run: a `$filter`, a count, a sorted page, a query of Work Management."""

_STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock: well below a millisecond."""

_CANCEL_SECONDS = 1.0
_AGAIN = 0.2


class Execution:
    """One piece of work as it runs: it ends after `seconds`, or with the error it is stopped by."""

    def __init__(self, seconds: float | None = None) -> None:
        self.error: ServiceError | None = None
        self._ends = inf if seconds is None else monotonic() + seconds
        self._cancelled = -inf
        self._lock = Lock()
        self._driver: Any = None
        self._embedded = False

    @contextmanager
    def on(self, connection: Connection) -> Iterator[None]:
        """Work on a connection, which belongs to nobody else meanwhile."""
        driver: Any = connection.connection.driver_connection
        self._embedded = connection.dialect.name == "sqlite"
        with self._lock:
            self.check()
            self._driver = driver
        if self._embedded:
            driver.set_progress_handler(self._is_over, _STEPS)
        try:
            yield
        finally:
            with self._lock:
                self._driver = None
            if self._embedded:
                driver.set_progress_handler(None, 0)
            elif self.error is not None:
                # A cancellation that comes late must not meet somebody else's statement.
                connection.invalidate()

    def check(self) -> None:
        """Raise the error with which this was stopped, if it was."""
        if self.error is not None:
            raise self.error

    def limit(self, seconds: float) -> None:
        """Set the deadline anew: so many seconds from now."""
        self._ends = monotonic() + seconds

    def stop(self, error: ServiceError) -> None:
        """Stop the work with an error, as soon as the database looks up. Any thread may call.

        Again and again, if need be: between two statements PostgreSQL has nothing to cancel.
        """
        if self.error is None:
            self.error = error
        if self._driver is None or self._embedded or monotonic() < self._cancelled + _AGAIN:
            return
        self._cancelled = monotonic()
        # It is told on a connection of its own, which may take its time.
        Thread(target=self._cancel, daemon=True).start()

    def _cancel(self) -> None:
        with self._lock, suppress(Exception):
            if self._driver is not None:
                self._driver.cancel_safe(timeout=_CANCEL_SECONDS)

    def _is_over(self) -> bool:
        if self.error is None and monotonic() > self._ends:
            self.error = TookTooLong()
        return self.error is not None
