"""What is answered where no route could answer: unknown addresses, wrong methods, and defects.

Owns the service's words for an address that leads nowhere, and `Allow`.
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
    ResourceNotFound,
    SegmentNotFound,
    ServiceError,
)
from afterlook.http.guards import SAFE
from afterlook.http.paths import API_ROOT, raw_path
from afterlook.odata import path as odata_path
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.responses import ODataResponse, error_response
from afterlook.outlook.routes import MOUNTED

if TYPE_CHECKING:
    from fastapi import FastAPI, Request

_ROUTES = [
    (compile_path(prefix + route.path)[0], route.methods)
    for prefix, router in MOUNTED
    for route in router.routes
    if isinstance(route, APIRoute)
]


def install(app: FastAPI) -> None:
    """Handle what routing refuses."""
    app.add_exception_handler(HTTPException, _answer_routing_error)


def render_defect() -> ODataResponse:
    """Answer an exception that nobody expected; what guards would add is there already."""
    response = error_response(InternalServerError())
    response.raw_headers += SAFE
    return response


async def _answer_routing_error(request: Request, error: Exception) -> ODataResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and _has_known_user(request):
        allowed = _allowed_methods(request.scope["path"])
        if not allowed:
            # Starlette joins a set, in an order that changes with each start.
            allowed = sorted((error.headers or {}).get("Allow", "").split(", "))
        return error_response(
            MethodNotAllowed(method=request.method, headers={"Allow": ", ".join(allowed)})
        )
    if error.status_code in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return error_response(_unknown_address(request))
    return ODataResponse(
        {"error": {"code": "ErrorInvalidRequest", "message": str(error.detail)}},
        error.status_code,
        error.headers,
    )


def _allowed_methods(path: str) -> list[str]:
    methods = {
        method for regex, methods in _ROUTES if regex.match(path) for method in methods or ()
    }
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


def _has_known_user(request: Request) -> bool:
    """Tell whether the segment of the user, if the address has one, is a word of this service."""
    user = request.path_params.get("user")
    return user is None or VOCABULARY.has_segment(str(user).partition("(")[0])


def _unknown_address(request: Request) -> ServiceError:
    raw = raw_path(request.scope)
    try:
        segments = odata_path.parse(raw, VOCABULARY.actions)
    except ServiceError:
        # Below the root it would have been refused before; elsewhere it need not be OData's.
        return ResourceNotFound(path=raw)
    if not segments or segments[0].name.lower() != API_ROOT:
        return ResourceNotFound(path=raw)
    if len(segments) == 1:
        return SegmentNotFound(segment=segments[0].name)
    return SegmentNotFound(
        segment=odata_path.find_unknown_segment(segments[2:], VOCABULARY) or segments[1].name
    )
