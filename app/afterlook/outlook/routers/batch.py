"""The route of batches: several requests in one, as JSON or as `multipart/mixed`.

Owns the choice of form, and the preference for going on after an error. Must not know what the
requests are.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.errors import InvalidRequest
from afterlook.odata import batch_json, batch_multipart, mime
from afterlook.odata.body import SHORT, read_object
from afterlook.odata.formats import JSON
from afterlook.outlook import openapi
from afterlook.outlook.batch.context import SUBREQUEST
from afterlook.outlook.batch.executor import BatchExecutor
from afterlook.outlook.call import MAX_BODY_WITH_FILES, Call
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlook.odata.batch import Unit

service = APIRouter(route_class=CallRoute, tags=["batch"])
"""Below the version: the requests are the caller's all the same."""

router = APIRouter(route_class=CallRoute, tags=["batch"])
"""Below a user."""

_BOOLEANS = {"": True, "true": True, "false": False}
_APPLIED = {True: "odata.continue-on-error", False: "odata.continue-on-error=false"}
_HEADERS = {"Cache-Control": "private", "OData-Version": "4.0"}


@service.post("/$batch", responses=openapi.BATCHED, openapi_extra=openapi.BATCH)
@router.post("/$batch", responses=openapi.BATCHED, openapi_extra=openapi.BATCH)
async def carry_out_batch(call: CallDep) -> Response:
    """Carry out up to 20 requests, in their order; each has an answer of its own."""
    if SUBREQUEST in call.request.scope:
        raise InvalidRequest(reason="A batch cannot hold another batch.")
    call.options()
    units = await _read(call)
    preferred = _BOOLEANS.get(_preference(call).lower())
    done = await BatchExecutor(call, keep_going=preferred is True).execute(units)
    applied = {} if preferred is None else {"Preference-Applied": _APPLIED[preferred]}
    if mime.is_multipart(call.content_type or "") and not _wants_json(call):
        content, media_type = batch_multipart.write(done)
        return Response(content, headers=_HEADERS | applied, media_type=media_type)
    return ODataResponse(batch_json.write(done), headers=applied)


async def _read(call: Call) -> Sequence[Unit]:
    """Read the body. Raises `UnsupportedMediaType`, `MessageSizeExceeded`, `BodyNotReadable`."""
    media_type = call.content_type or ""
    is_multipart = mime.is_multipart(media_type)
    if not is_multipart:
        call.expect_json()
    raw = await call.raw_body(MAX_BODY_WITH_FILES)

    def read() -> Sequence[Unit]:
        if is_multipart:
            return batch_multipart.read(raw, media_type)
        return batch_json.read(read_object(raw))

    # A long one on a thread: others are answered meanwhile.
    return read() if len(raw) <= SHORT else await asyncio.to_thread(read)


def _preference(call: Call) -> str:
    for name in ("odata.continue-on-error", "continue-on-error"):
        if name in call.preferences:
            return call.preferences[name]
    return "none"


def _wants_json(call: Call) -> bool:
    """Tell whether `Accept` asks for JSON though the batch is multipart: the service heeded it."""
    accept = call.request.headers.get("accept", "")
    names = {item.partition(";")[0].strip().lower() for item in accept.split(",")}
    return JSON in names and mime.MEDIA_TYPE not in names
