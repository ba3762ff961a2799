"""Delta queries: docs/reference/graph.md §9.

Owns their options, the links of their answers and what a removed entity looks like. How far a
client has got stands in its token, which `mailbox.sync` goes on from; the reading is the Outlook
wire's.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from afterlook.errors import ExpandNotParsed, InvalidSyncState, InvalidUrlQuery, SyncStateNotFound
from afterlook.graph import quirks, responses
from afterlook.graph.queries import DEFAULT_PAGE_SIZE
from afterlook.graph.render import TodoView
from afterlook.mailbox import sync_tokens
from afterlook.outlook import sync
from afterlook.outlook.render import EntityRow

if TYPE_CHECKING:
    from afterlook.graph.render import Entity
    from afterlook.graph.request import GraphRequest
    from afterlook.mailbox.sync import Collection, SyncPage, SyncState
    from afterlook.mailbox.sync_tokens import Use
    from afterlook.odata.edm import EntityType
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.responses import ODataResponse

_KEPT_OPTIONS = ("select", "top", "expand", "format")
"""Options that a token keeps, so that links have nothing but the token."""


ShowParts = Callable[
    ["GraphRequest", TodoView, "QueryOptions", Sequence[EntityRow]], Awaitable[TodoView]
]


@dataclass(frozen=True, slots=True)
class TrackedCollection(Generic[EntityRow]):
    """A collection as this wire tracks it.

    `expandable` are the parts that `$expand` may name, in lower case; `write_id` writes the id of
    one of its entities, `limit_page` ends a page with what is shown with its entities, and
    `show_parts` returns a view that shows it.
    """

    collection: Collection[EntityRow]
    entity_type: EntityType
    expandable: frozenset[str]
    write_id: Callable[[int], str]
    render: Callable[[EntityRow, TodoView], Entity]
    limit_page: sync.LimitPage[EntityRow]
    show_parts: ShowParts[EntityRow]


async def track(request: GraphRequest, tracked: TrackedCollection[EntityRow]) -> ODataResponse:
    """Answer with the next changes of a collection.

    Raises `InvalidUrlQuery` for an option that no delta query has, `InvalidSyncState`,
    `SyncStateNotFound`, which leads to where one begins anew, and `ItemNotFound`.
    """
    try:
        return await _track(request, tracked)
    except SyncStateNotFound as error:
        error.headers["Location"] = f"{request.address.rstrip('/')}?$deltatoken="
        raise


async def _track(request: GraphRequest, tracked: TrackedCollection[EntityRow]) -> ODataResponse:
    query = _read_query(request, tracked.collection.scope)
    options = query.options
    _expect_expandable(options.expand, tracked.expandable)
    size = request.page_size(options, DEFAULT_PAGE_SIZE)
    if not size:
        raise InvalidUrlQuery(option="$top")
    view = TodoView(request.ids, request.zone, _read_select(request, options, tracked.entity_type))
    page = await sync.read_portion(request, tracked.collection, query, size, tracked.limit_page)
    rows = [entry.row for entry in page.entries if entry.row is not None]
    view = await tracked.show_parts(request, view, options, rows)
    entities = [
        {"@removed": {"reason": "deleted"}, "id": tracked.write_id(entry.entity)}
        if entry.row is None
        else tracked.render(entry.row, view)
        for entry in page.entries
    ]
    name, link = _write_link(request, tracked.collection.scope, page)
    content: Entity = {
        "@odata.context": f"{request.root}/$metadata#Collection({tracked.entity_type.name})",
        name: link,
        "value": entities,
    }
    return responses.answer_content(request, content)


def _read_query(request: GraphRequest, scope: int) -> sync.SyncQuery:
    """Read the options and the token, if there is one."""
    options = request.read_options(*_KEPT_OPTIONS, *sync.TOKENS)
    if options.skiptoken is not None and options.deltatoken is not None:
        raise InvalidUrlQuery(option="$deltatoken")
    state = None
    if options.skiptoken is not None:
        state = _read_token(request, options.skiptoken, scope, "graph.skiptoken")
    elif options.deltatoken:
        state = _read_token(request, options.deltatoken, scope, "graph.deltatoken")
    # An empty `$deltatoken` begins anew: to there the answer to a token that is too old leads.
    return sync.make_query(request, options, state, _KEPT_OPTIONS)


def _read_token(request: GraphRequest, token: str, scope: int, use: Use) -> SyncState:
    """Read a token. Raises `InvalidSyncState`, `SyncStateNotFound` for one that is not known."""
    try:
        return sync_tokens.read(token, request.mailbox, scope, use)
    except InvalidSyncState:
        if sync_tokens.is_well_formed(token):
            raise SyncStateNotFound from None
        raise


def _expect_expandable(expand: str | None, expandable: frozenset[str]) -> None:
    for name in expand.split(",") if expand is not None else ():
        if name.strip().lower() not in expandable:
            raise ExpandNotParsed(name=name.strip()[:100])


def _read_select(
    request: GraphRequest, options: QueryOptions, entity_type: EntityType
) -> tuple[str, ...]:
    """Return what `$select` names; where the service refuses it elsewhere, it has no effect."""
    selected = entity_type.select(options.select) if options.select else ()
    return () if quirks.SELECT_REFUSED in request.quirks else selected


def _write_link(request: GraphRequest, scope: int, page: SyncPage[EntityRow]) -> tuple[str, str]:
    """Write the link to go on by: to the next page, or to what changes after the last one."""
    use: Use = "graph.skiptoken" if page.more else "graph.deltatoken"
    token = sync_tokens.write(page.state, request.mailbox, scope, use)
    name = "@odata.nextLink" if page.more else "@odata.deltaLink"
    return name, f"{request.address.rstrip('/')}?${use.removeprefix('graph.')}={token}"
