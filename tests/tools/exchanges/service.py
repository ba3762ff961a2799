"""The server within this process, with nothing left to chance.

Requests reach the application as a server hands them over, to the byte: no client library alters
a header. The clock stands still, and moves on by a second before each exchange; identifiers are
derived from the number of the exchange and how many were drawn within it, so that one more of
them alters nothing after.
"""

import asyncio
from typing import Any
from urllib.parse import quote, unquote, urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

from afterlook import main, settings
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, UNIX_EPOCH_TICKS, Instant
from afterlook.seeds import files as seeds
from afterlook.store.upkeep import purge_tombstones
from afterlook.workmanagement.runner import Runner
from tests.support.wire import Engine
from tests.tools.exchanges.references import Answer
from tests.tools.exchanges.script import Headers

_START = Instant(UNIX_EPOCH_TICKS + 1_790_000_000 * TICKS_PER_SECOND + 1_234_567)
_SAFE = "".join(map(chr, range(0x21, 0x7F)))
_TOOK = b"spclientservicerequestduration"
"""The one header that says how long something took."""


class NumberedIds:
    """Identifiers by the number of the exchange."""

    def __init__(self) -> None:
        self.exchange = 0
        self._drawn = 0

    def begin(self, exchange: int) -> None:
        """Begin an exchange."""
        self.exchange, self._drawn = exchange, 0

    def guid(self) -> UUID:
        """Return the next identifier."""
        self._drawn += 1
        made = uuid5(NAMESPACE_URL, f"exchange {self.exchange} {self._drawn}")
        return UUID(int=made.int & ~(0xF << 76) | 4 << 76)  # of version 4, as random ones


class Service:
    """An application on a database of its own."""

    def __init__(self, database: str, engine: Engine, flags: dict[str, Any]) -> None:
        self.engine = engine
        self._clock, self._ids = FrozenClock(_START), NumberedIds()
        flags = {"seed": "empty", "durability": "normal", **flags}
        self._settings = settings.load(database=database, **flags)
        self._store = main.open_store(self._settings, self._clock, self._ids)
        seeds.load(self._store, seeds.read(self._settings.seed))
        self._app = main.create_app(self._settings, self._store, self._ids)

    def close(self) -> None:
        """Close the database."""
        self._store.close()

    def advance(self, seconds: float) -> None:
        """Put the clock forward."""
        self._clock.instant = Instant(self._clock.instant + int(seconds * TICKS_PER_SECOND))

    async def keep_up(self) -> None:
        """Do the upkeep of the change log."""
        await purge_tombstones(self._store, self._settings.horizon)

    async def run_jobs(self) -> None:
        """Run the background jobs."""
        await Runner(self._store, "recorder").run_due()

    async def answer(
        self, number: int, method: str, target: str, headers: Headers, body: bytes
    ) -> Answer:
        """Answer a request, the scene's `number`."""
        self._ids.begin(number)
        self.advance(1)
        parts = urlsplit(quote(target, safe=_SAFE))
        raw = [(name.lower().encode(), value.encode("utf-8")) for name, value in headers]
        if body and not any(name == b"content-length" for name, _ in raw):
            raw.append((b"content-length", str(len(body)).encode()))
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": unquote(parts.path),
            "raw_path": parts.path.encode(),
            "query_string": parts.query.encode(),
            "root_path": "",
            "headers": raw,
            "client": ("127.0.0.1", 50000),
            "server": ("127.0.0.1", 8025),
            "state": {},
        }
        return await _exchange(self._app, scope, body)


async def _exchange(app: Any, scope: dict[str, Any], body: bytes) -> Answer:
    messages: list[dict[str, Any]] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> dict[str, Any]:
        if waiting:
            return waiting.pop()
        await asyncio.Event().wait()  # the client stays
        raise AssertionError

    async def send(message: Any) -> None:
        messages.append(message)

    try:
        await app(scope, receive, send)
    except Exception:
        # A defect is answered first, and then raised for the server's log.
        if not messages:
            raise
    start, *rest = messages
    return Answer(
        start["status"],
        [
            (name.decode("latin-1"), _settle(name.lower(), value.decode("latin-1")))
            for name, value in start["headers"]
        ],
        b"".join(message.get("body", b"") for message in rest),
    )


def _settle(name: bytes, value: str) -> str:
    """Return a header's value without what differs from process to process."""
    if name == _TOOK:
        return "…"
    return value
