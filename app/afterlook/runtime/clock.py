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


class AdjustableClock:
    """A clock that can be stopped and turned, for all who were given it.

    Threads read it while another turns it: its state is replaced in one step.
    """

    def __init__(self, base: Clock | None = None) -> None:
        self._base = base or SystemClock()
        self._frozen: Instant | None = None
        self._offset = 0

    def now(self) -> Instant:
        """Return the present instant: the one it stands at, else real time and the offset."""
        frozen = self._frozen
        return frozen if frozen is not None else Instant(self._base.now() + self._offset)

    @property
    def real(self) -> Instant:
        """The machine's present instant."""
        return self._base.now()

    @property
    def is_frozen(self) -> bool:
        """Whether it stands still."""
        return self._frozen is not None

    @property
    def is_real(self) -> bool:
        """Whether it goes by the machine's time."""
        return self._frozen is None and not self._offset

    def freeze(self, at: Instant) -> None:
        """Stand at an instant."""
        self._frozen = at

    def set(self, to: Instant) -> None:
        """Stand at an instant, if it stands; else go on from there."""
        if self._frozen is not None:
            self._frozen = to
        else:
            self._offset = to - self._base.now()

    def reset(self) -> None:
        """Go by the machine's time again."""
        self._offset = 0
        self._frozen = None
