"""How the control surface refuses over HTTP: its errors as JSON."""

from __future__ import annotations

from http import HTTPStatus

import orjson
from starlette.responses import Response

HEADERS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
"""What goes with every answer of the control surface."""


def refuse(status: int, code: str, message: str) -> Response:
    """Return the answer that something was not done, and why."""
    content = orjson.dumps({"error": {"code": code, "message": message}})
    headers = dict(HEADERS)
    if status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(content, status, headers, "application/json")
