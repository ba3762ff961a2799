"""Admission of work: few pieces of one mailbox at once, few waiting, the rest refused.

Owns the order within a mailbox, and that no mailbox takes the threads of the others. Must not
know what the work is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Hashable
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

    def are_empty(self) -> bool:
        """Tell whether nothing runs and nobody waits."""
        return not self._lanes

    def count_waiting(self) -> int:
        """Return how many pieces of work wait for their turn."""
        return sum(len(lane.waiting) for lane in tuple(self._lanes.values()))

    async def enter(self, key: Hashable) -> None:
        """Wait for a turn in a lane; whoever has had it leaves.

        Raises `MailboxBusy` where too many wait already, `StoreUnavailable` after too long a wait.
        """
        lane = self._lanes.get(key)
        if lane is None:
            lane = self._lanes[key] = _Lane()
        if lane.running < self._at_once:
            lane.running += 1
        else:
            await self._wait(key, lane)

    async def _wait(self, key: Hashable, lane: _Lane) -> None:
        if len(lane.waiting) >= self._waiting:
            raise MailboxBusy(headers=dict(_RETRY_AFTER))
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[None] = loop.create_future()
        lane.waiting.append(turn)
        # A timer and a bare future: `asyncio.wait_for` costs as much as a short write.
        timer = loop.call_later(self._seconds, _give_up, lane, turn)
        try:
            await turn
        except BaseException:
            if turn in lane.waiting:
                lane.waiting.remove(turn)
            elif not turn.cancelled() and turn.exception() is None:
                # It came in the same moment: the next one has it.
                self.leave(key)
            raise
        finally:
            timer.cancel()

    def leave(self, key: Hashable) -> None:
        """Hand a turn to the one who has waited longest, or take it back."""
        lane = self._lanes[key]
        while lane.waiting:
            turn = lane.waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return
        lane.running -= 1
        if not lane.running:
            del self._lanes[key]


def _give_up(lane: _Lane, turn: asyncio.Future[None]) -> None:
    """Let whoever has waited too long for a turn hear it."""
    if not turn.done():
        lane.waiting.remove(turn)
        turn.set_exception(StoreUnavailable(headers=dict(_RETRY_AFTER)))
