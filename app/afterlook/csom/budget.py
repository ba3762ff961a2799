"""How much one request may cost.

A request of 2 MB can ask for the same ten thousand objects twenty thousand times. Must not know
what the steps are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from afterlook.csom.errors import TooManyResources

MAX_STEPS = 1_000_000
"""Properties asked of objects and operations of expressions, in one request."""

STEPS_PER_OBJECT = 4
"""What an object counts for, each time it is returned in a collection and each time it is shown.

When shown, the properties that are asked of it by name count besides.
"""

STEPS_PER_CALL = 20
"""What calling a method counts for."""


STEPS_AT_ONE_GO = 2_000
"""Steps for which the event loop can be held: some milliseconds."""


class TooLongHere(Exception):
    """What was begun on the event loop takes too long for it."""


class Budget:
    """The steps of one request."""

    def __init__(self, steps: int = MAX_STEPS) -> None:
        self._most = self._left = steps
        self._least = 0

    @property
    def spent(self) -> int:
        """The steps that were counted."""
        return self._most - self._left

    def spend(self, steps: int) -> None:
        """Count steps. Raises `TooManyResources` beyond the last, and `TooLongHere`."""
        self._left -= steps
        if self._left < self._least:
            raise TooManyResources if self._left < 0 else TooLongHere

    @contextmanager
    def briefly(self) -> Iterator[None]:
        """Within the block, let `spend` raise `TooLongHere` after `STEPS_AT_ONE_GO`.

        What was counted until then counts for nothing: it is begun anew elsewhere.
        """
        before = self._left
        self._least = max(0, before - STEPS_AT_ONE_GO)
        try:
            yield
        except TooLongHere:
            self._left = before
            raise
        finally:
            self._least = 0
