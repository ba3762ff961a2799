"""A client that is kept waiting, and may go meanwhile.

Owns that what comes of its request in that time is not lost, nor gathered.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.types import Message, Receive

_END_SECONDS = 5


class Client:
    """Hands over what `receive` brings, and can wait beside it."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._kept: list[Message] = []
        self._is_whole = False

    async def receive(self) -> Message:
        """Return the next message of the request."""
        return self._kept.pop(0) if self._kept else await self._receive()

    async def leaves_within(self, seconds: float) -> bool:
        """Wait; return sooner, and true, where the client goes."""
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while (left := until - loop.time()) > 0:
            if self._kept and not self._is_whole:
                # More of its body than this is left where it is.
                await asyncio.sleep(left)
                return False
            try:
                message = await asyncio.wait_for(self._receive(), left)
            except TimeoutError:
                return False
            if message["type"] == "http.disconnect":
                self._kept.append(message)
                return True
            self._kept.append(message)
            self._is_whole = not message.get("more_body", False)
        return False

    async def wait_until_gone(self) -> None:
        """Return when the connection has ended, which was asked for."""
        try:
            async with asyncio.timeout(_END_SECONDS):
                while (await self.receive())["type"] != "http.disconnect":
                    pass
        except TimeoutError:
            pass


async def no_body() -> Message:
    """Receive a request that has no body, for one that was read before."""
    return {"type": "http.request", "body": b"", "more_body": False}
