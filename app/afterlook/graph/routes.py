"""Where the routes of this wire are mounted, and what is answered where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.errors import MethodNotAllowed, SegmentNotFound
from afterlook.graph.addresses import VOCABULARY
from afterlook.graph.routers import delta, lists, metadata, tasks, users
from afterlook.http.addresses import GRAPH_VERSIONS
from afterlook.http.paths import raw_path, wire_of
from afterlook.odata import path as odata_path
from afterlook.outlook.dispatcher import RouteEntry, route_table

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

SERVICE = "/{version}"
"""The prefix of routes that belong to no user."""

PREFIX = "/{version}/{user}"
"""The prefix of a user's routes; `user` is `me` or `users('…')`."""

ROUTERS = (tasks.router, delta.router, lists.router)

MOUNTED = (
    *((PREFIX, router) for router in ROUTERS),
    (SERVICE, metadata.router),
    # Last, because any segment could be a user.
    (PREFIX, users.router),
)
"""Every router with its prefix. The first route that matches an address answers, so that the
routers that are used most come first."""

_TABLE = route_table(MOUNTED, with_roots=True)


def route_tables() -> dict[str, list[RouteEntry]]:
    """Return the routes by the first segment of their paths."""
    return dict.fromkeys(GRAPH_VERSIONS, _TABLE)


class GraphErrors:
    """Answers what no route of this wire answers; what is not Graph's goes on to the framework."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raise `SegmentNotFound`, `MethodNotAllowed`."""
        if wire_of(scope) != "graph":
            await self._app(scope, receive, send)
            return
        path = scope["path"]
        allowed = {
            method for route in _TABLE if route.pattern.match(path) for method in route.methods
        }
        if allowed:
            names = sorted(allowed | ({"HEAD"} if "GET" in allowed else set()))
            headers = {"Allow": ", ".join(names)}
            raise MethodNotAllowed(method=scope["method"], headers=headers)
        segments = odata_path.parse(raw_path(scope), VOCABULARY.actions)
        unknown = odata_path.unknown_segment(segments[1:], VOCABULARY)
        raise SegmentNotFound(segment=unknown or segments[0].name)
