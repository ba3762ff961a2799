"""A client of the application in this process that crosses to its thread once for each request.

Starlette's own crosses eight times, to hand an answer over as it comes; tests want it whole, and
the crossings took more time than the application.
"""

from typing import Any, Self, cast
from urllib.parse import unquote

import anyio
import httpx2
from anyio.from_thread import BlockingPortal
from starlette.testclient import TestClient
from starlette.types import Message, Scope

_PORTS = {"http": 80, "https": 443}


class Client(TestClient):
    """Starlette's client, with answers that are whole before anybody sees them.

    What the application raises is a 500 without a body, or ends the body that it has begun.
    """

    def __enter__(self) -> Self:
        """Start the application."""
        super().__enter__()
        assert self.portal is not None
        peer = cast("Any", self._transport).client
        self._transport = _Transport(self, self.portal, peer)
        return self


class _Transport(httpx2.BaseTransport):
    def __init__(self, client: Client, portal: BlockingPortal, peer: tuple[str, int]) -> None:
        self._client, self._portal, self._peer = client, portal, peer

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Run the application for a request, background tasks included."""
        exchange = _Exchange(request)
        state = self._client.app_state.copy()
        scope = {**_scope(request), "client": self._peer, "state": state}
        try:
            self._portal.call(self._client.app, scope, exchange.receive, exchange.send)
        except Exception:  # noqa: BLE001  # a server would log it and close the connection
            exchange.status = exchange.status or 500
        return httpx2.Response(
            exchange.status,
            headers=exchange.headers,
            stream=httpx2.ByteStream(bytes(exchange.body)),
            request=request,
        )


class _Exchange:
    """What the application is sent and what it sends."""

    def __init__(self, request: httpx2.Request) -> None:
        self._content: bytes | None = request.read()
        self._is_head = request.method == "HEAD"
        self._ended = anyio.Event()
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = bytearray()

    async def receive(self) -> Message:
        """Hand the body over, in one piece; after the answer, that the client has gone."""
        if self._content is None:
            await self._ended.wait()
            return {"type": "http.disconnect"}
        content, self._content = self._content, None
        return {"type": "http.request", "body": content}

    async def send(self, message: Message) -> None:
        """Take the next piece of the answer."""
        if message["type"] == "http.response.start":
            assert not self.status, "an answer begins twice"
            self.status, self.headers = message["status"], list(message["headers"])
            return
        assert self.status, "an answer goes on that has not begun"
        assert not self._ended.is_set(), "an answer goes on after its end"
        if not self._is_head:
            self.body += message.get("body", b"")
        if not message.get("more_body", False):
            self._ended.set()


def _scope(request: httpx2.Request) -> Scope:
    url = request.url
    lines = request.headers.multi_items()
    return {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "path": unquote(url.path),
        "raw_path": url.raw_path.split(b"?", 1)[0],
        "root_path": "",
        "scheme": url.scheme,
        "query_string": url.query,
        "headers": [(name.lower().encode(), value.encode()) for name, value in lines],
        "server": [url.host, url.port or _PORTS[url.scheme]],
        "extensions": {},
    }
