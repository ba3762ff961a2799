"""The service's rate limit: so many requests in a window of time, counted for each caller.

Owns the counting, and what every answer tells of it (docs/reference/outlook.md §2.4). Must
not know who calls: it is handed an `AccountOf`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from afterlook.errors import ApplicationThrottled, ServiceError
from afterlook.http.paths import is_below_api_root, is_below_graph
from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_SECOND, Instant, to_datetime

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender
    from afterlook.runtime.clock import Clock

Account = tuple[Hashable, ...]
"""Whom requests are counted for: the mailbox, where there is one yet, and the app."""

AccountOf = Callable[[str | None], Awaitable[Account]]
"""From an Authorization header to whom its request is counted for; raises a `ServiceError`."""

MAX_CALLERS = 16 * 1024
"""Windows kept at a time; beyond that the oldest is forgotten, in its caller's favour."""

MAX_APPS = 8
"""How many times the limit of an app all apps together may call one mailbox: a token that nobody
verifies can name a new app each time."""

_NEWCOMERS: Account = ()
_TICKS_PER_MILLISECOND = TICKS_PER_SECOND // 1000


@dataclass(slots=True)
class Window:
    """A caller's window: from `begun` up to `ends`, with `left` of its limit."""

    begun: int
    ends: int
    left: int

    def is_on(self, now: Instant) -> bool:
        """Tell whether the window is on; for a clock that was set back it is not."""
        return self.begun <= now < self.ends

    def seconds_left(self, now: Instant) -> int:
        """Return the whole seconds after which it is over."""
        return -((now - self.ends) // TICKS_PER_SECOND)

    def write_reset(self) -> str:
        """Return when it is over, as ISO 8601 in UTC to the millisecond."""
        moment = to_datetime(Instant(min(self.ends, LAST_INSTANT)))
        return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Windows:
    """The windows of all callers: each begins with a request and lasts for `seconds`.

    Nothing here waits, so that the requests of one event loop are counted one after another.
    """

    def __init__(self, limit: int, seconds: int, clock: Clock) -> None:
        self.limit = limit
        self.seconds = seconds
        self._clock = clock
        # In the order in which they began, which is that in which they end.
        self._windows: dict[Account, Window] = {}

    def take(self, caller: Account) -> tuple[Window, int]:
        """Count a request; return its window, and the seconds to wait if nothing was left of it."""
        now = self._clock.now()
        window = self._windows.get(caller)
        if window is None or not window.is_on(now):
            window = self._open_window(caller, now)
        if not window.left:
            return window, window.seconds_left(now)
        window.left -= 1
        return window, 0

    def throttling_error(self, wait: int) -> ApplicationThrottled:
        """Return the error for a request beyond the limit."""
        error = ApplicationThrottled(limit=self.limit, seconds=self.seconds)
        error.headers = {"Retry-After": str(wait), "Rate-Limit-Reason": error.message}
        return error

    def scale(self, factor: int) -> Windows:
        """Return windows of so many times the limit."""
        return Windows(self.limit * factor, self.seconds, self._clock)

    def forget(self, mailbox: Hashable | None = None) -> None:
        """Count anew: for all, or for whoever calls one mailbox."""
        for caller in tuple(self._windows):
            if mailbox is None or caller[:1] == (mailbox,):
                del self._windows[caller]

    def _open_window(self, caller: Account, now: Instant) -> Window:
        self._windows.pop(caller, None)
        while self._windows:
            oldest = next(iter(self._windows))
            if len(self._windows) < MAX_CALLERS and self._windows[oldest].is_on(now):
                break
            del self._windows[oldest]
        # Whole milliseconds, so that the end is told as it is.
        begun = now - now % _TICKS_PER_MILLISECOND
        ends = begun + self.seconds * TICKS_PER_SECOND
        window = self._windows[caller] = Window(begun, ends, self.limit)
        return window


class RateLimit:
    """Counts requests to the Outlook service and to Graph, together; refuses those too many.

    Whoever cannot be told is not counted, and hears why further in.
    """

    def __init__(self, windows: Windows, account_of: AccountOf) -> None:
        self._windows = windows
        self._account_of = account_of
        self._of_mailboxes = windows.scale(MAX_APPS)
        self._of_newcomers = windows.scale(1)

    def admit_newcomer(self) -> None:
        """Count a new mailbox. All are one caller, else each token would be one of its own.

        Raises `ApplicationThrottled`.
        """
        _, wait = self._of_newcomers.take(_NEWCOMERS)
        if wait:
            raise self._windows.throttling_error(wait)

    def forget(self, mailbox: Hashable | None = None) -> None:
        """Count anew: for all, or for whoever calls one mailbox."""
        for windows in (self._windows, self._of_mailboxes, self._of_newcomers):
            windows.forget(mailbox)

    async def count(self, scope: Scope, sender: Sender) -> None:
        """Count a request, adding to its answer what is left. Raises `ApplicationThrottled`."""
        if not (is_below_api_root(scope) or is_below_graph(scope)):
            return
        authorization = [value for name, value in scope["headers"] if name == b"authorization"]
        try:
            caller = await self._account_of(
                b", ".join(authorization).decode("latin-1") if authorization else None
            )
        except ServiceError:
            return
        window, wait = self._windows.take(caller)
        if not wait:
            mailbox, apps = self._of_mailboxes.take(caller[:1])
            if apps:
                window, wait = Window(mailbox.begun, mailbox.ends, 0), apps
        sender.added = [*_rate_headers(self._windows.limit, window), *sender.added]
        if wait:
            raise self._windows.throttling_error(wait)


def _rate_headers(limit: int, window: Window) -> list[tuple[bytes, bytes]]:
    return [
        (b"rate-limit-limit", str(limit).encode("ascii")),
        (b"rate-limit-remaining", str(window.left).encode("ascii")),
        (b"rate-limit-reset", window.write_reset().encode("ascii")),
    ]
