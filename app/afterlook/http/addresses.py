"""The address normaliser: every OData spelling of an address becomes the one that is routed.

Owns which part of an address is a service root. Must not know the service's segments: it is
handed a `Vocabulary`. No redirect, ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from afterlook.errors import ServiceError
from afterlook.odata import path as odata_path
from afterlook.odata.path import Vocabulary

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.http.guards import Refuse

ROOT = "api"
VERSIONS = ("beta", "v2.0")


class Addresses:
    """Rewrites the path of requests below `/api/{version}`; `HEAD` becomes a `GET` unseen."""

    def __init__(self, app: ASGIApp, vocabulary: Vocabulary, refuse: Refuse) -> None:
        self._app = app
        self._vocabulary = vocabulary
        self._refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on under its canonical path."""
        app = self._app
        if scope["type"] == "http":
            try:
                canonical = self._canonical(raw_path(scope))
            except ServiceError as error:
                app, canonical = self._refuse(error), scope["path"]
            method = "GET" if scope["method"] == "HEAD" else scope["method"]
            scope = {**scope, "path": canonical or scope["path"], "method": method}
        await app(scope, receive, send)

    def _canonical(self, raw: str) -> str | None:
        segments = odata_path.parse(raw) if raw[1:4].lower() == ROOT else []
        if len(segments) < 2 or segments[1].name.lower() not in VERSIONS:  # noqa: PLR2004
            return None
        rest = odata_path.canonical(segments[2:], self._vocabulary)
        return f"/{ROOT}/{segments[1].name.lower()}{rest}"


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent, percent-encoded."""
    raw = scope.get("raw_path")
    return raw.decode("latin-1") if raw else quote(scope["path"])
