"""The feed of the console: exchanges as they come, the clock and the faults as they change.

Owns server-sent events (WHATWG HTML §9.2), and that who does not read loses events, not others
their memory.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING

import orjson
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from afterlook.control.errors import Conflict, ControlError, InvalidParameter
from afterlook.control.handlers import clock, faults
from afterlook.control.operation import API, Parameters, Result
from afterlook.control.refusals import refuse
from afterlook.control.traffic.exchange_views import summarise
from afterlook.control.traffic.queries import read_query
from afterlook.http.connection_bounds import ENDLESS

if TYPE_CHECKING:
    from afterlook.control.access import Access
    from afterlook.control.emulator import Emulator
    from afterlook.control.traffic.exchanges import Exchange
    from afterlook.control.traffic.queries import Query

MAX_CLIENTS = 16
MAX_WAITING = 256
"""Events that wait for one client."""

_LOOK_SECONDS = 0.5
"""How often it is seen whether clock or faults have changed."""

_GATHER_SECONDS = 0.05
"""How long events are gathered: however many there are, they are sent so often at most."""

_MAX_SILENT_LOOKS = 30
"""Looks after which something is sent, so that a client that has gone is noticed."""

_MINUTE = 60 * 10_000_000
_HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Events:
    """Streams what happens to whoever listens."""

    def __init__(self, emulator: Emulator, access: Access) -> None:
        self._emulator = emulator
        self._access = access
        self._clients = 0
        self.route = Route(f"{API}/events", self._answer, methods=["GET"])

    async def _answer(self, request: Request) -> Response:
        try:
            self._access.check(request)
            if self._emulator.processes > 1:
                message = "each process has a journal of its own; start with --workers 1"
                raise Conflict(message)
            query, after = _read(request)
            if self._clients >= MAX_CLIENTS:
                message = f"{MAX_CLIENTS} clients listen already"
                raise Conflict(message)
        except ControlError as error:
            return refuse(error.status, error.code, str(error))
        request.scope.setdefault("extensions", {})[ENDLESS] = True
        return StreamingResponse(
            self._stream(query, after), media_type="text/event-stream", headers=_HEADERS
        )

    async def _stream(self, query: Query, after: int | None) -> AsyncIterator[bytes]:
        self._clients += 1
        waiting = Waiting()
        stop = self._emulator.journal.listen(waiting.put)
        try:
            shown = await self._state()
            yield _event("state", shown)
            if after is not None:
                for exchange in self._emulator.journal:
                    if exchange.id > after:
                        waiting.put(exchange)
            silent = 0
            while True:
                events = [event async for event in self._take(waiting, query)]
                state = await self._state()
                if _lasting(state) != _lasting(shown):
                    shown = state
                    events.append(_event("state", state))
                silent = 0 if events else silent + 1
                if silent >= _MAX_SILENT_LOOKS:
                    silent = 0
                    events.append(b": nothing new\n\n")
                for event in events:
                    yield event
                await waiting.come()
        finally:
            stop()
            self._clients -= 1

    async def _take(self, waiting: Waiting, query: Query) -> AsyncIterator[bytes]:
        now = self._emulator.clock.now()
        for exchange in waiting.take():
            if exchange is None:
                yield _event("cleared", {"last": self._emulator.journal.last})
            elif query.matches(exchange, now):
                yield _event("exchange", summarise(exchange), exchange.id)
        if waiting.dropped:
            dropped, waiting.dropped = waiting.dropped, 0
            yield _event("dropped", {"count": dropped})

    async def _state(self) -> Result:
        emulator, nothing = self._emulator, Parameters()
        since = emulator.clock.real - _MINUTE
        recent = 0
        for exchange in reversed(tuple(emulator.journal)):
            if exchange.real < since:
                break
            recent += 1
        return {
            "clock": await clock.show(emulator, nothing),
            "faults": (await faults.list_(emulator, nothing))["faults"],
            "last": emulator.journal.last,
            "per_minute": recent,
        }


class Waiting:
    """Exchanges that wait to be sent to one client."""

    def __init__(self) -> None:
        self._queue: deque[Exchange | None] = deque()
        self._come = asyncio.Event()
        self.dropped = 0

    def put(self, exchange: Exchange | None) -> None:
        """Take an exchange, or that all were forgotten; too many are only counted."""
        if len(self._queue) >= MAX_WAITING:
            self.dropped += 1
            return
        self._queue.append(exchange)
        self._come.set()

    def take(self) -> list[Exchange | None]:
        """Return all that wait."""
        taken = list(self._queue)
        self._queue.clear()
        self._come.clear()
        return taken

    async def come(self) -> None:
        """Wait until something is there, or it is time to look at what else there is."""
        await asyncio.sleep(_GATHER_SECONDS)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._come.wait(), _LOOK_SECONDS)


def _lasting(state: Result) -> Result:
    """Return what a state is known by: a clock that goes is the same one as before."""
    clock_ = state["clock"]
    is_frozen = clock_["state"] == "frozen"
    return {
        "clock": clock_["now"] if is_frozen else clock_["state"],
        "faults": state["faults"],
        "per_minute": state["per_minute"],
    }


def _event(name: str, data: Result, id_: int | None = None) -> bytes:
    line = b"" if id_ is None else b"id: %d\n" % id_
    return (
        b"event: " + name.encode("ascii") + b"\n" + line + b"data: " + orjson.dumps(data) + b"\n\n"
    )


def _read(request: Request) -> tuple[Query, int | None]:
    given = request.query_params
    unknown = [name for name in given if name not in ("query", "after")]
    if unknown:
        message = f"{unknown[0][:64]}: there is no such parameter"
        raise InvalidParameter(message)
    text = given.get("query", "")
    after = given.get("after", request.headers.get("last-event-id"))
    try:
        number = None if after is None else int(after) if after.isascii() else -1
        if len(text) > 1024 or (number is not None and number < 0):  # noqa: PLR2004
            message = "after is the number of an exchange, and a query has up to 1024 characters"
            raise InvalidParameter(message)
        return read_query(text), number
    except ValueError as error:
        raise InvalidParameter(f"query or after: {error}"[:400]) from error
