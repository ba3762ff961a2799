"""The journal: the last exchanges, bounded in number and bytes.

Owns their numbers, which of them is forgotten first, and who hears of new ones.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlook.control.traffic.exchanges import Exchange

MAX_BYTES = 16 * 1024 * 1024

Listener = Callable[["Exchange | None"], object]
"""Is called with each exchange that is over, and with None where all were forgotten."""


class Journal:
    """Keeps the last `most` exchanges, as long as they hold no more than `max_bytes` together."""

    def __init__(self, most: int, max_bytes: int = MAX_BYTES) -> None:
        self.most = most
        self.bytes = 0
        self.forgotten = 0
        self.last = 0
        self._max_bytes = max_bytes
        self._kept: deque[Exchange] = deque()
        self._listeners: set[Listener] = set()

    @property
    def is_on(self) -> bool:
        """Whether anything is kept."""
        return self.most > 0

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[Exchange]:
        """Go through the exchanges, oldest first, as they are now."""
        return iter(tuple(self._kept))

    def add(self, exchange: Exchange) -> None:
        """Keep an exchange that is over, with the parts of a batch behind it."""
        self._append(exchange)
        if exchange.parts:
            for part in exchange.parts:
                part.parent = exchange.id
                self._append(part)
        kept = self._kept
        while len(kept) > self.most or (self.bytes > self._max_bytes and kept):
            self.bytes -= kept.popleft().size
            self.forgotten += 1
        if self._listeners:
            for one in (exchange, *(exchange.parts or ())):
                self._tell(one)

    def _append(self, exchange: Exchange) -> None:
        self.last += 1
        exchange.id = self.last
        self.bytes += exchange.size
        self._kept.append(exchange)

    def find(self, number: int) -> Exchange | None:
        """Return the exchange of a number, if it is still there."""
        if not self._kept:
            return None
        # They are numbered one after another.
        index = number - self._kept[0].id
        return next(islice(self._kept, index, None), None) if index >= 0 else None

    def clear(self) -> int:
        """Forget all exchanges; return how many there were. Their numbers go on."""
        cleared = len(self._kept)
        self._kept.clear()
        self.bytes = 0
        self._tell(None)
        return cleared

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have a listener called; return what ends that."""
        self._listeners.add(listener)
        return lambda: self._listeners.discard(listener)

    def _tell(self, exchange: Exchange | None) -> None:
        for listener in tuple(self._listeners):
            listener(exchange)
