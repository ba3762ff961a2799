"""The few shapes that every route answers in.

Owns collections, single entities, and what `Prefer: return=minimal` makes of them. Must not know
which entity it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.responses import PlainTextResponse, Response

from afterlook.odata import etag, levels
from afterlook.odata.formats import Level
from afterlook.outlook import attachment_rendering
from afterlook.outlook.model import MODEL
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.streaming import StreamingJSONResponse
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from afterlook.mailbox.slices import Slice
    from afterlook.odata.edm import EntityType
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.sessions import ReadSession

Render = Callable[[EntityRow, View], Entity]

PAGE = 10
"""Entities on a page that nobody sized (contract §2.3)."""

LIST_OPTIONS = ("top", "skip", "select", "orderby", "filter", "count")
READ_OPTIONS = ("select",)


def page(
    request: OutlookRequest, options: QueryOptions, entity_type: EntityType, default: int = PAGE
) -> Page:
    """Return the page that a listing asks for: of the `default` size where it asks for none."""
    size = request.page_size(options, default)
    return Page(
        size=min(size, attachment_rendering.MAX_EXPANDED)
        if attachment_rendering.is_expanded(options)
        else size,
        skip=options.skip,
        order=entity_type.order(options.orderby),
        filter=request.filter(options, entity_type),
        until=options.until,
        counted=options.count,
    )


def collection(
    request: OutlookRequest,
    path: str,
    slice_: Slice[EntityRow],
    render: Render[EntityRow],
    view: View,
    options: QueryOptions,
) -> ODataResponse:
    """Answer with a page of entities and, where more follow, the link to them."""
    content: Entity = {"@odata.context": request.context(path, view)}
    if slice_.total is not None:
        content["@odata.count"] = slice_.total
    content["value"] = [draw(request, path, row, render, view) for row in slice_.rows]
    if slice_.more:
        content["@odata.nextLink"] = request.next_link(options, len(slice_.rows), slice_.until)
    return show(request, content, view, headers=request.headers())


async def count(
    request: OutlookRequest,
    entity_type: EntityType,
    work: Callable[[ReadSession, Expression | None], int],
) -> Response:
    """Answer `…/$count` with the bare number, of those that `$filter` lets through."""
    filter_ = request.filter(request.options("filter"), entity_type)
    number = await request.store.scan(lambda session: work(session, filter_))
    return PlainTextResponse(str(number), headers=request.headers(**{"OData-Version": "4.0"}))


def entity(
    request: OutlookRequest, path: str, row: EntityRow, render: Render[EntityRow], view: View
) -> ODataResponse:
    """Answer with one entity, or that it is still as `If-None-Match` names it."""
    if request.has_current(row.change):
        return unchanged(request, row.change)
    drawn = draw(request, path, row, render, view)
    content = {"@odata.context": f"{request.context(path, view)}/$entity", **drawn}
    return show(request, content, view, headers=request.headers(ETag=_etag(request, row)))


def unchanged(request: OutlookRequest, change: int) -> ODataResponse:
    """Answer that the caller has the entity as it is (RFC 9110 §15.4.5)."""
    tag = etag.weak(request.ids.change_key(change))
    return ODataResponse(status_code=304, headers=request.headers(ETag=tag))


def singleton(request: OutlookRequest, entity: Entity, view: View) -> ODataResponse:
    """Answer with the entity that the user's own address names."""
    content = {"@odata.context": request.context("", view), **entity}
    return show(request, content, view, headers=request.headers())


def created(
    request: OutlookRequest, path: str, row: EntityRow, render: Render[EntityRow], view: View
) -> ODataResponse:
    """Answer a POST: 201 with the entity, or 204 with its address alone."""
    drawn = render(row, view)
    address = {"Location": str(drawn["@odata.id"]), "ETag": _etag(request, row)}
    if request.returns_minimal():
        return bodiless(request, address)
    content = {"@odata.context": f"{request.context(path, view)}/$entity", **drawn}
    return show(request, content, view, 201, request.headers(**address))


def updated(
    request: OutlookRequest,
    path: str,
    row: EntityRow,
    render: Render[EntityRow],
    view: View,
    *,
    is_new: bool = False,
) -> ODataResponse:
    """Answer a PATCH: 200 with the entity, or 204; `is_new` tells that its address is another."""
    drawn = render(row, view)
    headers = {"ETag": _etag(request, row)}
    if is_new:
        headers["Location"] = str(drawn["@odata.id"])
    if request.returns_minimal():
        return bodiless(request, headers)
    content = {"@odata.context": f"{request.context(path, view)}/$entity", **drawn}
    return show(request, content, view, headers=request.headers(**headers))


def bodiless(request: OutlookRequest, headers: dict[str, str]) -> ODataResponse:
    """Answer a write with headers alone, which name a new entity (OData Protocol 4.0 §8.3.4)."""
    if "Location" in headers:
        headers["OData-EntityId"] = headers["Location"]
    return ODataResponse(status_code=204, headers=request.headers(**headers))


def deleted(request: OutlookRequest) -> ODataResponse:
    """Answer a DELETE."""
    return ODataResponse(status_code=204, headers=request.headers())


def draw(
    request: OutlookRequest, path: str, row: EntityRow, render: Render[EntityRow], view: View
) -> Entity:
    """Draw an entity of the collection at `path`, with what it was expanded by."""
    drawn = render(row, view)
    for name, items in view.expanded.get(row.id, {}).items():
        if "@" in name:
            drawn[name] = items
            continue
        drawn[f"{name}@odata.context"] = request.context(
            f"{path}('{drawn['Id']}')/{name}", replace(view, select=())
        )
        drawn[name] = items
    return drawn


def show(
    request: OutlookRequest,
    content: Entity,
    view: View,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> ODataResponse:
    """Answer at the metadata level that the caller wants; what was drawn is minimal."""
    if request.level is not Level.MINIMAL:
        selected = bool(view.select)
        content = levels.shown(content, request.level, MODEL, view.entity_type, selected=selected)
    if view.has_placeholders:
        return StreamingJSONResponse(
            content, attachment_rendering.part_reader(request), status, headers, request.level
        )
    return ODataResponse(content, status, headers, request.level)


def _etag(request: OutlookRequest, row: EntityRow) -> str:
    return etag.weak(request.ids.change_key(row.change))
