"""client.svc: requests of the client-side object model over HTTP (contract §1.1).

Owns the headers, and that every answer is a 200 but where the client is to try again. Must not
know any type of the object model.
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
from afterlook.sharepoint.admission import expect_digest, raw_body
from afterlook.sharepoint.callers import understand
from afterlook.sharepoint.registry import REGISTRY
from afterlook.sharepoint.versions import LIBRARY_VERSION, SCHEMA_VERSION

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.csom.errors import QueryError
    from afterlook.sharepoint.context import Caller

MEDIA_TYPE = "application/json; charset=utf-8"

_SHORT = 16 * 1024
"""Bytes of a request that are read faster than handed over."""

_FEW = 200
"""Steps of a request whose answer is written faster than handed over."""

_TICKS_PER_MILLISECOND = TICKS_PER_SECOND // 1000


async def process_query(request: Request) -> Response:
    """Carry a request out; an error is a 200, too, and says so inside.

    Where the store fails, or too much waits, the status says so as well: what sends again by
    itself looks at nothing else.
    """
    store, trace = request.app.state.store, _trace(request)
    begun = store.now()
    caller = await understand(request)
    status, further = 200, {}
    try:
        content = await _carry_out(request, caller, trace)
    except Exception as error:  # noqa: BLE001
        refusal = as_query_error(error)
        status, further = refusal.status, refusal.headers
        content = write_document(_header(trace, refusal), [])
    took = max(store.now() - begun, 0) // _TICKS_PER_MILLISECOND
    headers = {
        "Cache-Control": "private, max-age=0",
        "SPRequestGuid": trace,
        "SPClientServiceRequestDuration": str(took),
        "X-SharePointHealthScore": "0",
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, status, headers | further, media_type=MEDIA_TYPE)


async def _carry_out(request: Request, caller: Caller, trace: str) -> bytes:
    """Return what the actions of a request answer. Raises `QueryError`."""
    expect_digest(request, caller)
    raw = await raw_body(request)
    # Long ones are read, and long answers written, on a thread: others are answered meanwhile.
    asked = read_request(raw) if len(raw) <= _SHORT else await asyncio.to_thread(read_request, raw)
    processor = Processor(asked, REGISTRY, caller, trace)
    pairs = await processor.process()
    if processor.cost <= _FEW:
        return write_document(_header(trace), pairs)
    return await asyncio.to_thread(write_document, _header(trace), pairs)


def _trace(request: Request) -> str:
    """Return the correlation id: the one that the client made up, or a new one."""
    try:
        return str(UUID(request.headers.get("spresponseguid", "")))
    except ValueError:
        return str(request.app.state.ids.guid())


def _header(trace: str, error: QueryError | None = None) -> dict[str, object]:
    return {
        "SchemaVersion": SCHEMA_VERSION,
        "LibraryVersion": LIBRARY_VERSION,
        "ErrorInfo": None if error is None else error_info(error, trace),
        "TraceCorrelationId": trace,
    }
