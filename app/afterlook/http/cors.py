"""Web pages of other origins: who may call the service from a browser (Fetch Standard, "CORS").

Owns preflights and the headers that let a page read an answer, of each wire and nowhere else.
Starlette's middleware knows no wires, and tells strangers too what is
allowed.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from afterlook.http.paths import wire_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.types import Scope

    from afterlook.http.sender import Sender

ANY = "*"

_METHODS = "GET, HEAD, POST, PATCH, PUT, MERGE, DELETE"
_REQUEST_HEADERS = (
    "Authorization, Content-Type, Accept, Prefer, If-Match, If-None-Match, client-request-id, "
    "return-client-request-id, OData-Version, OData-MaxVersion, x-AnchorMailbox, "
    "X-RequestDigest, X-HTTP-Method, X-Requested-With, X-ClientService-ClientTag, SOAPAction, "
    "DataServiceVersion, MaxDataServiceVersion, SPResponseGuid, Accept-Language, Content-Encoding"
)
_EXPOSED_HEADERS = (
    "ETag, Location, OData-Version, OData-EntityId, Preference-Applied, request-id, "
    "client-request-id, Allow, WWW-Authenticate, Retry-After, Rate-Limit-Limit, "
    "Rate-Limit-Remaining, Rate-Limit-Reset, Rate-Limit-Reason, Content-Disposition, "
    "DataServiceVersion, SPRequestGuid, SPClientServiceRequestDuration, X-SharePointHealthScore"
)
_MAX_AGE = 600

_VARY = (b"vary", b"Origin")
_EXPOSE = (b"access-control-expose-headers", _EXPOSED_HEADERS.encode("ascii"))
_PREFLIGHT = [
    (b"access-control-allow-methods", _METHODS.encode("ascii")),
    (b"access-control-allow-headers", _REQUEST_HEADERS.encode("ascii")),
    (b"access-control-max-age", str(_MAX_AGE).encode("ascii")),
]

Headers = list[tuple[bytes, bytes]]


class CrossOrigin:
    """Lets pages of `origins`, or of any, call what lies below the root of a service.

    To any other page this server looks as if it knew nothing of CORS. Credentials that a browser
    adds by itself are for origins that are named, never for any.
    """

    def __init__(self, origins: Iterable[str]) -> None:
        self._origins = frozenset(origin.encode("ascii") for origin in origins)
        self._any = ANY.encode("ascii") in self._origins

    def __call__(self, scope: Scope, sender: Sender) -> Response | None:
        """Answer a preflight, or let the answer of a request be read."""
        if wire_of(scope) is None:
            return None
        granted = self._allow_headers(scope["headers"])
        if granted and _is_preflight(scope):
            answer = Response(status_code=HTTPStatus.NO_CONTENT)
            answer.raw_headers += [*granted, *_PREFLIGHT]
            return answer
        headers = [*granted, _EXPOSE] if granted else self._deny_headers()
        sender.added = [*headers, *sender.added]
        return None

    def _allow_headers(self, request: Headers) -> Headers:
        """Return the headers that grant a request's origin access, or none."""
        given = [value for name, value in request if name == b"origin"]
        if len(given) != 1:
            return []
        if self._any:
            return [(b"access-control-allow-origin", b"*")]
        if given[0] not in self._origins:
            return []
        return [
            (b"access-control-allow-origin", given[0]),
            (b"access-control-allow-credentials", b"true"),
            _VARY,
        ]

    def _deny_headers(self) -> Headers:
        # Another origin would have been answered otherwise, and no cache may mix the two up.
        return [] if self._any else [_VARY]


def _is_preflight(scope: Scope) -> bool:
    return scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )
