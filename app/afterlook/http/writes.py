"""What one connection writes, with heads joined to bodies.

Uvicorn hands head and body of an answer to the transport one by one, which sends each on its own:
two system calls and two packets for a short answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import asyncio

_MAX_JOINED = 64 * 1024
"""Bytes that are copied faster than sent by themselves."""

_INTERIM = b"HTTP/1.1 1"
"""How an answer begins that asks the client to go on, and that it waits for."""


class JoinedWrites:
    """As much of a transport as uvicorn needs to answer.

    The head of an answer goes out together with what is written right after it, or by itself as
    soon as the event loop turns to anything else.
    """

    __slots__ = ("_call_soon", "_head", "_is_new", "_transport")

    def __init__(
        self,
        transport: asyncio.Transport,
        call_soon: Callable[[Callable[[], None]], object],
    ) -> None:
        self._transport = transport
        self._call_soon = call_soon
        self._head = b""
        self._is_new = False

    def begin(self) -> None:
        """Expect the head of the next answer."""
        self._is_new = True

    def write(self, data: bytes) -> None:
        """Write the next part of an answer."""
        if self._is_new and not data.startswith(_INTERIM):
            self._is_new = False
            self._head = data
            self._call_soon(self.flush)
            return
        if len(data) > _MAX_JOINED:
            self.flush()
        elif self._head:
            data, self._head = self._head + data, b""
        self._transport.write(data)

    def flush(self) -> None:
        """Write a head that nothing has followed yet."""
        if self._head:
            head, self._head = self._head, b""
            self._transport.write(head)

    def is_closing(self) -> bool:
        """Tell whether nothing more can be written."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close the connection once all is written."""
        self.flush()
        self._transport.close()
