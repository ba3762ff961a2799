"""Liveness and readiness, for whoever starts and watches the server."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse

from afterlook.store import mailboxes

router = APIRouter(tags=["health"])


@router.get("/livez", response_class=PlainTextResponse)
async def livez() -> PlainTextResponse:
    """Tell that the process answers."""
    return PlainTextResponse("ok")


@router.get(
    "/readyz", response_class=PlainTextResponse, responses={503: {"description": "Not yet."}}
)
async def readyz(request: Request) -> PlainTextResponse:
    """Tell that the store answers too."""
    await request.app.state.store.scan(mailboxes.exist)
    return PlainTextResponse("ready")
