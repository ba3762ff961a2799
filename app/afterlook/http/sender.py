"""Sending the answer to a request, with what the guards have to say in its headers.

Owns the order of those headers.
"""

from __future__ import annotations

from collections.abc import Awaitable, Generator
from typing import TYPE_CHECKING

from afterlook.http import compression
from afterlook.http.guards import FIRST_REFUSAL, missing_safe

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from afterlook.http.guards import Headers


class _Sent:
    """An awaitable that is done already, which costs less than a coroutine."""

    def __await__(self) -> Generator[None]:
        """Return at once."""
        yield from ()


_SENT = _Sent()


class Sender:
    """The `send` of one request. `added` are headers that follow those of the answer.

    It has begun with the answer's first message, and has sent with the first that went out:
    whether the answer is whole, and so may be compressed, shows with the first part of its body.
    """

    __slots__ = ("_request_headers", "_send", "_start", "added", "has_begun", "has_sent")

    def __init__(
        self, send: Send, request_headers: Headers, added: list[tuple[bytes, bytes]]
    ) -> None:
        self._send = send
        self._request_headers = request_headers
        self._start: Message | None = None
        self.added = added
        self.has_begun = self.has_sent = False

    def __call__(self, message: Message) -> Awaitable[None]:
        """Send a message; the first waits for the second."""
        if message["type"] == "http.response.start":
            self._start = message
            self.has_begun = True
            return _SENT
        start, self._start = self._start, None
        return self._send(message) if start is None else self._send_both(start, message)

    async def _send_both(self, start: Message, message: Message) -> None:
        headers = start["headers"]
        if compression.is_worth_it(headers, message):
            headers, message = await compression.apply(headers, message, self._request_headers)
        start["headers"] = [*headers, *self.added]
        if start["status"] >= FIRST_REFUSAL:
            start["headers"] += missing_safe(start["headers"])
        self.has_sent = True
        await self._send(start)
        await self._send(message)
