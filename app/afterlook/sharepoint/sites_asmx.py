"""sites.asmx: form digests by SOAP 1.1, for clients that get them there.

See docs/reference/csom.md §2.

Owns the two methods and the fault that any other meets.
"""

from __future__ import annotations

from html import escape
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import Response

from afterlook.auth import form_digest
from afterlook.csom.request_reader import VERSIONS
from afterlook.sharepoint.client_svc import LIBRARY_VERSION
from afterlook.sharepoint.request_context import RequestContext

if TYPE_CHECKING:
    from starlette.requests import Request


SERVICE = "http://schemas.microsoft.com/sharepoint/soap/"
_ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
_MAX_QUOTED = 200


async def answer_soap(request: Request) -> Response:
    """Answer a call; the SOAPAction says of which method."""
    context = await RequestContext.from_http(request)
    action = request.headers.get("soapaction", "").strip().strip('"')
    method = action.removeprefix(SERVICE) if action.startswith(SERVICE) else ""
    result = _result(method, context)
    if result is None:
        return _fault(action)
    content = f"<{method}Result>{result}</{method}Result>"
    return _reply(f'<{method}Response xmlns="{SERVICE}">{content}</{method}Response>')


def _result(method: str, context: RequestContext) -> str | None:
    digest = form_digest.write_digest(context.mailbox, context.store.now())
    match method:
        case "GetUpdatedFormDigest":
            return digest
        case "GetUpdatedFormDigestInformation":
            members = {
                "DigestValue": digest,
                "TimeoutSeconds": str(form_digest.LIFETIME),
                "WebFullUrl": context.web_url,
                "LibraryVersion": LIBRARY_VERSION,
                "SupportedSchemaVersions": ",".join(VERSIONS),
            }
            return "".join(f"<{name}>{escape(text)}</{name}>" for name, text in members.items())
    return None


def _fault(action: str) -> Response:
    quoted = escape("".join(filter(str.isprintable, action[:_MAX_QUOTED])), quote=False)
    reason = f"Server did not recognize the value of HTTP Header SOAPAction: {quoted}."
    fault = (
        f"<soap:Fault><faultcode>soap:Client</faultcode><faultstring>{reason}</faultstring>"
        "<detail /></soap:Fault>"
    )
    return _reply(fault, HTTPStatus.BAD_REQUEST)


def _reply(content: str, status: int = HTTPStatus.OK) -> Response:
    document = (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<soap:Envelope xmlns:soap="{_ENVELOPE}"><soap:Body>{content}</soap:Body></soap:Envelope>'
    )
    headers = {"Cache-Control": "private, max-age=0", "X-Content-Type-Options": "nosniff"}
    return Response(document, status, headers, media_type="text/xml; charset=utf-8")
