"""Responses with entities: collections, single entities, and what `Prefer: return=minimal` leaves.

`path` names the collection in context URLs; by default it is the user's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from afterlook.odata import etag, levels
from afterlook.odata.formats import Level
from afterlook.outlook import attachment_rendering
from afterlook.outlook.model import MODEL
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.streaming import StreamingJSONResponse

if TYPE_CHECKING:
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.entity_sets import EntitySet
    from afterlook.outlook.request import OutlookRequest


Row = TypeVar("Row", bound=tuple[object, ...])


def answer_collection(
    request: OutlookRequest,
    entity_set: EntitySet[EntityRow],
    result: ResultPage[EntityRow],
    view: View,
    options: QueryOptions,
    path: str | None = None,
) -> ODataResponse:
    """Answer with a page of entities."""
    path = path or entity_set.name
    entities = [render_expanded(request, entity_set, row, view, path) for row in result.rows]
    return answer_page(request, path, entities, result, view, options)


def answer_page(
    request: OutlookRequest,
    path: str,
    entities: Sequence[Entity],
    result: ResultPage[Row],
    view: View,
    options: QueryOptions,
) -> ODataResponse:
    """Answer with a page of rendered entities and, where more follow, the link to them."""
    content: Entity = {"@odata.context": request.context(path, view)}
    if result.total is not None:
        content["@odata.count"] = result.total
    content["value"] = entities
    if result.more:
        content["@odata.nextLink"] = request.next_link(options, len(entities), result.until)
    return answer_content(request, content, view, headers=request.headers())


def answer_entity(
    request: OutlookRequest,
    entity_set: EntitySet[EntityRow],
    row: EntityRow,
    view: View,
    path: str | None = None,
) -> ODataResponse:
    """Answer with one entity, or that it is still as `If-None-Match` names it."""
    if request.has_current(row.change):
        return answer_unchanged(request, row.change)
    path = path or entity_set.name
    rendered = render_expanded(request, entity_set, row, view, path)
    content = {"@odata.context": f"{request.context(path, view)}/$entity", **rendered}
    return answer_content(request, content, view, headers=request.headers(ETag=_etag(request, row)))


def answer_unchanged(request: OutlookRequest, change: int) -> ODataResponse:
    """Answer that the caller has the entity as it is (RFC 9110 §15.4.5)."""
    tag = etag.write_weak(request.ids.write_change_key(change))
    return ODataResponse(status_code=304, headers=request.headers(ETag=tag))


def answer_singleton(request: OutlookRequest, entity: Entity, view: View) -> ODataResponse:
    """Answer with the entity that the user's own address names."""
    content = {"@odata.context": request.context("", view), **entity}
    return answer_content(request, content, view, headers=request.headers())


def answer_created(
    request: OutlookRequest,
    entity_set: EntitySet[EntityRow],
    row: EntityRow,
    view: View,
    path: str | None = None,
) -> ODataResponse:
    """Answer a POST: 201 with the entity, or 204 with its address alone."""
    rendered = entity_set.render(row, view)
    address = {"Location": str(rendered["@odata.id"]), "ETag": _etag(request, row)}
    if request.returns_minimal():
        return answer_without_body(request, address)
    content = {
        "@odata.context": f"{request.context(path or entity_set.name, view)}/$entity",
        **rendered,
    }
    return answer_content(request, content, view, 201, request.headers(**address))


def answer_updated(
    request: OutlookRequest,
    entity_set: EntitySet[EntityRow],
    row: EntityRow,
    view: View,
    path: str | None = None,
    *,
    is_new: bool = False,
) -> ODataResponse:
    """Answer a PATCH: 200 with the entity, or 204; `is_new` tells that its address is another."""
    rendered = entity_set.render(row, view)
    headers = {"ETag": _etag(request, row)}
    if is_new:
        headers["Location"] = str(rendered["@odata.id"])
    if request.returns_minimal():
        return answer_without_body(request, headers)
    content = {
        "@odata.context": f"{request.context(path or entity_set.name, view)}/$entity",
        **rendered,
    }
    return answer_content(request, content, view, headers=request.headers(**headers))


def answer_without_body(request: OutlookRequest, headers: dict[str, str]) -> ODataResponse:
    """Answer a write with headers alone, which name a new entity (OData Protocol 4.0 §8.3.4)."""
    if "Location" in headers:
        headers["OData-EntityId"] = headers["Location"]
    return ODataResponse(status_code=204, headers=request.headers(**headers))


def answer_deleted(request: OutlookRequest) -> ODataResponse:
    """Answer a DELETE."""
    return ODataResponse(status_code=204, headers=request.headers())


def render_expanded(
    request: OutlookRequest, entity_set: EntitySet[EntityRow], row: EntityRow, view: View, path: str
) -> Entity:
    """Render an entity of the collection at `path`, with what it was expanded by."""
    rendered = entity_set.render(row, view)
    for name, items in view.expanded.get(row.id, {}).items():
        if "@" in name:
            rendered[name] = items
            continue
        rendered[f"{name}@odata.context"] = request.context(
            f"{path}('{rendered['Id']}')/{name}", view._replace(select=())
        )
        rendered[name] = items
    return rendered


def answer_content(
    request: OutlookRequest,
    content: Entity,
    view: View,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> ODataResponse:
    """Answer at the metadata level that the caller wants; entities are rendered at `minimal`."""
    if request.level is not Level.MINIMAL:
        selected = bool(view.select)
        content = levels.apply_level(
            content, request.level, MODEL, view.entity_type, selected=selected
        )
    content = request.present(content, view.entity_type)
    if view.has_placeholders:
        return StreamingJSONResponse(
            content,
            attachment_rendering.make_part_reader(request),
            status,
            headers,
            request.level,
            request.present_item,
        )
    return ODataResponse(content, status, headers, request.level)


def _etag(request: OutlookRequest, row: EntityRow) -> str:
    return etag.write_weak(request.ids.write_change_key(row.change))
