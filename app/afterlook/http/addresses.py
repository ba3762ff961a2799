"""The address normaliser: every OData spelling of an address becomes the one that is routed.

Owns which part of an address is a service root. Must not know the service's segments: it is
handed a `Vocabulary`. No redirect, ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from afterlook.errors import SegmentNotFound, ServiceError
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
        if raw.lstrip("/")[: len(ROOT)].lower() != ROOT:
            return None
        root, *segments = odata_path.parse(raw, self._vocabulary.actions)
        if root.name.lower() != ROOT or not segments:
            return None
        version, *rest = segments
        if version.name.lower() not in VERSIONS:
            raise SegmentNotFound(segment=version.name)
        return f"/{ROOT}/{version.name.lower()}{odata_path.canonical(rest, self._vocabulary)}"


def is_below_root(scope: Scope) -> bool:
    """Tell whether a request is the service's, however its address is spelt."""
    return scope["path"][: len(ROOT) + 2].lower() in (f"/{ROOT}", f"/{ROOT}/")


def raw_path(scope: Scope) -> str:
    """Return the path as it was sent, percent-encoded."""
    raw = scope.get("raw_path")
    return raw.decode("latin-1") if raw else quote(scope["path"])


def origin(scope: Scope, host: str | None) -> str:
    """Return scheme and host as the client addressed them."""
    if host is None:
        address, port = scope["server"]
        host = f"{address}:{port}"
    return f"{scope['scheme']}://{host}"
