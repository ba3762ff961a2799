"""Admission of work: few pieces of one mailbox at once, few waiting, the rest refused.

Owns the order within a mailbox, and that no mailbox takes the threads of the others. Must not
know what the work is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Hashable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from afterlook.errors import MailboxBusy, StoreUnavailable

_RETRY_AFTER = {"Retry-After": "1"}


@dataclass(slots=True)
class _Lane:
    running: int = 0
    waiting: deque[asyncio.Future[None]] = field(default_factory=deque)


class Lanes:
    """A lane for each mailbox that has work; used from one event loop at a time.

    `at_once` pieces of a mailbox run, up to `waiting` more wait for at most `seconds`.
    """

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        self._at_once = at_once
        self._waiting = waiting
        self._seconds = seconds
        self._lanes: dict[Hashable, _Lane] = {}

    @asynccontextmanager
    async def turn(self, key: Hashable) -> AsyncIterator[None]:
        """Wait for a turn in a lane, and give it on at the end.

        Raises `MailboxBusy` where too many wait already, `StoreUnavailable` after too long a wait.
        """
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
        if lane.running < self._at_once:
            lane.running += 1
        else:
            await self._wait(key, lane)
        try:
            yield
        finally:
            self._give_on(key, lane)

    async def _wait(self, key: Hashable, lane: _Lane) -> None:
        if len(lane.waiting) >= self._waiting:
            raise MailboxBusy(headers=dict(_RETRY_AFTER))
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        lane.waiting.append(turn)
        try:
            await asyncio.wait_for(asyncio.shield(turn), self._seconds)
        except BaseException as error:
            if not turn.done():
                lane.waiting.remove(turn)
            elif not turn.cancelled():
                # It came in the same moment: the next one has it.
                self._give_on(key, lane)
            if isinstance(error, TimeoutError):
                raise StoreUnavailable(headers=dict(_RETRY_AFTER)) from error
            raise

    def _give_on(self, key: Hashable, lane: _Lane) -> None:
        """Hand a turn to the one who has waited longest, or take it back."""
        if lane.waiting:
            lane.waiting.popleft().set_result(None)
            return
        lane.running -= 1
        if not lane.running:
            self._lanes.pop(key, None)
