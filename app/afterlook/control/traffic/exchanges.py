"""An exchange: what came of one request and what was answered, as it was seen.

Owns what is kept of it. Nothing is rendered, decoded or masked here: that is done when somebody
looks, for there are many exchanges, and few are looked at.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

from afterlook.control.traffic.wire_names import name_wire
from afterlook.runtime.upload_urls import mask_session_id

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from afterlook.control.traffic.faults.faults import Fired
    from afterlook.errors import ServiceError
    from afterlook.runtime.instants import Instant

HeaderLines = Sequence[tuple[bytes, bytes]]

MAX_BODY = 256 * 1024
"""Bytes that are kept of a body."""

_REFUSED = 400
_REST_SECONDS = 0.2
"""How long an answer waits for a body that was refused before it was read."""

CALL = "afterlook.call"
"""The key of an `Exchange` in the ASGI scope of its request."""

_CALLED = re.compile(rb'<(?:Method|StaticMethod)\b[^<>]*?\bName="([A-Za-z]{1,64})"')
_MAX_CALLED = 256

_OVERHEAD, _OF_LINE = 1024, 128
"""About how many bytes an exchange, and each line of its headers, takes beside what it holds."""


class Body:
    """A body: all its bytes counted, the first `MAX_BODY` of them kept."""

    __slots__ = ("kept", "size")

    def __init__(self) -> None:
        self.kept: bytes | bytearray = b""
        self.size = 0

    def add(self, part: bytes) -> None:
        """Take the next part."""
        room = MAX_BODY - len(self.kept)
        self.size += len(part)
        if room <= 0:
            return
        some = part if len(part) <= room else part[:room]
        if not self.kept:
            self.kept = some
            return
        if isinstance(self.kept, bytes):
            # Parts of one byte each would take many times as much, kept one by one.
            self.kept = bytearray(self.kept)
        self.kept += some

    @property
    def is_cut(self) -> bool:
        """Whether some of it was not kept."""
        return self.size > len(self.kept)


_NOTHING = Body()
"""The body of a message that has none; nobody adds to it."""


class Exchange:
    """One request and its answer.

    `scope` is that of whoever answers, while it does; it has a `refusal` where a fault refuses it.
    """

    # Class attributes, not slots: most stay as they are here, and are not written each time.
    id = 0
    parent: int | None = None
    part: str | None = None
    parts: list[Exchange] | None = None
    """Of a batch: the requests in it."""

    request = _NOTHING
    answer = _NOTHING
    answer_headers: HeaderLines = ()
    status: int | None = None
    operation: str | None = None
    mailbox: str | None = None
    fired: Fired | None = None
    refusal: ServiceError | None = None
    scope: Scope | None = None
    _unread: Receive | None = None
    """Where the rest of its body comes from, while there is some."""

    is_done = False
    ms = 0.0
    size = 0

    def __init__(self, scope: Scope, at: Instant, real: Instant, path: str) -> None:
        self.at, self.real = at, real
        self.path = path
        self.method: str = scope["method"]
        self.raw_path: bytes = scope.get("raw_path") or path.encode("utf-8", "replace")
        self.query: bytes = scope["query_string"]
        self.request_headers: HeaderLines = scope["headers"]

    def wrap_receive(self, receive: Receive) -> Receive:
        """Return a `receive` whose bodies are kept."""
        body = self.request = Body()

        async def receive_and_keep() -> Message:
            message = await receive()
            part = message.get("body")
            if part:
                body.add(part)
            if not message.get("more_body"):
                self._unread = None
            return message

        # Who expects a 100 has sent nothing yet, and may be spared to.
        if all(name != b"expect" for name, _ in self.request_headers):
            self._unread = receive_and_keep
        return receive_and_keep

    def wrap_send(self, send: Send, *, keeps: bool) -> Send:
        """Return a `send` whose status is seen, and whose answer is kept, if it `keeps` any."""

        # It has the messages sent, and so needs no turn of its own.
        def keep_and_send(message: Message) -> Awaitable[None]:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                if keeps:
                    self.answer_headers = message["headers"]
                if self._unread is not None and message["status"] >= _REFUSED:
                    return self._read_rest_and_send(send, message)
            elif keeps and (part := message.get("body")):
                if self.answer is _NOTHING:
                    self.answer = Body()
                self.answer.add(part)
            return send(message)

        return keep_and_send

    async def _read_rest_and_send(self, send: Send, message: Message) -> None:
        """Keep the body that was refused unread, as far as it comes at once; then answer."""
        receive = self._unread
        with suppress(TimeoutError):
            async with asyncio.timeout(_REST_SECONDS):
                while receive is not None and not self.request.is_cut:
                    receive = receive if (await receive()).get("more_body") else None
        self._unread = None
        await send(message)

    def end(self, ms: float) -> None:
        """Note that it is over, and how much it holds."""
        self._unread = None
        self.ms, self.is_done = ms, True
        lines = [*self.request_headers, *self.answer_headers]
        self.size = (
            _OVERHEAD
            + _OF_LINE * len(lines)
            + len(self.raw_path)
            + len(self.query)
            + sum(map(len, chain.from_iterable(lines)))
            + len(self.request.kept)
            + len(self.answer.kept)
        )

    def add_bodies(self, request: bytes, answer: bytes) -> None:
        """Keep bodies that are there whole."""
        self.request, self.answer = Body(), Body()
        self.request.add(request)
        self.answer.add(answer)

    @property
    def shown_path(self) -> str:
        """Its path, without what would let somebody upload."""
        return mask_session_id(self.path)

    @property
    def wire(self) -> str:
        """The wire that its address is of."""
        return name_wire(self.path)

    @property
    def called(self) -> str | None:
        """What was called: the methods of CSOM, else the template of the route."""
        if self.wire == "csom" and self.request.kept:
            names = _CALLED.findall(self.request.kept)
            if names:
                return ", ".join(name.decode("ascii") for name in dict.fromkeys(names))[
                    :_MAX_CALLED
                ]
        return self.operation

    @property
    def fault_id(self) -> int | None:
        """The number of the fault that it met, if any."""
        return None if self.fired is None else self.fired.id

    def holds(self, text: str) -> bool:
        """Tell whether a text is in its target, headers or bodies, as they are shown."""
        from afterlook.control.traffic.exchange_views import text_of  # noqa: PLC0415 # it shows exchanges

        return text.lower() in text_of(self).lower()


Seen = dict[str, Any]
"""An exchange as it is shown."""
