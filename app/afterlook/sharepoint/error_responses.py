"""Errors that occur before any face of this wire is reached, in the form of the face addressed.

Owns statuses other than 200: what a guard refuses, and a caller who is nobody.
"""

from __future__ import annotations

import re
from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.datastructures import Headers
from starlette.responses import Response

from afterlook.csom.errors import InvalidClientQuery, QueryError, UnauthorizedAccess
from afterlook.csom.json_writer import write_document
from afterlook.sharepoint.client_svc import MEDIA_TYPE, answer_header
from afterlook.sharepoint.rest.forms import DEFAULT_FORM, form_of
from afterlook.sharepoint.rest.response_writer import ResponseWriter

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
_REASON = re.compile('reason="([^"]*)"')
_NO_TRACE = "00000000-0000-0000-0000-000000000000"
_DENIED = frozenset({HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN})


def error_response(error: ServiceError, scope: Scope) -> Response:
    """Render an error: as an ErrorInfo, as a SOAP fault, or as `_api` does."""
    query_error = as_query_error(error)
    headers = _challenge(error) if error.status == HTTPStatus.UNAUTHORIZED else error.headers
    path = scope["path"].lower()
    if "/_vti_bin/sites.asmx" in path:
        return _soap_fault(query_error, error.status, headers)
    if "/_vti_bin/client.svc/processquery" in path:
        content = write_document(answer_header(_NO_TRACE, query_error), [])
        return Response(content, error.status, {**_plain_headers(), **headers}, MEDIA_TYPE)
    form, _ = form_of(Headers(scope=scope))
    reply = ResponseWriter(form, "").answer_error(query_error, error.status)
    reply.headers.update(headers)
    return reply


def _challenge(error: ServiceError) -> dict[str, str]:
    """Return what to sign in by, and why it must be, in this wire's own words."""
    reason = _REASON.search(error.headers.get("x-ms-diagnostics", ""))
    if reason is None:
        return _CHALLENGE
    diagnostics = f'3001000;reason="{reason[1]}";category="invalid_client"'
    return _CHALLENGE | {"x-ms-diagnostics": diagnostics}


def as_query_error(error: ServiceError) -> QueryError:
    """Return what is refused before a face is reached as an error of this wire."""
    if isinstance(error, QueryError):
        return error
    if error.status == HTTPStatus.UNAUTHORIZED:
        return UnauthorizedAccess()
    query_error = InvalidClientQuery(reason=error.message)
    return _AccessDenied(reason=error.message) if error.status in _DENIED else query_error


class _AccessDenied(QueryError):
    """`reason`: why not, which the caller can do something about."""

    code = UnauthorizedAccess.code
    type_name = UnauthorizedAccess.type_name
    template = "{reason}"


def _soap_fault(error: QueryError, status: int, headers: dict[str, str]) -> Response:
    content = (
        '<?xml version="1.0" encoding="utf-8"?>'
        '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/"><soap:Body>'
        "<soap:Fault><faultcode>soap:Client</faultcode>"
        f"<faultstring>{escape(error.message, quote=False)}</faultstring><detail /></soap:Fault>"
        "</soap:Body></soap:Envelope>"
    )
    return Response(content, status, {**_plain_headers(), **headers}, "text/xml; charset=utf-8")


def _plain_headers() -> dict[str, str]:
    return {
        name: value for name, value in DEFAULT_FORM.headers.items() if name != "DataServiceVersion"
    }
