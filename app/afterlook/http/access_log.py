"""One log line for each request that was answered, where that is asked for.

Owns what is in it. What a client keeps secret may stand in headers and bodies, which are not
logged, and in a few options of an address, whose values are left out.
"""

from __future__ import annotations

import logging
import re
from time import perf_counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from afterlook.runtime.logs import ACCESS, describe_request

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SECRET = re.compile(r"token|secret|passw|assertion|digest|code|key", re.IGNORECASE)
_OURS = frozenset({"$skiptoken", "$deltatoken", "%24skiptoken", "%24deltatoken"})
"""Tokens of paging and synchronising: they open nothing."""

_MAX_QUERY = 1024


class AccessLog:
    """Passes requests on to `app`, and tells of each when its answer has ended."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = logging.getLogger(ACCESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        began = perf_counter()
        status = sent = 0

        async def count(message: Message) -> None:
            nonlocal status, sent
            if message["type"] == "http.response.start":
                status = int(message["status"])
            else:
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, count)
        finally:
            self._log.info(
                "request",
                extra={
                    **describe_request(scope),
                    "query": _without_secrets(scope["query_string"]),
                    "scheme": scope["scheme"],
                    "client": scope["client"][0] if scope.get("client") else "",
                    "status": status,
                    "bytes": sent,
                    "ms": round((perf_counter() - began) * 1000, 1),
                },
            )


def _without_secrets(query: bytes) -> str:
    text = query[:_MAX_QUERY].decode("ascii", "backslashreplace")
    return "&".join(map(_hide, text.split("&")))


def _hide(option: str) -> str:
    name, _, _ = option.partition("=")
    is_secret = _SECRET.search(unquote(name)) and name.lower() not in _OURS
    return f"{name}=***" if is_secret else option
