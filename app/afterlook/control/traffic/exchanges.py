"""An exchange: what came of one request and what was answered, as it was seen.

Owns what is kept of it. Nothing is rendered, decoded or masked here: that is done when somebody
looks, for there are many exchanges, and few are looked at.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from afterlook.control.traffic.wires import wire_of

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from afterlook.control.traffic.faults.faults import Fired
    from afterlook.errors import ServiceError
    from afterlook.runtime.instants import Instant

HeaderLines = Sequence[tuple[bytes, bytes]]

MAX_BODY = 256 * 1024
"""Bytes that are kept of a body."""

CALL = "afterlook.call"
"""The key of an `Exchange` in the ASGI scope of its request."""

_OVERHEAD = 1024
"""About how many bytes an exchange takes beside what it holds."""


class Body:
    """A body: all its bytes counted, the first of them kept."""

    __slots__ = ("kept", "room", "size")

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.room = MAX_BODY
        self.size = 0

    def add(self, part: bytes) -> None:
        """Take the next part."""
        self.size += len(part)
        if self.room > 0:
            # What is cut off must not be kept in memory by what is not.
            self.kept.append(part if len(part) <= self.room else bytes(part[: self.room]))
            self.room -= len(part)

    @property
    def is_cut(self) -> bool:
        """Whether some of it was not kept."""
        return self.room < 0


class Exchange:
    """One request and its answer.

    `scope` is that of whoever answers, while it does; it has a `refusal` where a fault refuses it.
    """

    __slots__ = (
        "answer",
        "answer_headers",
        "at",
        "fired",
        "id",
        "is_done",
        "mailbox",
        "method",
        "ms",
        "operation",
        "parent",
        "part",
        "parts",
        "path",
        "query",
        "raw_path",
        "real",
        "refusal",
        "request",
        "request_headers",
        "scope",
        "size",
        "status",
    )

    def __init__(self, scope: Scope, at: Instant, real: Instant, path: str) -> None:
        self.id = 0
        self.parent: int | None = None
        self.part: str | None = None
        self.at, self.real, self.ms = at, real, 0.0
        self.method: str = scope["method"]
        self.raw_path: bytes = scope.get("raw_path") or path.encode("utf-8", "replace")
        self.query: bytes = scope["query_string"]
        self.path = path
        self.request_headers: HeaderLines = scope["headers"]
        self.request, self.answer = Body(), Body()
        self.answer_headers: HeaderLines = ()
        self.status: int | None = None
        self.operation: str | None = None
        self.mailbox: str | None = None
        self.fired: Fired | None = None
        self.parts: list[Exchange] | None = None
        self.scope: Scope | None = None
        self.refusal: ServiceError | None = None
        self.is_done = False
        self.size = 0

    def receiving(self, receive: Receive) -> Receive:
        """Return a `receive` whose bodies are kept."""
        body = self.request

        async def receive_and_keep() -> Message:
            message = await receive()
            part = message.get("body")
            if part:
                body.add(part)
            return message

        return receive_and_keep

    def sending(self, send: Send) -> Send:
        """Return a `send` whose answer is kept."""
        body = self.answer

        async def keep_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
                self.answer_headers = message["headers"]
            elif message["type"] == "http.response.body":
                part = message.get("body")
                if part:
                    body.add(part)
            await send(message)

        return keep_and_send

    def watching(self, send: Send) -> Send:
        """Return a `send` whose status is kept, and nothing else."""

        async def look_and_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                self.status = message["status"]
            await send(message)

        return look_and_send

    def end(self, ms: float) -> None:
        """Note that it is over, and how much it holds."""
        self.ms, self.is_done, self.scope = ms, True, None
        size = _OVERHEAD + len(self.raw_path) + len(self.query)
        for name, value in self.request_headers:
            size += len(name) + len(value)
        for name, value in self.answer_headers:
            size += len(name) + len(value)
        size += min(self.request.size, MAX_BODY) + min(self.answer.size, MAX_BODY)
        self.size = size

    @property
    def wire(self) -> str:
        """The wire that its address is of."""
        return wire_of(self.path)

    @property
    def fault_id(self) -> int | None:
        """The number of the fault that it met, if any."""
        return None if self.fired is None else self.fired.id

    def holds(self, text: str) -> bool:
        """Tell whether a text is in its target, headers or bodies, as they are shown."""
        from afterlook.control.traffic.showing import text_of  # noqa: PLC0415 # it shows exchanges

        return text.lower() in text_of(self).lower()


Seen = dict[str, Any]
"""An exchange as it is shown."""
