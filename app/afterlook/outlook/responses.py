"""Responses of this wire: bodies, and the headers that the service sent with them.

Owns docs/reference/outlook.md §2.4.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

from afterlook.odata.formats import Level

if TYPE_CHECKING:
    from afterlook.errors import ServiceError

_JSON = (
    "application/json;odata.metadata={level};odata.streaming=true;"
    "IEEE754Compatible=false;charset=utf-8"
)
MEDIA_TYPE = _JSON.format(level=Level.MINIMAL.value)
_ALWAYS = [(b"cache-control", b"private"), (b"odata-version", b"4.0")]
_WITH_BODY = {
    level: [*_ALWAYS, (b"content-type", _JSON.format(level=level.value).encode("ascii"))]
    for level in Level
}
_WITH_MINIMAL = _WITH_BODY[Level.MINIMAL]
_BODILESS = frozenset({HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED})
NOT_SNIFFED = [*_ALWAYS, (b"x-content-type-options", b"nosniff")]


class ODataResponse(Response):
    """A response of this wire: JSON, or without `content` no body."""

    def __init__(
        self,
        content: object = None,
        status_code: int = 200,
        headers: Mapping[str, str] | None = None,
        level: Level = Level.MINIMAL,
    ) -> None:
        # Starlette's own constructor derives anew what is the same in every answer.
        self.status_code = status_code
        self.background = None
        self.body = b"" if content is None else orjson.dumps(content)
        with_body = _WITH_MINIMAL if level is Level.MINIMAL else _WITH_BODY[level]
        self.raw_headers = [*(_ALWAYS if content is None else with_body)]
        if status_code not in _BODILESS:
            self.raw_headers.append((b"content-length", str(len(self.body)).encode("ascii")))
        self._add(headers)

    def _add(self, headers: Mapping[str, str] | None) -> None:
        for name, value in (headers or {}).items():
            self.raw_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))


class TextResponse(ODataResponse):
    """A response that is bare text; no browser may take it for anything else."""

    def __init__(
        self, text: str, headers: Mapping[str, str] | None = None, media_type: str = "text/plain"
    ) -> None:
        self.status_code = 200
        self.background = None
        self.body = text.encode("utf-8")
        self.raw_headers = [
            *NOT_SNIFFED,
            (b"content-type", f"{media_type};charset=utf-8".encode("ascii")),
            (b"content-length", str(len(self.body)).encode("ascii")),
        ]
        self._add(headers)


def error_response(error: ServiceError) -> ODataResponse:
    """Answer with an error; a 401 has no body, as the service's had none.

    See docs/reference/outlook.md §2.6.
    """
    if error.status == HTTPStatus.UNAUTHORIZED:
        return ODataResponse(status_code=error.status, headers=error.headers)
    content = {"error": {"code": error.code, "message": error.message}}
    return ODataResponse(content, error.status, error.headers)
