"""Answers that come damaged: spoilt, short, slowly, or not to their end.

Owns what is done to an answer while it is sent; nothing of it is gathered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from afterlook.control.traffic.faults.plans import MAX_SECONDS

if TYPE_CHECKING:
    from starlette.types import Message, Send

    from afterlook.control.traffic.clients import Client
    from afterlook.control.traffic.exchanges import HeaderLines
    from afterlook.control.traffic.faults.plans import Plan

End = Callable[[bool], object]

_SPOILT = b",,"
"""What no parser of JSON, nor of XML or HTML, takes behind the first character of a document."""

_LENGTH = b"content-length"
_PACE_SECONDS = 0.1
_KERNEL_SECONDS = 0.02
"""How long the system may take to send what a reset would throw away."""


class FaultySend:
    """The `send` of one call, carrying out what its plan says of the answer."""

    def __init__(self, send: Send, plan: Plan, client: Client, end: End | None) -> None:
        self._send, self._plan, self._client, self._end = send, plan, client, end
        self._is_spoilt = not plan.is_malformed
        self._left: int | None = None
        self._slept = 0.0
        self.has_ended = False

    async def __call__(self, message: Message) -> None:
        """Send a message, or what is left of it."""
        if self.has_ended:
            return
        if message["type"] == "http.response.start":
            await self._send({**message, "headers": self._begin(message["headers"])})
            if self._plan.ends == "head":
                await self.end()
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if not self._is_spoilt and body:
            body, self._is_spoilt = body[:1] + _SPOILT + body[1:], True
        if self._left is None and body and self._is_cut:
            # It does not say how long it is: the first part stands for all of it.
            self._left = self._share(len(body))
        if self._left is not None:
            body = body[: self._left]
            self._left -= len(body)
            more = more and self._left > 0
        await self._send_slowly(body, more=more or self._plan.ends == "half")
        if self._plan.ends == "half" and not more:
            await self.end()
        elif not more:
            self.has_ended = True

    async def end(self) -> None:
        """End the connection. Raises `ConnectionResetError` where there is none to be ended."""
        self.has_ended = True
        if self._end is None:
            raise ConnectionResetError
        if self._plan.is_reset:
            await self._client.leaves_within(_KERNEL_SECONDS)
        self._end(self._plan.is_reset)
        await self._client.wait_until_gone()

    @property
    def _is_cut(self) -> bool:
        return self._plan.keeps < 100 or self._plan.ends == "half"  # noqa: PLR2004

    def _share(self, length: int) -> int:
        return length // 2 if self._plan.ends == "half" else length * self._plan.keeps // 100

    def _begin(self, headers: HeaderLines) -> HeaderLines:
        given = next((value for name, value in headers if name.lower() == _LENGTH), None)
        if given is None:
            return headers
        length = int(given)
        if length and not self._is_spoilt:
            length += len(_SPOILT)
        said = length
        if self._is_cut:
            self._left = self._share(length)
            # Half an answer says that it is a whole one.
            said = length if self._plan.ends == "half" else self._left
        rest = [pair for pair in headers if pair[0].lower() != _LENGTH]
        return [*rest, (_LENGTH, str(said).encode("ascii"))]

    async def _send_slowly(self, body: bytes, *, more: bool) -> None:
        rate = self._plan.bytes_per_second
        piece = max(int(rate * _PACE_SECONDS), 1)
        while rate and body and self._slept < MAX_SECONDS:
            seconds = len(body[:piece]) / rate
            if await self._client.leaves_within(seconds):
                self.has_ended = True
                return
            self._slept += seconds
            first, body = body[:piece], body[piece:]
            await self._send({"type": "http.response.body", "body": first, "more_body": True})
        await self._send({"type": "http.response.body", "body": body, "more_body": more})
