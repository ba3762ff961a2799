"""What is refused before any face of this wire is reached, in the form of the face that was asked.

Owns statuses other than 200: what a guard refuses, and a caller who is nobody. Must not know which
guard it was.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response

from afterlook.csom.errors import InvalidClientQuery, QueryError, UnauthorizedAccess
from afterlook.csom.json_writer import write_document
from afterlook.csom.processor import error_info
from afterlook.sharepoint.rest.forms import OLD, form_of
from afterlook.sharepoint.rest.replies import Writer
from afterlook.sharepoint.versions import LIBRARY_VERSION, SCHEMA_VERSION

if TYPE_CHECKING:
    from starlette.types import Scope

    from afterlook.errors import ServiceError

_CHALLENGE = {
    "WWW-Authenticate": (
        'Bearer client_id="00000003-0000-0ff1-ce00-000000000000", '
        'trusted_issuers="00000001-0000-0000-c000-000000000000@*", '
        'authorization_uri="https://login.windows.net/common/oauth2/authorize"'
    )
}
_JSON = "application/json; charset=utf-8"
_NO_TRACE = "00000000-0000-0000-0000-000000000000"
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


def refusal(error: ServiceError, scope: Scope) -> Response:
    """Draw a refusal: as an ErrorInfo, as a SOAP fault, or as `_api` does."""
    told = _told(error)
    headers = _CHALLENGE if error.status == HTTPStatus.UNAUTHORIZED else error.headers
    path = scope["path"].lower()
    if "/_vti_bin/sites.asmx" in path:
        return _fault(told, error.status, headers)
    if "/_vti_bin/client.svc/processquery" in path:
        info: dict[str, object] = {
            "SchemaVersion": SCHEMA_VERSION,
            "LibraryVersion": LIBRARY_VERSION,
            "ErrorInfo": error_info(told, _NO_TRACE),
            "TraceCorrelationId": _NO_TRACE,
        }
        content = write_document(info, [])
        return Response(content, error.status, {**_plain(), **headers}, _JSON)
    form, _ = form_of(Headers(scope=scope))
    reply = Writer(form, "").refusal(told, error.status)
    reply.headers.update(headers)
    return reply


def _told(error: ServiceError) -> QueryError:
    if isinstance(error, QueryError):
        return error
    if error.status == HTTPStatus.UNAUTHORIZED:
        return UnauthorizedAccess()
    told = InvalidClientQuery(reason=error.message)
    return _Denied(reason=error.message) if error.status in _DENIED else told


class _Denied(QueryError):
    """`reason`: why not, which the caller can do something about."""

    code = UnauthorizedAccess.code
    type_name = UnauthorizedAccess.type_name
    template = "{reason}"


def _fault(error: QueryError, status: int, headers: dict[str, str]) -> Response:
    content = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        "<soap:Fault><faultcode>soap:Client</faultcode>"
        f"<faultstring>{escape(error.message, quote=False)}</faultstring><detail /></soap:Fault>"
        "</soap:Body></soap:Envelope>"
    )
    return Response(content, status, {**_plain(), **headers}, "text/xml; charset=utf-8")


def _plain() -> dict[str, str]:
    return {name: value for name, value in OLD.headers.items() if name != "DataServiceVersion"}
