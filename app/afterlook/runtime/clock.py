"""The clock: the only place that asks the machine what time it is."""

from __future__ import annotations

import time
from typing import Protocol

from afterlook.runtime.instants import UNIX_EPOCH_TICKS, Instant


class Clock(Protocol):
    """Tells what time it is, for whoever was given it."""

    def now(self) -> Instant:
        """Return the present instant."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> Instant:
        """Return the present instant, to 100 ns."""
        return Instant(UNIX_EPOCH_TICKS + time.time_ns() // 100)


class FrozenClock:
    """A clock that stands at `instant` until it is set."""

    def __init__(self, instant: Instant) -> None:
        self.instant = instant

    def now(self) -> Instant:
        """Return the instant it stands at."""
        return self.instant
