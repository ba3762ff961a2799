"""Reading entity sets: from query options to the page or the entity that they ask for.

A route makes its query first and reads the ids in its address then, so that of a request with
mistakes in both, the options are what the answer is about.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Generic, NamedTuple

from starlette.responses import PlainTextResponse, Response

from afterlook.outlook import attachment_rendering, entity_responses
from afterlook.outlook.entity_sets import DEFAULT_PAGE_SIZE
from afterlook.outlook.expand import expand_entities
from afterlook.outlook.render import EntityRow, View
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.edm import EntityType
    from afterlook.odata.filter.tree import Expression
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.entity_sets import EntitySet
    from afterlook.outlook.request import OutlookRequest
    from afterlook.outlook.responses import ODataResponse
    from afterlook.store.sessions import ReadSession


class EntityQuery(NamedTuple, Generic[EntityRow]):
    """What is asked of one entity."""

    entity_set: EntitySet[EntityRow]
    options: QueryOptions
    view: View


class PageQuery(NamedTuple, Generic[EntityRow]):
    """What is asked of a collection."""

    entity_set: EntitySet[EntityRow]
    options: QueryOptions
    view: View
    page: Page


def read_query(request: OutlookRequest, entity_set: EntitySet[EntityRow]) -> EntityQuery[EntityRow]:
    """Read the options of a GET of one entity. Raises `InvalidUrlQuery`, `PropertyNotFound`."""
    options = request.read_options(*entity_set.read_options)
    return EntityQuery(entity_set, options, request.view(entity_set.type, options))


def read_page_query(
    request: OutlookRequest, entity_set: EntitySet[EntityRow]
) -> PageQuery[EntityRow]:
    """Read the options of a GET of a collection.

    Raises `InvalidUrlQuery`, `PropertyNotFound`, and what a filter raises.
    """
    options = request.read_options(*entity_set.list_options)
    view = request.view(entity_set.type, options)
    return PageQuery(entity_set, options, view, read_page(request, options, entity_set.type))


def read_page(
    request: OutlookRequest,
    options: QueryOptions,
    entity_type: EntityType,
    default_size: int = DEFAULT_PAGE_SIZE,
) -> Page:
    """Return the page that options ask for: of the `default_size` where they name none."""
    size = request.page_size(options, default_size)
    if attachment_rendering.is_expanded(options):
        size = min(size, attachment_rendering.MAX_EXPANDED)
    return Page(
        size=size,
        skip=options.skip,
        order=request.declared_type(entity_type).resolve_order(options.orderby),
        filter=request.read_filter(options, entity_type),
        until=options.until,
        counted=options.count,
    )


async def read_entity(
    request: OutlookRequest,
    query: EntityQuery[EntityRow],
    read: Callable[[ReadSession], EntityRow],
    path: str | None = None,
) -> ODataResponse:
    """Answer with an entity of the collection at `path`; by default the user's own."""
    entity_set, options, view = query
    row = await request.store.read_by_key(read)
    view = await expand_entities(request, view, options, [row], alone=True)
    return entity_responses.answer_entity(request, entity_set, row, view, path)


async def list_entities(
    request: OutlookRequest,
    query: PageQuery[EntityRow],
    read: Callable[[ReadSession, Page], ResultPage[EntityRow]],
    path: str | None = None,
) -> ODataResponse:
    """Answer with a page of the collection at `path`; by default the user's own."""
    entity_set, options, view, page = query
    result = await request.store.read_page(page, lambda session: read(session, page))
    if entity_set.bound_page is not None:
        result = await entity_set.bound_page(request, options, result)
    view = await expand_entities(request, view, options, result.rows, alone=False)
    return entity_responses.answer_collection(request, entity_set, result, view, options, path)


async def count_entities(
    request: OutlookRequest,
    entity_type: EntityType,
    count: Callable[[ReadSession, Expression | None], int],
) -> Response:
    """Answer `…/$count` with the bare number, of those that `$filter` lets through."""
    filter_ = request.read_filter(request.read_options("filter"), entity_type)
    number = await request.store.scan(lambda session: count(session, filter_))
    return PlainTextResponse(str(number), headers=request.headers(**{"OData-Version": "4.0"}))
