"""Responses of the endpoints: JSON that no cache keeps, and errors as libraries read them.

Owns what an error looks like (RFC 6749 §5.2, with the members that the service added).
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

from afterlook.auth.refusals import SignInRefused
from afterlook.errors import ServiceError, StoreUnavailable
from afterlook.runtime.instants import to_datetime

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.http.webs import Endpoint

_MEDIA_TYPE = "application/json; charset=utf-8"
_NOT_KEPT = {
    "Cache-Control": "no-store, no-cache",
    "Pragma": "no-cache",
    "X-Content-Type-Options": "nosniff",
}
_BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})

_log = logging.getLogger("afterlook")


def json_response(
    content: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """Return a response in JSON."""
    return Response(orjson.dumps(content), status, {**_NOT_KEPT, **(headers or {})}, _MEDIA_TYPE)


def error_name(error: ServiceError) -> str:
    """Return what OAuth calls an error."""
    if isinstance(error, SignInRefused):
        return error.code
    if error.status in _BUSY:
        return "temporarily_unavailable"
    return "server_error" if error.status >= HTTPStatus.INTERNAL_SERVER_ERROR else "invalid_request"


def describe(error: ServiceError) -> str:
    """Return what an error says to people, with the number that libraries look for."""
    if isinstance(error, SignInRefused):
        return f"AADSTS{error.number}: {error.message}"
    return error.message


def error_response(request: Request, error: ServiceError) -> Response:
    """Return the response to what was refused, or failed."""
    state = request.app.state
    moment = to_datetime(state.store.now()).strftime("%Y-%m-%d %H:%M:%SZ")
    trace = str(state.ids.guid())
    correlation = request.headers.get("client-request-id", "")[:64] or str(state.ids.guid())
    told = f"Trace ID: {trace} Correlation ID: {correlation} Timestamp: {moment}"
    content = {
        "error": error_name(error),
        "error_description": f"{describe(error)} {told}",
        "error_codes": [error.number] if isinstance(error, SignInRefused) else [],
        "timestamp": moment,
        "trace_id": trace,
        "correlation_id": correlation,
    }
    return json_response(content, error.status, error.headers)


def endpoint(answer: Callable[[Request], Awaitable[Response]]) -> Endpoint:
    """Make an endpoint of what answers in JSON: so are its refusals."""

    async def run(request: Request) -> Response:
        try:
            return await answer(request)
        except ServiceError as error:
            if isinstance(error, StoreUnavailable):
                _log.error("The store could not do the work: %s", error.reason)
            return error_response(request, error)

    return run
