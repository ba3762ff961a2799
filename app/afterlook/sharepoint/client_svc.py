"""client.svc: requests of the client-side object model over HTTP (docs/reference/csom.md §1.1).

Owns the headers, and that every answer is a 200 but where the client is to try again.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from afterlook.csom.errors import as_query_error
from afterlook.csom.json_writer import write_document
from afterlook.csom.processor import Processor, error_info
from afterlook.csom.request_reader import read_request
from afterlook.runtime.instants import TICKS_PER_SECOND
from afterlook.sharepoint.form_digest import expect_digest
from afterlook.sharepoint.registry import REGISTRY
from afterlook.sharepoint.request_context import RequestContext, read_body

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.csom.errors import QueryError

MEDIA_TYPE = "application/json; charset=utf-8"

SCHEMA_VERSION = "15.0.0.0"

LIBRARY_VERSION = "15.0.4420.1017"
"""The product that this is taken for: the first release of SharePoint 2013."""

_MAX_BYTES_ON_EVENT_LOOP = 16 * 1024
"""Bytes of a request that are read sooner than handed to a thread."""

_MAX_STEPS_ON_EVENT_LOOP = 200
"""Steps of a request whose answer is written sooner than handed to a thread."""

_TICKS_PER_MILLISECOND = TICKS_PER_SECOND // 1000


async def process_query(request: Request) -> Response:
    """Carry a request out; an error is a 200, too, and says so inside.

    Where the store fails, or too much waits, the status says so as well: what sends again by
    itself looks at nothing else.
    """
    store, trace = request.app.state.store, _trace(request)
    begun = store.now()
    context = await RequestContext.from_http(request)
    status, retry_headers = 200, {}
    try:
        content = await _carry_out(request, context, trace)
    except Exception as error:  # noqa: BLE001
        query_error = as_query_error(error)
        status, retry_headers = query_error.status, query_error.headers
        content = write_document(answer_header(trace, query_error), [])
    took = max(store.now() - begun, 0) // _TICKS_PER_MILLISECOND
    headers = {
        "Cache-Control": "private, max-age=0",
        "SPRequestGuid": trace,
        "SPClientServiceRequestDuration": str(took),
        "X-SharePointHealthScore": "0",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, status, headers | retry_headers, media_type=MEDIA_TYPE)


async def _carry_out(request: Request, context: RequestContext, trace: str) -> bytes:
    """Return what the actions of a request answer. Raises `QueryError`."""
    expect_digest(request, context)
    raw = await read_body(request)
    # Long ones are read, and long answers written, on a thread: others are answered meanwhile.
    if len(raw) <= _MAX_BYTES_ON_EVENT_LOOP:
        parsed = read_request(raw)
    else:
        parsed = await asyncio.to_thread(read_request, raw)
    processor = Processor(parsed, REGISTRY, context, trace)
    pairs = await processor.process()
    if processor.cost <= _MAX_STEPS_ON_EVENT_LOOP:
        return write_document(answer_header(trace), pairs)
    return await asyncio.to_thread(write_document, answer_header(trace), pairs)


def _trace(request: Request) -> str:
    """Return the correlation id: the one that the client made up, or a new one."""
    try:
        return str(UUID(request.headers.get("spresponseguid", "")))
    except ValueError:
        return str(request.app.state.ids.guid())


def answer_header(trace: str, error: QueryError | None = None) -> dict[str, object]:
    """Return what every answer begins with."""
    return {
        "SchemaVersion": SCHEMA_VERSION,
        "LibraryVersion": LIBRARY_VERSION,
        "ErrorInfo": None if error is None else error_info(error, trace),
        "TraceCorrelationId": trace,
    }
