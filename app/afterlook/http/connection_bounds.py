"""What a client may send on a connection before anybody reads it: how much, and in which form.

Owns the bounds in bytes on what has no request yet, for everything else is bounded by guards. It is
uvicorn's protocol class with these bounds.
"""

from __future__ import annotations

import asyncio
import socket
import struct
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from afterlook.http import descriptors
from afterlook.http.guards import MAX_HEADERS, MAX_LINES, MAX_URI, SAFE
from afterlook.http.writes import JoinedWrites

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application
    from uvicorn.config import Config
    from uvicorn.server import ServerState

MAX_HEAD = MAX_URI + MAX_HEADERS + 8 * MAX_LINES
"""Bytes of a request line and headers, with what stands between them."""

MAX_PIPELINED = 64
"""Requests that wait for the one before them on their connection."""

END = "afterlook.end"
"""The extension in an ASGI scope that ends its connection."""

ENDLESS = "afterlook.endless"
"""The extension in an ASGI scope that is true of a request whose answer ends with its client."""

_MAX_OVERHEAD = 16
"""Bytes that framing may take for each byte of a body: a chunk of one byte takes five more."""

_WHY = {
    HTTPStatus.SERVICE_UNAVAILABLE: " There are as many connections as AFTERLOOK_MAX_CONNECTIONS, "
    "or the system, allows."
}
_TOO_LARGE = HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
_TOO_LONG = HTTPStatus.REQUEST_URI_TOO_LONG
_MAX_DISCARDED = 16 * 1024 * 1024
_VERSIONS = frozenset({"1.0", "1.1"})


class _Refused(Exception):
    """Raised in a callback of the parser, to end parsing."""


_REJECTED: set[HttpToolsProtocol] = set()
"""Connections of this process that there is no room for, and that have not heard it yet."""


