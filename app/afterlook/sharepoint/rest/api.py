"""`_api`: requests of the REST face over HTTP.

Owns which face of it an address belongs to, and that every failure is answered in its form.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from afterlook.sharepoint import callers
from afterlook.sharepoint.addresses import WebRoute
from afterlook.sharepoint.rest import objects, typenames, webs
from afterlook.sharepoint.rest.asked import METHODS, understand
from afterlook.sharepoint.rest.errors import refused
from afterlook.sharepoint.rest.forms import form_of
from afterlook.sharepoint.rest.properties import Member, Raw
from afterlook.sharepoint.rest.replies import FEW, Feed, Version, Writer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from afterlook.sharepoint.context import Caller


async def answer_rest(request: Request) -> Response:
    """Answer a request."""
    caller = await callers.understand(request)
    form, problem = form_of(request.headers)
    writer = Writer(form, caller.web_url)
    try:
        if problem is not None:
            raise problem  # noqa: TRY301
        return await _answer(request, caller, writer)
    except Exception as error:  # noqa: BLE001
        refusal, status = refused(error)
        return writer.refusal(refusal, status)


async def _answer(request: Request, caller: Caller, writer: Writer) -> Response:
    asked = await understand(request, caller, writer.form)
    if asked.method == "GET":
        writer = replace(writer, selected=typenames.selection(asked.options))
    if asked.segments and objects.is_known(asked.segments[0]):
        value, name = await objects.answer(asked)
        return writer.answer(value, name=name)
    value, status = await webs.answer(asked)
    if value is None:
        return writer.empty(status)
    if isinstance(value, Raw):
        return writer.text(value.text)
    if isinstance(value, Member):
        return writer.answer(value.value, status, name=value.name)
    if isinstance(value, Version):
        return writer.empty(status, value.etag)
    if isinstance(value, Feed) and len(value.entities) > FEW:
        # Others are answered meanwhile.
        return await asyncio.to_thread(writer.answer, value, status)
    return writer.answer(value, status)


# Whatever else there is below it; what only a POST may ask for stays so.
ROUTE = WebRoute(
    r"_api/+(?!(?:contextinfo|\$batch)/*\Z)(?P<resource>(?s:.*))", answer_rest, METHODS
)
