"""The gate: lets requests pass, and shuts while the state of all mailboxes is replaced.

Owns that a request is answered by the state before or by the state after, not by both. One that
takes too long is not waited for: what it still writes is refused by the store.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

SECONDS = 2.0
"""How long the requests that are under way are waited for."""


class Gate:
    """Counts the requests under way; used from one event loop."""

    def __init__(self) -> None:
        self.is_shut = False
        self.under_way = 0
        self._opened = asyncio.Event()
        self._emptied = asyncio.Event()
        self._turn = asyncio.Lock()

    def enter(self) -> None:
        """Pass the gate, which must be open; whoever has passed leaves."""
        self.under_way += 1

    async def wait(self) -> None:
        """Wait until the gate is open."""
        while self.is_shut:
            await self._opened.wait()

    def leave(self) -> None:
        """Tell that a request that has passed is over."""
        self.under_way -= 1
        if self.is_shut and not self.under_way:
            self._emptied.set()

    @asynccontextmanager
    async def shut(self, seconds: float = SECONDS) -> AsyncIterator[None]:
        """Let nobody in, and wait for those that are, but no longer than `seconds`."""
        async with self._turn:
            self._opened.clear()
            self._emptied.clear()
            self.is_shut = True
            try:
                if self.under_way:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(self._emptied.wait(), seconds)
                yield
            finally:
                self.is_shut = False
                self._opened.set()
