"""Web pages of other origins: who may call the service from a browser (Fetch Standard, "CORS").

Owns preflights and the headers that let a page read an answer, of each wire and nowhere else: what
a page must send, and what it needs to read, is another on each.
Starlette's middleware knows no wires, and tells strangers too what is
allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from starlette.responses import Response

from afterlook.http.paths import Wire, wire_of

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.http.sender import Sender

ANY = "*"

_MAX_AGE = 600

_ALWAYS_SENT = (
    "Authorization, Content-Type, Accept, Accept-Language, client-request-id, "
    "return-client-request-id, X-Requested-With"
)
_ALWAYS_EXPOSED = "request-id, client-request-id, Allow, WWW-Authenticate, Retry-After"
_LIMITS = "Rate-Limit-Limit, Rate-Limit-Remaining, Rate-Limit-Reset, Rate-Limit-Reason"


HeaderList = list[tuple[bytes, bytes]]


class Grants(NamedTuple):
    """What pages of other origins may do on a wire: in preflights, and with its answers."""

    methods: str
    sent: str
    exposed: str

    def preflight_headers(self) -> HeaderList:
        """Return the headers of the answer to a preflight."""
        return [
            (b"access-control-allow-methods", self.methods.encode("ascii")),
            (b"access-control-allow-headers", f"{_ALWAYS_SENT}, {self.sent}".encode("ascii")),
            (b"access-control-max-age", str(_MAX_AGE).encode("ascii")),
        ]

    def expose_header(self) -> tuple[bytes, bytes]:
        """Return the header that lets an answer's own be read."""
        names = f"{_ALWAYS_EXPOSED}, {self.exposed}"
        return b"access-control-expose-headers", names.encode("ascii")


_GRANTS: Mapping[Wire, Grants] = {
    "outlook": Grants(
        methods="GET, HEAD, POST, PATCH, PUT, DELETE",
        sent="Prefer, If-Match, If-None-Match, OData-Version, OData-MaxVersion, x-AnchorMailbox, "
        "Content-Encoding",
        exposed="ETag, Location, OData-Version, OData-EntityId, Preference-Applied, "
        f"Content-Disposition, x-ms-diagnostics, {_LIMITS}",
    ),
    "graph": Grants(
        methods="GET, HEAD, POST, PATCH, PUT, DELETE",
        sent="Prefer, If-Match, If-None-Match, OData-Version, OData-MaxVersion, ConsistencyLevel, "
        "SdkVersion, Cache-Control, Content-Range, Content-Encoding",
        exposed="ETag, Location, OData-Version, Preference-Applied, Content-Disposition, "
        f"x-ms-ags-diagnostic, {_LIMITS}",
    ),
    "sharepoint": Grants(
        methods="GET, HEAD, POST, PATCH, PUT, MERGE, DELETE",
        sent="X-RequestDigest, X-HTTP-Method, X-ClientService-ClientTag, SOAPAction, If-Match, "
        "If-None-Match, OData-Version, OData-MaxVersion, DataServiceVersion, "
        "MaxDataServiceVersion, SPResponseGuid, Content-Encoding",
        exposed="ETag, Location, OData-Version, DataServiceVersion, SPRequestGuid, "
        "SPClientServiceRequestDuration, X-SharePointHealthScore, x-ms-diagnostics",
    ),
    # What Microsoft's libraries tell of themselves.
    "oauth": Grants(
        methods="GET, HEAD, POST",
        sent="x-client-SKU, x-client-VER, x-client-OS, x-client-CPU, x-app-name, x-app-ver, "
        "x-client-current-telemetry, x-client-last-telemetry, x-ms-lib-capability, "
        "X-AnchorMailbox",
        exposed="Cache-Control",
    ),
}
_VISITED = ("/authorize", "/deviceauth", "/logout", "/nativeclient")
"""How the addresses end of pages that people go to; no other page reads them."""

_VARY = (b"vary", b"Origin")


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
        wire = wire_of(scope)
        if wire is None or (wire == "oauth" and scope["path"].lower().endswith(_VISITED)):
            return None
        grants = _GRANTS[wire]
        granted = self._allow_headers(scope["headers"])
        if granted and _is_preflight(scope):
            response = Response(status_code=HTTPStatus.NO_CONTENT)
            response.raw_headers += [*granted, *grants.preflight_headers()]
            return response
        headers = [*granted, grants.expose_header()] if granted else self._deny_headers()
        sender.added = [*headers, *sender.added]
        return None

    def _allow_headers(self, request: HeaderList) -> HeaderList:
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

    def _deny_headers(self) -> HeaderList:
        # Another origin would have been answered otherwise, and no cache may mix the two up.
        return [] if self._any else [_VARY]


def _is_preflight(scope: Scope) -> bool:
    return scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )
