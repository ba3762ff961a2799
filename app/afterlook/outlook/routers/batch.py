"""The route of batches: several requests in one, as JSON or as `multipart/mixed`.

Owns the choice of form, and the preference for going on after an error.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.errors import InvalidRequest
from afterlook.odata import batch_json, batch_multipart, mime
from afterlook.odata.body import MAX_BYTES_ON_EVENT_LOOP, read_object
from afterlook.odata.formats import JSON
from afterlook.outlook.batch.context import SUBREQUEST
from afterlook.outlook.batch.executor import BatchExecutor
from afterlook.outlook.batch.subrequests import Subrequests
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.openapi import fragments
from afterlook.outlook.request import MAX_BODY_WITH_FILES, OutlookRequest
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlook.odata.batch import Unit

service = APIRouter(route_class=OutlookRoute, tags=["batch"])
"""Below the version: the requests are the caller's all the same."""

router = APIRouter(route_class=OutlookRoute, tags=["batch"])
"""Below a user."""

_BOOLEANS = {"": True, "true": True, "false": False}
_APPLIED = {True: "odata.continue-on-error", False: "odata.continue-on-error=false"}
_HEADERS = {"Cache-Control": "private", "OData-Version": "4.0"}


@service.post("/$batch", responses=fragments.BATCHED, openapi_extra=fragments.BATCH)
@router.post("/$batch", responses=fragments.BATCHED, openapi_extra=fragments.BATCH)
async def carry_out_batch(request: RequestDep) -> Response:
    """Carry out up to 20 requests, in their order; each has an answer of its own."""
    if SUBREQUEST in request.http.scope:
        raise InvalidRequest(reason="A batch cannot hold another batch.")
    request.read_options()
    units = await _read(request)
    preferred = _BOOLEANS.get(_preference(request).lower())
    executor = BatchExecutor(Subrequests(request), keep_going=preferred is True)
    results = await executor.execute(units)
    applied = {} if preferred is None else {"Preference-Applied": _APPLIED[preferred]}
    if mime.is_multipart(request.content_type or "") and not _wants_json(request):
        content, media_type = batch_multipart.write(results)
        return Response(content, headers=_HEADERS | applied, media_type=media_type)
    return ODataResponse(batch_json.write(results), headers=applied)


async def _read(request: OutlookRequest) -> Sequence[Unit]:
    """Read the body. Raises `UnsupportedMediaType`, `MessageSizeExceeded`, `BodyNotReadable`."""
    media_type = request.content_type or ""
    is_multipart = mime.is_multipart(media_type)
    if not is_multipart:
        request.expect_json()
    raw = await request.read_raw_body(MAX_BODY_WITH_FILES)

    def read() -> Sequence[Unit]:
        if is_multipart:
            return batch_multipart.read(raw, media_type)
        return batch_json.read(read_object(raw))

    # A long one on a thread: others are answered meanwhile.
    return read() if len(raw) <= MAX_BYTES_ON_EVENT_LOOP else await asyncio.to_thread(read)


def _preference(request: OutlookRequest) -> str:
    for name in ("odata.continue-on-error", "continue-on-error"):
        if name in request.preferences:
            return request.preferences[name]
    return "none"


def _wants_json(request: OutlookRequest) -> bool:
    """Tell whether `Accept` asks for JSON though the batch is multipart: the service heeded it."""
    accept = request.http.headers.get("accept", "")
    names = {item.partition(";")[0].strip().lower() for item in accept.split(",")}
    return JSON in names and mime.MEDIA_TYPE not in names
