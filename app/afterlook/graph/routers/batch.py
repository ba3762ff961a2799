"""The route of batches: docs/reference/graph.md §12."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.errors import InvalidRequest
from afterlook.graph import batch, responses
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.odata import batch_json
from afterlook.outlook.batch.context import SUBREQUEST
from afterlook.outlook.batch.executor import BatchExecutor
from afterlook.outlook.request import MAX_BODY_WITH_FILES
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=GraphRoute, tags=["batch"])


@router.post("/$batch")
async def carry_out_batch(request: RequestDep) -> ODataResponse:
    """Carry out up to 20 requests; each has an answer of its own."""
    if SUBREQUEST in request.http.scope:
        raise InvalidRequest(reason="A batch cannot hold another batch.")
    request.read_options()
    units = await request.parse_body(batch.read, MAX_BODY_WITH_FILES)
    executor = BatchExecutor(batch.GraphSubrequests(request), keep_going=True)
    return responses.answer_content(request, batch_json.write(await executor.execute(units)))
