"""How much one request may cost.

A request of 2 MB can ask for the same ten thousand objects twenty thousand times.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from afterlook.csom.errors import TooManyResources

MAX_STEPS = 1_000_000
"""Properties asked of objects and operations of expressions, in one request."""

STEPS_PER_OBJECT = 4
"""What an object counts for: each time it is returned in a collection, and each time it is
serialized.

When serialized, the properties that are asked of it by name count besides.
"""

STEPS_PER_CALL = 20
"""What calling a method counts for."""

MAX_STEPS_ON_EVENT_LOOP = 2_000
"""Steps for which one piece of work may hold the event loop: some milliseconds."""


class TooLongForEventLoop(Exception):
    """The work that was begun on the event loop takes too long for it."""


class Budget:
    """The steps of one request."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self._limit = self._left = steps
        self._floor = 0

    @property
    def cost(self) -> int:
        """The steps that were counted so far."""
        return self._limit - self._left

    def charge(self, steps: int) -> None:
        """Count steps. Raises `TooManyResources` beyond the last, and `TooLongForEventLoop`."""
        self._left -= steps
        if self._left < self._floor:
            raise TooManyResources if self._left < 0 else TooLongForEventLoop

    @contextmanager
    def limit_for_event_loop(self) -> Iterator[None]:
        """Within the block, let `charge` raise `TooLongForEventLoop` after a share of steps.

        The share is `MAX_STEPS_ON_EVENT_LOOP`. What was counted until then counts for nothing: the
        caller begins anew on a thread.
        """
        before = self._left
        self._floor = max(0, before - MAX_STEPS_ON_EVENT_LOOP)
        try:
            yield
        except TooLongForEventLoop:
            self._left = before
            raise
        finally:
            self._floor = 0
