"""`_api`: requests of the REST face over HTTP.

Owns which face of it an address belongs to, and that every failure is answered in its form.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from afterlook.http.webs import WebRoute
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import objects, type_names, webs
from afterlook.sharepoint.rest.errors import error_and_status
from afterlook.sharepoint.rest.forms import form_of
from afterlook.sharepoint.rest.properties import Member, Raw
from afterlook.sharepoint.rest.response_writer import (
    MAX_ENTITIES_ON_EVENT_LOOP,
    Feed,
    ResponseWriter,
    Version,
)
from afterlook.sharepoint.rest.rest_request import METHODS, RestRequest

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def answer_rest(http_request: Request) -> Response:
    """Answer a request."""
    context = await RequestContext.from_http(http_request)
    form, problem = form_of(http_request.headers)
    writer = ResponseWriter(form, context.web_url)
    try:
        if problem is not None:
            raise problem  # noqa: TRY301
        return await _answer(http_request, context, writer)
    except Exception as error:  # noqa: BLE001
        query_error, status = error_and_status(error)
        return writer.answer_error(query_error, status)


async def _answer(
    http_request: Request, context: RequestContext, writer: ResponseWriter
) -> Response:
    request = await RestRequest.from_http(http_request, context, writer.form)
    if request.method == "GET":
        writer = replace(writer, selected=type_names.selection(request.options))
    if request.segments and objects.is_known(request.segments[0]):
        value, name = await objects.answer(request)
        return writer.answer(value, name=name)
    value, status = await webs.answer(request)
    if value is None:
        return writer.answer_empty(status)
    if isinstance(value, Raw):
        return writer.answer_text(value.text)
    if isinstance(value, Member):
        return writer.answer(value.value, status, name=value.name)
    if isinstance(value, Version):
        return writer.answer_empty(status, value.etag)
    if isinstance(value, Feed) and len(value.entities) > MAX_ENTITIES_ON_EVENT_LOOP:
        # Others are answered meanwhile.
        return await asyncio.to_thread(writer.answer, value, status)
    return writer.answer(value, status)


# All of `_api` but contextinfo and $batch, which take POST alone and have routes of their own.
ROUTE = WebRoute(
    r"_api/+(?!(?:contextinfo|\$batch)/*\Z)(?P<resource>(?s:.*))", answer_rest, METHODS
)
