"""Connections: how long a client may take.

Owns the bounds in time on what has no request yet, or whose answer nobody reads; those in bytes
stand in `connection_bounds.py`. Time is counted by a tick for each connection, in seconds of
silence; a request costs no timer.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from typing import ClassVar, NamedTuple

from afterlook.http.connection_bounds import BoundedConnection


class Timeout(NamedTuple):
    """How many seconds something may take; of a stream, for each `min_bytes` of it."""

    seconds: int
    min_bytes: int = 0


class Connection(BoundedConnection):
    """A connection that is bounded in bytes and in time."""

    TICK: ClassVar[float] = 1
    TIMEOUTS: ClassVar[dict[str, Timeout]] = {
        "head": Timeout(10),
        # Longer than the idle connections that clients' pools keep, so that none is closed under a
        # request.
        "idle": Timeout(75),
        "body": Timeout(20, 8 * 1024),
        "rest": Timeout(10),
        "answer": Timeout(30, 8 * 1024),
        "refusal": Timeout(1),
        "end": Timeout(2),
    }

    _resumed = 0
    _timer: asyncio.TimerHandle | None = None
    _waiting_for: tuple[str, int] = ("", 0)
    _waited = 0
    _progress = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, and begin to count time."""
        super().connection_made(transport)
        self._timer = self.loop.call_later(self.TICK, self._tick)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        if self._timer is not None:
            self._timer.cancel()
        super().connection_lost(exc)

    def resume_writing(self) -> None:
        """Note that the client has read some."""
        self._resumed += 1
        super().resume_writing()

    def _tick(self) -> None:
        """See whether what is waited for has come."""
        self._timer = self.loop.call_later(self.TICK, self._tick)
        waiting_for, progress = self._state()
        timeout = self.TIMEOUTS.get(waiting_for[0])
        is_new = waiting_for != self._waiting_for
        if timeout is None or is_new or _is_more(progress - self._progress, timeout):
            self._waiting_for, self._progress, self._waited = waiting_for, progress, 0
            return
        # What was added to an answer meanwhile is nothing that the client has to make up for.
        self._progress = min(self._progress, progress)
        self._waited += 1
        if self._waited * self.TICK >= timeout.seconds:
            self._expire(waiting_for[0])

    def _state(self) -> tuple[tuple[str, int], int]:
        """Return what is waited for, for which request, and how much of it came by now."""
        unsent = self.transport.get_write_buffer_size()
        if unsent:
            return ("answer", self._begun + self._resumed), -unsent
        if self._has_ended or self.transport.is_closing():
            return ("end", 0), 0
        if self._is_reading and not self.flow.read_paused:
            return ("body", self._begun), self._received
        if self._is_busy:
            return ("application", self._begun), 0
        if self._error is not None:
            return ("refusal", 0), 0
        if not self._in_head:
            return ("rest", self._begun), 0
        if not self._begun or self._has_begun or self._fed:
            return ("head", self._begun), 0
        return ("idle", self._begun), 0

    def _expire(self, waited_for: str) -> None:
        if waited_for in ("answer", "end"):
            self.transport.abort()
        elif self._error is not None:
            self._refuse(self._error)
        elif waited_for == "body" or (self._received > 0 and waited_for == "head"):
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.close()


def _is_more(came: int, timeout: Timeout) -> bool:
    return bool(timeout.min_bytes) and came >= timeout.min_bytes
