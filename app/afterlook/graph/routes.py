"""Where the routes of this wire are mounted, and what is answered where there is none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from afterlook.errors import MethodNotAllowed, SegmentNotFound
from afterlook.graph.addresses import VOCABULARY, is_below_outlook
from afterlook.graph.outlook import routes as outlook
from afterlook.graph.routers import (
    attachments,
    batch,
    delta,
    extensions,
    lists,
    metadata,
    parts,
    tasks,
    upload_sessions,
    users,
)
from afterlook.http.addresses import GRAPH_VERSIONS
from afterlook.http.paths import raw_path
from afterlook.odata import path as odata_path
from afterlook.outlook.dispatcher import RouteEntry, make_route_table

if TYPE_CHECKING:
    from starlette.types import Scope

SERVICE = "/{version}"
"""The prefix of routes that belong to no user."""

PREFIX = "/{version}/{user}"
"""The prefix of a user's routes; `user` is `me` or `users('…')`."""

ROUTERS = (
    tasks.router,
    delta.router,
    lists.router,
    parts.router,
    attachments.router,
    extensions.router,
    upload_sessions.router,
    upload_sessions.by_url,
)

MOUNTED = (
    *((PREFIX, router) for router in ROUTERS),
    (SERVICE, batch.router),
    (SERVICE, metadata.router),
    # Last, because any segment could be a user.
    (PREFIX, users.router),
)
"""Every router with its prefix. The first route that matches an address answers, so that the
routers that are used most come first."""

_TABLE = make_route_table(MOUNTED, with_roots=True)
_TABLES = dict.fromkeys(GRAPH_VERSIONS, _TABLE) | {"beta": [*_TABLE, *outlook.make_table()]}
_PROPERTIES = {part.lower() for path in outlook.PROPERTIES for part in path.split("/")}
_WITH_PROPERTIES = replace(VOCABULARY, words=dict.fromkeys(_PROPERTIES, "") | VOCABULARY.words)
"""Below `/outlook`, single properties have addresses."""


def get_route_tables() -> dict[str, list[RouteEntry]]:
    """Return the routes by the first segment of their paths."""
    return _TABLES


def refuse_unknown(scope: Scope) -> NoReturn:
    """Refuse what no route of this wire answers. Raises `SegmentNotFound`, `MethodNotAllowed`."""
    path = scope["path"]
    allowed = {
        method
        for route in _TABLES.get(path[1 : path.find("/", 1)], ())
        if route.pattern.match(path)
        for method in route.methods
    }
    if allowed:
        names = sorted(allowed | ({"HEAD"} if "GET" in allowed else set()))
        headers = {"Allow": ", ".join(names)}
        raise MethodNotAllowed(method=scope["method"], headers=headers)
    raise SegmentNotFound(segment=_unknown_segment(scope))


def _unknown_segment(scope: Scope) -> str:
    """Name the segment that makes the path lead nowhere."""
    segments = odata_path.parse(raw_path(scope), VOCABULARY.actions)
    version, *below = segments
    if not is_below_outlook(scope):
        return odata_path.find_unknown_segment(below, VOCABULARY) or version.name
    if version.name.lower() == "beta":
        return odata_path.find_unknown_segment(below, _WITH_PROPERTIES)
    # Version 1 has `outlook`, but none of this.
    names = [segment.name for segment in below]
    after = [name.lower() for name in names].index("outlook") + 1
    return names[min(after, len(names) - 1)]
