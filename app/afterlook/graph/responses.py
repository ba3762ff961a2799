"""Responses with entities of To Do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import quote

from starlette.responses import PlainTextResponse, Response

from afterlook.odata import etag, levels
from afterlook.odata.formats import Level
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from afterlook.graph.render import Entity
    from afterlook.graph.request import GraphRequest
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.options import QueryOptions

Row = TypeVar("Row", bound=tuple[object, ...])


def answer_collection(
    request: GraphRequest,
    path: str,
    entities: Sequence[Entity],
    result: ResultPage[Row],
    options: QueryOptions,
    select: Sequence[str] = (),
) -> ODataResponse:
    """Answer with a page of rendered entities and, where more follow, the link to them."""
    content: Entity = {"@odata.context": make_context_url(request, path, select)}
    if result.total is not None:
        content["@odata.count"] = result.total
    content["value"] = entities
    if result.more:
        content["@odata.nextLink"] = request.next_link(options, len(entities), result.until)
    return answer_content(request, content)


def answer_entity(
    request: GraphRequest,
    path: str,
    rendered: Entity,
    status: int = 200,
    select: Sequence[str] = (),
    location: str = "",
) -> ODataResponse:
    """Answer with one entity of the collection at `path`; `location` is the URL of a new one."""
    content = {"@odata.context": f"{make_context_url(request, path, select)}/$entity", **rendered}
    headers = {"ETag": str(rendered["@odata.etag"])} if "@odata.etag" in rendered else {}
    if location:
        headers["Location"] = location
    return answer_content(request, content, status, **headers)


def answer_unchanged(request: GraphRequest, change: int) -> ODataResponse:
    """Answer that the caller has the entity as it is (RFC 9110 §15.4.5)."""
    tag = etag.write_weak(request.ids.write_change_key(change))
    return ODataResponse(status_code=304, headers=request.headers(ETag=tag))


def answer_count(request: GraphRequest, count: int) -> Response:
    """Answer `…/$count` with the bare number."""
    return PlainTextResponse(str(count), headers=request.headers(**{"OData-Version": "4.0"}))


def answer_deleted(request: GraphRequest) -> ODataResponse:
    """Answer a DELETE."""
    return ODataResponse(status_code=204, headers=request.headers())


def answer_content(
    request: GraphRequest, content: Entity, status: int = 200, **headers: str
) -> ODataResponse:
    """Answer with JSON at the metadata level that the caller wants; `full` is as `minimal`."""
    if request.level is Level.NONE:
        content = levels.strip_metadata(content)
    return ODataResponse(content, status, request.headers(**headers), request.level)


def make_context_url(request: GraphRequest, path: str, select: Sequence[str] = ()) -> str:
    """Return the context URL of a collection, with what was selected of it."""
    # An open member may be called anything.
    names = ",".join(map(quote, select))
    return f"{request.context(path)}{f'({names})' if names else ''}"
