"""From query options to what is read: docs/reference/graph.md §5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from afterlook.errors import InvalidUrlQuery
from afterlook.graph import quirks
from afterlook.graph.edm import TODO_TASK, TODO_TASK_LIST
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from afterlook.graph.request import GraphRequest
    from afterlook.odata.edm import EntityType
    from afterlook.odata.options import QueryOptions

DEFAULT_PAGE_SIZE = 50
"""Entities on a page of a client that names no size."""

LIST_OPTIONS = ("top", "skip", "select", "orderby", "filter", "count", "expand")
_OPEN = re.compile(r"\s*status\s+ne\s+'completed'\s*", re.IGNORECASE)
_TITLE = "title"
"""What the service did not sort by."""

READ_OPTIONS = ("select", "expand")

_SELECT_REFUSED = (TODO_TASK, TODO_TASK_LIST)
"""What a quirk refuses `$select` of; nobody saw it refused of what hangs on tasks."""


class TodoPageQuery(NamedTuple):
    """What is asked of a collection."""

    options: QueryOptions
    select: tuple[str, ...]
    page: Page


def read_query(
    request: GraphRequest, entity_type: EntityType
) -> tuple[QueryOptions, tuple[str, ...]]:
    """Read the options of a GET of one entity. Raises `InvalidUrlQuery`, `PropertyNotFound`."""
    options = request.read_options(*READ_OPTIONS)
    return options, _read_select(request, options, entity_type)


def read_page_query(request: GraphRequest, entity_type: EntityType) -> TodoPageQuery:
    """Read the options of a GET of a collection.

    Raises `InvalidUrlQuery`, `PropertyNotFound`, and what a filter raises.
    """
    options = request.read_options(*LIST_OPTIONS)
    if any(key.path.lower() == _TITLE for key in options.orderby):
        raise InvalidUrlQuery(option="$orderby")
    page = Page(
        size=request.page_size(options, DEFAULT_PAGE_SIZE),
        skip=options.skip,
        order=entity_type.resolve_order(options.orderby),
        filter=request.read_filter(options, entity_type),
        until=options.until,
        counted=options.count,
    )
    return TodoPageQuery(options, _read_select(request, options, entity_type), page)


def is_of_open_tasks(options: QueryOptions) -> bool:
    """Tell whether tasks are asked for by `status ne 'completed'`, as To Do's own clients do."""
    return _OPEN.fullmatch(options.filter or "") is not None


def _read_select(
    request: GraphRequest, options: QueryOptions, entity_type: EntityType
) -> tuple[str, ...]:
    if not options.select:
        return ()
    if quirks.SELECT_REFUSED in request.quirks and entity_type in _SELECT_REFUSED:
        raise InvalidUrlQuery(option="$select")
    return entity_type.select(options.select)
