"""The guards before any route: how large, under which id, and what a browser may do with a refusal.

Owns refusing what no wire should see, and the ids that go out with every answer. An
`ErrorResponder` renders the refusal.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from afterlook.errors import HeadersTooLarge, ServiceError, UriTooLong

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from afterlook.runtime.ids import Ids

Headers = Sequence[tuple[bytes, bytes]]
ErrorResponder = Callable[[ServiceError], "ASGIApp"]

MAX_URI = 16 * 1024
"""Bytes of path and query together."""

MAX_HEADERS = 64 * 1024
"""Bytes of all header names and values together."""

MAX_FIELD = 8 * 1024
"""Bytes of one header, all lines of its name together: lists are made of it."""

MAX_LINES = 100
"""Header lines of a request."""

_LONG_FIELDS = frozenset({b"authorization", b"cookie", "authorization", "cookie"})
"""Headers that are no lists, and may be as long as all together."""

MAX_ID = 1024
"""Bytes of an id that a client gives a request, for it to be sent back."""

SAFE = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
"""What keeps a browser from doing anything with a page but show its text."""

_FIRST_REFUSAL = 400


class RequestIds:
    """Sends a new `request-id` with every answer, and the client's own id back, if it is short.

    With every refusal goes what `SAFE` has and the refusal has not.
    """

    def __init__(self, app: ASGIApp, ids: Ids) -> None:
        self._app = app
        self._ids = ids

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, adding the ids to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = [(b"request-id", str(self._ids.guid()).encode("ascii"))]
        given = [pair for pair in scope["headers"] if pair[0] == b"client-request-id"]
        if len(given) == 1 and len(given[0][1]) <= MAX_ID:
            headers += given

        async def send_with_ids(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], *headers]
                if message["status"] >= _FIRST_REFUSAL:
                    message["headers"] += _missing(message["headers"])
            await send(message)

        await self._app(scope, receive, send_with_ids)


class BoundedHeads:
    """Refuses addresses and headers larger than anything a client of ours would send."""

    def __init__(self, app: ASGIApp, refuse: ErrorResponder) -> None:
        self._app = app
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        app = self._app
        if scope["type"] == "http":
            length = len(scope.get("raw_path") or scope["path"]) + len(scope["query_string"])
            if length > MAX_URI:
                app = self._refuse(UriTooLong())
            elif has_large_head(scope["headers"]):
                app = self._refuse(HeadersTooLarge())
        await app(scope, receive, send)


def has_large_head(headers: Sequence[tuple[bytes, bytes]] | Sequence[tuple[str, str]]) -> bool:
    """Tell whether headers are more, or longer, than any client of ours would send."""
    if len(headers) > MAX_LINES:
        return True
    size = sum(len(name) + len(value) for name, value in headers)
    if size <= MAX_FIELD:
        return False
    sizes: dict[bytes | str, int] = {}
    for name, value in headers:
        if name not in _LONG_FIELDS:
            sizes[name] = sizes.get(name, 0) + len(value)
    return size > MAX_HEADERS or max(sizes.values(), default=0) > MAX_FIELD


def _missing(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    given = {name.lower() for name, _ in headers}
    return [pair for pair in SAFE if pair[0] not in given]
