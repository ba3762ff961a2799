"""contextinfo: what a page must know of a web before it can write there.

See docs/reference/csom.md §2.

Owns the forms of the answer: JSON at its levels of metadata, of OData 3 and 4.0, and XML.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING

import orjson
from starlette.responses import Response

from afterlook.auth import form_digest
from afterlook.csom.request_reader import VERSIONS
from afterlook.odata.formats import Level, accepted_level, is_json_wanted
from afterlook.sharepoint.client_svc import LIBRARY_VERSION
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest.errors import VersionRefused
from afterlook.sharepoint.rest.forms import form_of
from afterlook.sharepoint.rest.response_writer import Entity, PrimitiveCollection, ResponseWriter

if TYPE_CHECKING:
    from starlette.requests import Request


Information = Mapping[str, str | int | list[str]]

_TYPE = "SP.ContextWebInformation"
_DATA = "http://schemas.microsoft.com/ado/2007/08/dataservices"
_HEADERS = {"Cache-Control": "private, max-age=0", "X-Content-Type-Options": "nosniff"}
_LEVELS = {Level.NONE: "nometadata", Level.MINIMAL: "minimalmetadata", Level.FULL: "fullmetadata"}


async def answer_contextinfo(request: Request) -> Response:
    """Answer with a form digest, how long it is good for, and where the web is."""
    context = await RequestContext.from_http(request)
    content = make_information(context)
    form, problem = form_of(request.headers)
    if form.is_new or isinstance(problem, VersionRefused):
        writer = ResponseWriter(form, context.web_url)
        if problem is not None:
            return writer.answer_error(problem, problem.status)
        return writer.answer(_entity(content))
    accept = request.headers.get("accept", "")
    if "odata=verbose" in accept.lower().replace(" ", ""):
        return _json({"d": {"GetContextWebInformation": _verbose(content)}}, "verbose")
    if not is_json_wanted(None, accept):
        media_type = "application/xml;type=entry;charset=utf-8"
        return Response(_xml(content), headers=_HEADERS | {"Content-Type": media_type})
    level = accepted_level(accept)
    about = {} if level is Level.NONE else {"odata.metadata": _metadata(context)}
    if level is Level.FULL:
        about["odata.type"] = _TYPE
    return _json({**about, **content}, f"{_LEVELS[level]};streaming=true")


def make_information(context: RequestContext) -> Information:
    """Return what a page gets to know, with a new digest."""
    return {
        "FormDigestTimeoutSeconds": form_digest.LIFETIME,
        "FormDigestValue": form_digest.write_digest(context.mailbox, context.store.now()),
        "LibraryVersion": LIBRARY_VERSION,
        "SiteFullUrl": context.site_url,
        "SupportedSchemaVersions": list(VERSIONS),
        "WebFullUrl": context.web_url,
    }


def _entity(content: Information) -> Entity:
    members = {
        name: PrimitiveCollection("Edm.String", value) if isinstance(value, list) else value
        for name, value in content.items()
    }
    return Entity(_TYPE, "", members)


def _metadata(context: RequestContext) -> str:
    return f"{context.web_url}/_api/$metadata#{_TYPE}"


def _json(content: object, level: str) -> Response:
    media_type = f"application/json;odata={level};charset=utf-8"
    return Response(orjson.dumps(content), headers=_HEADERS | {"Content-Type": media_type})


def _verbose(content: Information) -> dict[str, object]:
    members = {
        name: {"__metadata": {"type": "Collection(Edm.String)"}, "results": value}
        if isinstance(value, list)
        else value
        for name, value in content.items()
    }
    return {"__metadata": {"type": _TYPE}, **members}


def _xml(content: Information) -> str:
    members = "".join(_element(name, value) for name, value in content.items())
    return (
        '<?xml version="1.0" encoding="utf-8"?>'
        f'<d:GetContextWebInformation xmlns:d="{_DATA}" xmlns:m="{_DATA}/metadata" '
        f'm:type="{_TYPE}">{members}</d:GetContextWebInformation>'
    )


def _element(name: str, value: str | int | list[str]) -> str:
    match value:
        case int():
            return f'<d:{name} m:type="Edm.Int32">{value}</d:{name}>'
        case list():
            items = "".join(f"<d:element>{escape(item)}</d:element>" for item in value)
            return f'<d:{name} m:type="Collection(Edm.String)">{items}</d:{name}>'
    return f"<d:{name}>{escape(value)}</d:{name}>"
