"""Replies of this wire: bodies and the headers that the service sent with them.

Owns `reference/outlook-contract.md` §2.4. Must not know a use case.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

if TYPE_CHECKING:
    from afterlook.errors import ServiceError

MEDIA_TYPE = (
    "application/json;odata.metadata=minimal;odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
_ALWAYS = [(b"cache-control", b"private"), (b"odata-version", b"4.0")]
_WITH_BODY = [*_ALWAYS, (b"content-type", MEDIA_TYPE.encode("ascii"))]


class Reply(Response):
    """An answer of this wire; without `content` it has no body."""

    def __init__(
        self,
        content: object = None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        # Starlette's own constructor derives anew what is the same in every answer.
        self.status_code = status_code
        self.background = None
        self.body = b"" if content is None else orjson.dumps(content)
        self.raw_headers = [*(_ALWAYS if content is None else _WITH_BODY)]
        if status_code != HTTPStatus.NO_CONTENT:
            self.raw_headers.append((b"content-length", str(len(self.body)).encode("ascii")))
        for name, value in (headers or {}).items():
            self.raw_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))


def refusal(error: ServiceError) -> Reply:
    """Draw an error; a 401 has no body, as the service's had none (contract §2.6)."""
    if error.status == HTTPStatus.UNAUTHORIZED:
        return Reply(status_code=error.status, headers=error.headers)
    content = {"error": {"code": error.code, "message": error.message}}
    return Reply(content, error.status, error.headers)
