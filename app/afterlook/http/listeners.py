"""One port for both schemes: what begins a TLS handshake is HTTPS, all else is HTTP.

Owns connections until it is known which of both they are, and until their handshake is over.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from afterlook.http import descriptors
from afterlook.http.connections import Connection

if TYPE_CHECKING:
    from uvicorn.server import Server

TIMEOUT = 10.0
"""Seconds for a client's first byte, and as many for its handshake."""

_HANDSHAKE = b"\x16"
"""The first byte of a TLS connection (RFC 8446 §5.1); no method of HTTP begins with it."""

_SHUTDOWN_SECONDS = 2
_MAX_ACCEPTS = 64
_PAUSE_SECONDS = 1.0


class SocketListener:
    """Accepts connections on a socket, and hands each over by the scheme that it speaks.

    `has_room` tells whether one more may be undecided, of so many; if not, it is closed without
    a word, for it is not known yet how to say one.
    """

    def __init__(
        self,
        listening: socket.socket,
        make_protocol: Callable[[], asyncio.Protocol],
        context: ssl.SSLContext,
        has_room: Callable[[int], bool],
        timeout: float = TIMEOUT,
    ) -> None:
        self._loop = asyncio.get_running_loop()
        self._listening = listening
        self._make_protocol = make_protocol
        self._context = context
        self._has_room = has_room
        self._timeout = timeout
        self._silent: dict[socket.socket, asyncio.TimerHandle] = {}
        self._handovers: set[asyncio.Task[None]] = set()
        self._pause: asyncio.TimerHandle | None = None
        listening.settimeout(0)
        self._resume()

    def close(self) -> None:
        """Accept nobody any more, and close what is undecided."""
        self._loop.remove_reader(self._listening)
        if self._pause is not None:
            self._pause.cancel()
        for connected in list(self._silent):
            self._drop(connected)
        for task in self._handovers:
            task.cancel()

    async def wait_closed(self) -> None:
        """Return when no connection is on its way any more."""
        if self._handovers:
            await asyncio.wait(self._handovers)

    def _resume(self) -> None:
        self._loop.add_reader(self._listening, self._accept)

    def _accept(self) -> None:
        for _ in range(_MAX_ACCEPTS):
            try:
                connected, _ = self._listening.accept()
            except (BlockingIOError, InterruptedError, ConnectionAbortedError):
                return
            except OSError:
                # No descriptors are left: asking again at once would be all that is done.
                self._loop.remove_reader(self._listening)
                self._pause = self._loop.call_later(_PAUSE_SECONDS, self._resume)
                return
            self._admit(connected)

    def _admit(self, connected: socket.socket) -> None:
        undecided = len(self._silent) + len(self._handovers)
        if not self._has_room(undecided) or descriptors.is_reserved(connected.fileno()):
            connected.close()
            return
        connected.settimeout(0)
        self._silent[connected] = self._loop.call_later(self._timeout, self._drop, connected)
        self._loop.add_reader(connected, self._peek, connected)

    def _peek(self, connected: socket.socket) -> None:
        """See by its first byte what a client speaks, and leave that byte where it is."""
        try:
            first = connected.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return
        except OSError:
            first = b""
        if not first:
            self._drop(connected)
            return
        self._forget(connected)
        task = self._loop.create_task(self._hand_over(connected, is_tls=first == _HANDSHAKE))
        self._handovers.add(task)
        task.add_done_callback(self._handovers.discard)

    async def _hand_over(self, connected: socket.socket, *, is_tls: bool) -> None:
        """Hand a connection over. Whoever fails at the handshake is told by TLS itself."""
        try:
            with suppress(OSError):  # those of ssl, and of what takes too long, are such
                await self._loop.connect_accepted_socket(
                    self._make_protocol,
                    connected,
                    ssl=self._context if is_tls else None,
                    ssl_handshake_timeout=self._timeout if is_tls else None,
                    ssl_shutdown_timeout=_SHUTDOWN_SECONDS if is_tls else None,
                )
                return
        except asyncio.CancelledError:
            connected.close()
            raise
        connected.close()

    def _drop(self, connected: socket.socket) -> None:
        self._forget(connected)
        connected.close()

    def _forget(self, connected: socket.socket) -> None:
        self._silent.pop(connected).cancel()
        self._loop.remove_reader(connected)


def open_listeners(
    context: ssl.SSLContext, server: Server, listening: list[socket.socket]
) -> list[SocketListener]:
    """Open a listener for each socket of a server that has started without them."""
    config = server.config
    make_protocol = partial(
        Connection,
        config=config,
        server_state=server.server_state,
        app_state=server.lifespan.state,
    )
    most = (config.limit_concurrency or 1) + descriptors.max_refusals()

    def has_room(undecided: int) -> bool:
        # Those beyond the limit itself are told so once they can be.
        return undecided + len(server.server_state.connections) < most

    return [SocketListener(each, make_protocol, context, has_room) for each in listening]
