"""Liveness and readiness, for whoever starts and watches the server."""

from __future__ import annotations

import logging
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse

from afterlook.errors import StoreUnavailable

_log = logging.getLogger("afterlook")

INSTANCE = "X-Afterlook-Instance"
"""The header that names the server which answers, where it has a name."""

router = APIRouter(tags=["health"])


@router.get("/livez", response_class=PlainTextResponse)
async def livez() -> PlainTextResponse:
    """Tell that the process answers."""
    return PlainTextResponse("ok")


@router.get(
    "/readyz", response_class=PlainTextResponse, responses={503: {"description": "Not yet."}}
)
async def readyz(request: Request) -> PlainTextResponse:
    """Tell that the store answers too, or why it does not; and which server this is."""
    instance = request.app.state.instance
    headers = {} if instance is None else {INSTANCE: instance}
    try:
        await request.app.state.store.check_ready()
    except StoreUnavailable as error:
        _log.error("The server is not ready: %s", error.reason)
        return PlainTextResponse(
            f"not ready: {error.sentence}", HTTPStatus.SERVICE_UNAVAILABLE, headers
        )
    return PlainTextResponse("ready", headers=headers)
