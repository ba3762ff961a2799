"""The one handler of the error tree on this wire, and what routing itself refuses.

Owns turning an unknown address into the service's words, and `Allow`. Must not know a use case.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from afterlook.errors import (
    InternalServerError,
    MethodNotAllowed,
    NothingAtRoot,
    ResourceNotFound,
    SegmentNotFound,
    ServiceError,
)
from afterlook.http.guards import SAFE
from afterlook.http.paths import ROOT, raw_path
from afterlook.odata import path as odata_path
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.replies import Reply, refusal
from afterlook.outlook.routers import (
    attachments,
    batch,
    counts,
    grouptasks,
    metadata,
    properties,
    taskfolders,
    taskgroups,
    tasks,
)

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

SERVICE = f"/{ROOT}/{{version}}"
"""Where the routes of this wire begin."""

PREFIX = f"{SERVICE}/{{user}}"
"""Where those of a user begin; `user` is `me` or `users('…')`."""

ROUTERS = (
    tasks.router,
    taskfolders.router,
    taskgroups.router,
    attachments.router,
    grouptasks.router,
    counts.router,
    properties.router,
    batch.router,
)

MOUNTED = (
    *((PREFIX, router) for router in ROUTERS),
    (SERVICE, metadata.service),
    (SERVICE, batch.service),
    # Any segment could be a user.
    (PREFIX, metadata.user),
)
"""Every router and where its routes begin, in the order in which an address is held against them:
the seldom ones last."""

_ROUTES = [
    (compile_path(prefix + route.path)[0], route.methods)
    for prefix, router in MOUNTED
    for route in router.routes
    if isinstance(route, APIRoute)
]


def install(app: FastAPI) -> None:
    """Make an application answer what this wire has no better answer for."""
    app.add_exception_handler(HTTPException, _refuse_routing)
    app.add_exception_handler(Exception, _refuse_defect)


async def _refuse_defect(_: Request, __: Exception) -> Reply:
    # It goes past the guards.
    reply = refusal(InternalServerError())
    reply.raw_headers += SAFE
    return reply


async def _refuse_routing(request: Request, error: Exception) -> Reply:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and _is_known(request):
        allowed = _allowed(request.scope["path"])
        if not allowed:
            # Starlette joins a set, in an order that changes with each start.
            allowed = sorted((error.headers or {}).get("Allow", "").split(", "))
        return refusal(
            MethodNotAllowed(method=request.method, headers={"Allow": ", ".join(allowed)})
        )
    if error.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return refusal(_nowhere(request))
    return Reply(
        {"error": {"code": "ErrorInvalidRequest", "message": str(error.detail)}},
        error.status_code,
        error.headers,
    )


def _allowed(path: str) -> list[str]:
    methods = {
        method for regex, methods in _ROUTES if regex.match(path) for method in methods or ()
    }
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _is_known(request: Request) -> bool:
    """Tell whether every segment below the version, the user's among them, is one of ours."""
    user = request.path_params.get("user")
    return user is None or VOCABULARY.knows(str(user).partition("(")[0])


def _nowhere(request: Request) -> ServiceError:
    raw = raw_path(request.scope)
    try:
        segments = odata_path.parse(raw, VOCABULARY.actions)
    except ServiceError:
        # Below the root it would have been refused before; elsewhere it need not be OData's.
        return ResourceNotFound(path=raw)
    if not segments:
        return NothingAtRoot()
    if segments[0].name.lower() != ROOT:
        return ResourceNotFound(path=raw)
    if len(segments) == 1:
        return SegmentNotFound(segment=segments[0].name)
    return SegmentNotFound(
        segment=odata_path.unknown_segment(segments[2:], VOCABULARY) or segments[1].name
    )
