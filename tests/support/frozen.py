"""A service whose clock stands still."""

from dataclasses import dataclass
from datetime import datetime

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant, from_datetime
from tests.support.wire import Mailbox, Wire


@dataclass
class Frozen:
    """A running service whose clock stands still, and a mailbox on it."""

    wire: Wire
    clock: FrozenClock
    me: Mailbox

    def at(self, stamp: str) -> None:
        """Set the clock, to a UTC stamp of up to 7 digits."""
        self.clock.instant = instant(stamp)


def instant(stamp: str) -> Instant:
    """Read a UTC stamp as the samples write it."""
    seconds, _, fraction = stamp.removesuffix("Z").partition(".")
    ticks = int(fraction.ljust(7, "0"))
    return Instant(from_datetime(datetime.fromisoformat(f"{seconds}+00:00")) + ticks)
