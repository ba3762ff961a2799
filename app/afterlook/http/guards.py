"""The guards before any route: whose host, how large, under which id.

Owns refusing what no wire should see, and the ids that go out with every answer. Must not know
how a refusal is drawn: it is handed a `Refuse`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from afterlook.errors import HeadersTooLarge, HostNotServed, ServiceError, UriTooLong

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from afterlook.runtime.ids import Ids

Headers = Sequence[tuple[bytes, bytes]]
Refuse = Callable[[ServiceError], "ASGIApp"]

MAX_URI = 16 * 1024
"""Bytes of path and query together."""

MAX_HEADERS = 64 * 1024
"""Bytes of all header values together."""

MAX_FIELD = 8 * 1024
"""Bytes of one header, all lines of its name together: lists are made of it."""

MAX_LINES = 100
"""Header lines of a request."""

_LONG_FIELDS = frozenset({b"authorization", b"cookie"})
"""Headers that are no lists, and may be as long as all together."""

_HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.ASCII)


class RequestIds:
    """Sends a new `request-id` with every answer, and the client's own id back."""

    def __init__(self, app: ASGIApp, ids: Ids) -> None:
        self._app = app
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, adding the ids to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [(b"request-id", str(self._ids.guid()).encode("ascii"))]
        headers += [pair for pair in scope["headers"] if pair[0] == b"client-request-id"]

        async def send_with_ids(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
            await send(message)

        await self._app(scope, receive, send_with_ids)


class KnownHosts:
    """Answers only for hosts that are ours, so that no web page can rebind a name to us.

    `hosts` are lower-case names without port; names below `localhost` are ours too. Without
    `hosts` any name is, if it is one.
    """

    def __init__(self, app: ASGIApp, hosts: frozenset[str] | None, refuse: Refuse) -> None:
        self._app = app
        self._hosts = hosts
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self._app
        if scope["type"] == "http":
            given = [value for name, value in scope["headers"] if name == b"host"]
            if len(given) != 1 or not self._is_ours(given[0].decode("latin-1")):
                app = self._refuse(HostNotServed(host=b", ".join(given).decode("latin-1")))
        await app(scope, receive, send)

    def _is_ours(self, host: str) -> bool:
        match = _HOST.fullmatch(host.lower())
        if match is None:
            return False
        if self._hosts is None:
            return True
        name = match["name"].strip("[]").removesuffix(".")
        return name in self._hosts or name.endswith(".localhost")


class BoundedHeads:
    """Refuses addresses and headers larger than anything a client of ours would send."""

    def __init__(self, app: ASGIApp, refuse: Refuse) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self._app
        if scope["type"] == "http":
            length = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
            if length > MAX_URI:
                app = self._refuse(UriTooLong())
            elif _are_too_large(scope["headers"]):
                app = self._refuse(HeadersTooLarge())
        await app(scope, receive, send)


def _are_too_large(headers: Headers) -> bool:
    size = sum(len(value) for _, value in headers)
    if size > MAX_HEADERS or len(headers) > MAX_LINES:
        return True
    if size <= MAX_FIELD:
        return False
    sizes: dict[bytes, int] = {}
    for name, value in headers:
        if name not in _LONG_FIELDS:
            sizes[name] = sizes.get(name, 0) + len(value)
    return max(sizes.values(), default=0) > MAX_FIELD
