"""Whether a store can work right now.

Owns the one connection that asks a database on the network, apart from those that clients use.
"""

from __future__ import annotations

import asyncio
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING

from afterlook.errors import StoreUnavailable
from afterlook.store import mailboxes
from afterlook.store.failures import as_service_errors
from afterlook.store.sessions import Session

if TYPE_CHECKING:
    from sqlalchemy.engine import Engine

_PROBE_SECONDS = 3


class Prober:
    """Asks a database whether it answers: one question at a time, behind nobody's work."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(1, "store-probe")
        self._probe: Future[None] | None = None

    async def check(self) -> None:
        """Raise `StoreUnavailable` where there is no answer within three seconds."""
        if self._probe is None or self._probe.done():
            self._probe = self._threads.submit(self._ask)
        answer = asyncio.wrap_future(self._probe)
        await asyncio.wait({answer}, timeout=_PROBE_SECONDS)
        if not answer.done():
            late = "the database does not answer in time"
            raise StoreUnavailable from TimeoutError(late)
        answer.result()

    def stop(self) -> None:
        """Ask nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def dispose(self) -> None:
        """Close its connection."""
        self._engine.dispose()

    def _ask(self) -> None:
        with as_service_errors(), self._engine.connect() as connection:
            mailboxes.has_any(Session(connection))
