"""The Outlook API's own routes, at Graph's addresses: docs/reference/graph.md §2.

Owns which of them are there, and `permanentDelete`, which Graph alone had.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fastapi import APIRouter

from afterlook.graph.outlook.request import read_outlook_request
from afterlook.outlook.dependencies import OutlookRoute
from afterlook.outlook.dispatcher import RouteEntry, make_route_table
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from afterlook.outlook.routers import (
    attachments,
    counts,
    grouptasks,
    properties,
    taskfolders,
    taskgroups,
    tasks,
)

if TYPE_CHECKING:
    from fastapi import Request, Response

PREFIX = "/{version}/{user}/outlook"

_DELETED = re.compile(r".*/task(?:s|folders|groups)\('\{\w+\}'\)")


def _permanent_deletions() -> APIRouter:
    """Return a route beside each that deletes a task, a folder or a group."""
    router = APIRouter(route_class=OutlookRoute)
    for declaring in (tasks.router, taskfolders.router, taskgroups.router, grouptasks.router):
        for route in declaring.routes:
            if (
                isinstance(route, OutlookRoute)
                and "DELETE" in (route.methods or ())
                and _DELETED.fullmatch(route.path)
            ):
                path = f"{route.path}/permanentDelete"
                router.add_api_route(path, route.endpoint, methods=["POST"], status_code=204)
    return router


ROUTERS = (
    tasks.router,
    taskfolders.router,
    taskgroups.router,
    attachments.router,
    grouptasks.router,
    counts.router,
    properties.router,
    _permanent_deletions(),
)

MOUNTED = tuple((PREFIX, router) for router in ROUTERS)

PROPERTIES = {
    path.lower(): path
    for of in (TASK, TASK_FOLDER, TASK_GROUP)
    for path, _ in properties.walk_paths(of)
}
"""The paths of single properties as the routes have them, by those in lower case."""


def make_table() -> list[RouteEntry]:
    """Return the routes, those of single properties in any case of letters."""
    entries = make_route_table(MOUNTED, read=read_outlook_request)
    return [_in_any_case(one) if "{name:" in one.path else one for one in entries]


def _in_any_case(entry: RouteEntry) -> RouteEntry:
    async def handle(http: Request) -> Response:
        parameters = http.scope["path_params"]
        parameters["name"] = PROPERTIES[parameters["name"].lower()]
        return await entry.handle(http)

    pattern = re.compile(entry.pattern.pattern, re.IGNORECASE)
    return entry._replace(pattern=pattern, handle=handle)