class BoundedConnection(HttpToolsProtocol):
    """A connection that is bounded in bytes."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        # That of connections; uvicorn itself would count it against requests, once they are read.
        self._max_connections, self.limit_concurrency = self.limit_concurrency, None
        self._in_head = True
        self._has_begun = False
        self._begun = 0
        self._fed = 0
        self._got = 0
        self._received = 0
        self._writes: JoinedWrites
        self._error: HTTPStatus | None = None
        self._too_large: HTTPStatus | None = None
        self._has_ended = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection, or only tell that there are too many."""
        super().connection_made(transport)
        self._writes = JoinedWrites(transport, self.loop.call_soon)
        if self._is_one_too_many(transport):
            self._error = HTTPStatus.SERVICE_UNAVAILABLE
            if len(_REJECTED) >= descriptors.max_refusals():
                # Nobody can wait any more until there is something to answer.
                transport.write(_write_response(self._error))
                transport.close()
            _REJECTED.add(self)

    def _is_one_too_many(self, transport: asyncio.Transport) -> bool:
        if (
            self._max_connections is not None
            and len(self.connections) - len(_REJECTED) > self._max_connections
        ):
            return True
        connected = transport.get_extra_info("socket")
        return connected is not None and descriptors.is_reserved(connected.fileno())

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget a connection."""
        _REJECTED.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, so much at a time that no head can be longer than it may be."""
        self._received += len(data)
        if self._has_ended:
            if self._received > _MAX_DISCARDED:
                self.transport.abort()
            return
        if self._error is not None:
            self._refuse(self._error)
            return
        try:
            if self._in_head and self._fed + len(data) > MAX_HEAD:
                self._feed_by_parts(memoryview(data))
            else:
                self._feed(data)
        except httptools.HttpParserUpgrade:
            self._unsupported_upgrade_warning()
        except httptools.HttpParserError:
            self._refuse(self._too_large or HTTPStatus.BAD_REQUEST)

    def _feed_by_parts(self, view: memoryview) -> None:
        while view and self._error is None:
            part = view[: max(MAX_HEAD + 1 - self._fed, 1)] if self._in_head else view
            view = view[len(part) :]
            self._feed(part)

    def _feed(self, part: bytes | memoryview) -> None:
        self._fed += len(part)
        self.parser.feed_data(part)
        if self._in_head:
            if self._fed > MAX_HEAD:
                self._refuse(_TOO_LARGE if len(self.url) <= MAX_URI else _TOO_LONG)
        elif self._fed > MAX_HEAD + _MAX_OVERHEAD * self._got:
            # Trailers, and what may stand beside the length of a chunk.
            self._refuse(HTTPStatus.BAD_REQUEST)

    def on_message_begin(self) -> None:
        """Begin to count a head."""
        super().on_message_begin()
        self.scope["extensions"] = {END: self.end}  # type: ignore[dict-item]
        self._in_head = self._has_begun = True
        self._begun += 1
        self._fed = self._got = 0

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header. Those behind a body are left out: guards have read the headers by then."""
        if not self._in_head:
            return
        if len(self.headers) >= MAX_LINES:
            self._too_large = _TOO_LARGE
            raise _Refused
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Begin a request."""
        if self.url[:1] not in (b"/", b"*"):
            self._expect_own_authority()
        is_of_another_version = self.parser.get_http_version() not in _VERSIONS
        if is_of_another_version or len(self.pipeline) >= MAX_PIPELINED:
            raise _Refused
        self._in_head = self._has_begun = False
        self._fed = 0
        super().on_headers_complete()

    def _expect_own_authority(self) -> None:
        """An address of any host is for the one in `Host` too (RFC 9112 §3.2.2)."""
        scheme, _, rest = self.url.partition(b"://")
        authority = rest.partition(b"/")[0].partition(b"?")[0].lower()
        hosts = [value.lower() for name, value in self.headers if name == b"host"]
        if scheme.lower() not in (b"http", b"https") or hosts != [authority]:
            raise _Refused

    def on_body(self, body: bytes) -> None:
        """Take a part of a body."""
        self._got += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request."""
        self._in_head = True
        self._fed = 0
        super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._writes.begin()
        # It has all of a transport that an answer needs.
        cycle.transport = self._writes  # type: ignore[assignment]
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Go on with the next request, or tell now what was wrong with it.

        Uvicorn's own would set a timer for the next to come, which the tick waits for here.
        """
        self._writes.flush()
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            self._start_asgi_task(*self.pipeline.pop())
        if self._error is not None:
            self._refuse(self._error)

    def end(self, is_reset: bool) -> None:  # noqa: FBT001 # as an extension it is called by place
        """End the connection, whatever is still to be answered: by a reset, or in good order."""
        self._writes.flush()
        if not is_reset:
            self.transport.close()
            return
        connected = self.transport.get_extra_info("socket")
        if connected is not None:
            # What lingers for no time is reset.
            connected.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()

    def shutdown(self) -> None:
        """End with the server: whatever is being answered first, unless that has no end."""
        if self._is_busy and ENDLESS in self.cycle.scope["extensions"]:
            self.transport.abort()
        else:
            super().shutdown()

    @property
    def _is_busy(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle
        return bool(self.pipeline) or not (cycle is None or cycle.response_complete)

    @property
    def _is_reading(self) -> bool:
        """Whether the request that is being answered has not come whole."""
        return not self.pipeline and self._is_busy and self.cycle.more_body

    def _refuse(self, status: HTTPStatus) -> None:
        """Answer in place of the application, and end the connection.

        An answer that is still to come to an earlier request comes first; one that has begun
        cannot be helped.
        """
        self._error = status
        if self._is_busy and not self._is_reading:
            self.flow.pause_reading()
            return
        if not self._in_head and not (self._is_reading and not self.cycle.response_started):
            # It has been answered before it had come whole: nobody expects another answer.
            self._has_ended = True
            self.transport.close()
            return
        if self._is_reading:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._has_ended = True
        if self.transport.is_closing():
            return
        self.transport.write(_write_response(status))
        # Ended at once, with something unread, the client would be reset before it has read this.
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._received = 0


def _write_response(status: HTTPStatus) -> bytes:
    text = f"{status.phrase}.{_WHY.get(status, '')}".encode("ascii")
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode("ascii")),
        (b"connection", b"close"),
        *SAFE,
    ]
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        headers.append((b"retry-after", b"1"))
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode("ascii")]
    lines += [name + b": " + value for name, value in headers]
    return b"\r\n".join([*lines, b"", text])
