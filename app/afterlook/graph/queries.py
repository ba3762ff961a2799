"""From query options to what is read: docs/reference/graph.md §5."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from afterlook.errors import InvalidUrlQuery, PropertyNotFound
from afterlook.graph import quirks
from afterlook.graph.edm import TODO_TASK, TODO_TASK_LIST
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from collections.abc import Collection

    from afterlook.graph.request import GraphRequest
    from afterlook.odata.edm import EntityType
    from afterlook.odata.options import QueryOptions

DEFAULT_PAGE_SIZE = 50
"""Entities on a page of a client that names no size."""

_LIST_OPTIONS = ("top", "skip", "select", "orderby", "filter", "count")
_OPEN = re.compile(r"\s*status\s+ne\s+'completed'\s*", re.IGNORECASE)
_TITLE = "title"
"""What the service did not sort by."""

_READ_OPTIONS = ("select",)

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
    options = request.read_options(*_with_expand(_READ_OPTIONS, entity_type))
    return options, _read_select(request, options, entity_type)


def read_page_query(
    request: GraphRequest, entity_type: EntityType, *, has_open_members: bool = False
) -> TodoPageQuery:
    """Read the options of a GET of a collection.

    Of entities that have open members, what is selected is as it was given:
    `select_open_members` reads it once it is known which they have. Raises `InvalidUrlQuery`,
    `PropertyNotFound`, and what a filter raises.
    """
    options = request.read_options(*_with_expand(_LIST_OPTIONS, entity_type))
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
    if has_open_members:
        return TodoPageQuery(options, options.select, page)
    return TodoPageQuery(options, _read_select(request, options, entity_type), page)


def select_open_members(
    entity_type: EntityType, names: tuple[str, ...], open_members: Collection[str]
) -> tuple[str, ...]:
    """Return the members that `$select` names, of those declared and of `open_members`.

    The names of these count with their case. `*` is all. Raises `PropertyNotFound`.
    """
    if "*" in names:
        return ()
    chosen: dict[str, None] = {}
    for name in names:
        declared = entity_type.find(name)
        if declared is None and name not in open_members:
            raise PropertyNotFound(name=name, type=entity_type.name)
        chosen[name if declared is None else declared.name] = None
    return tuple(chosen)


def _with_expand(options: tuple[str, ...], entity_type: EntityType) -> tuple[str, ...]:
    """Return options, and `$expand` where something can be expanded."""
    return (*options, "expand") if entity_type.navigations else options


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
