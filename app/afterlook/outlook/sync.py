"""Synchronisation on this wire: Outlook Task REST, "Synchronize tasks or task folders".

Owns which request is one, the links of its answers and what a deleted entity looks like. How far a
client has got stands in its token, which `mailbox.sync` goes on from.

A request goes this way: `synchronise` reads its query, then a page of changes, and renders that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Generic, NamedTuple

from afterlook.errors import InvalidRequest, InvalidUrlQuery
from afterlook.http.limits import limits_of
from afterlook.mailbox import sync, sync_tokens
from afterlook.odata import options as odata_options
from afterlook.outlook import attachment_rendering, entity_responses
from afterlook.outlook.expand import expand_entities
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.store.pages import NEAR_SIZE

if TYPE_CHECKING:
    from afterlook.mailbox.sync import Collection, SyncPage, SyncState
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.entity_sets import EntitySet
    from afterlook.outlook.request import OutlookRequest
    from afterlook.outlook.responses import ODataResponse
    from afterlook.store.feeds import ChangeEntry
    from afterlook.store.sessions import ReadSession

DEFAULT_PAGE_SIZE = 50
"""Entities in an answer to a client that names no size."""

_TRACK = "odata.track-changes"
TOKENS = ("deltatoken", "skiptoken")
"""Options that hold a token."""

_KEPT_OPTIONS = ("select", "expand", "format")
_MAX_KEPT = 8192
"""Most characters of options in a token, which must fit into an address again."""


LimitPage = Callable[["QueryOptions", "ReadSession"], Callable[[Sequence[EntityRow | None]], int]]
"""Returns what tells how many entries make a page by what is shown with them."""


@dataclass(frozen=True, slots=True)
class SyncedCollection(Generic[EntityRow]):
    """A collection as this wire synchronises it.

    `path` names it in context URLs; `write_id` writes the id of one of its entities.
    """

    entity_set: EntitySet[EntityRow]
    collection: Collection[EntityRow]
    path: str
    write_id: Callable[[int], str]


class SyncQuery(NamedTuple):
    """How far a client has got, or None at first; and the options of its first request.

    `kept_query` are those that its token is to keep.
    """

    state: SyncState | None
    options: QueryOptions
    kept_query: str = ""


def is_wanted(request: OutlookRequest) -> bool:
    """Tell a synchronisation from a plain listing: by its preference, or by its token."""
    if not request.has_sync:
        return False
    if _tracks_changes(request):
        return True
    query = request.http.scope["query_string"]
    # Which options may be given depends on the answer, so that only their names are looked at.
    return b"token" in query.lower() and not odata_options.read_names(
        query.decode("latin-1")
    ).isdisjoint(TOKENS)


def _tracks_changes(request: OutlookRequest) -> bool:
    return request.preferences.get(_TRACK, "false").lower() != "false"


async def synchronise(
    request: OutlookRequest, synced: SyncedCollection[EntityRow]
) -> ODataResponse:
    """Answer with the next entities of a collection.

    Raises `InvalidUrlQuery` for an option that no synchronisation has, `InvalidSyncState`,
    `SyncStateNotFound`, `ItemNotFound`.
    """
    query = _read_query(request, synced.collection.scope)
    view = request.view(synced.entity_set.type, query.options)
    size = request.max_page_size or DEFAULT_PAGE_SIZE
    page = await read_portion(request, synced.collection, query, size)
    rows = [entry.row for entry in page.entries if entry.row is not None]
    view = await expand_entities(request, view, query.options, rows, alone=False)
    return _render(request, synced, page, view, is_first=query.state is None)


def _read_query(request: OutlookRequest, scope: int) -> SyncQuery:
    """Read the options and the token, if there is one."""
    options = request.read_options(*_KEPT_OPTIONS, *TOKENS)
    state = _read_token(request, options, scope)
    return make_query(request, options, state, _KEPT_OPTIONS)


def make_query(
    request: OutlookRequest,
    options: QueryOptions,
    state: SyncState | None,
    kept_options: Sequence[str],
) -> SyncQuery:
    """Put together what is asked: at first, or by a token. Raises `InvalidUrlQuery`."""
    if state is not None:
        return SyncQuery(state, _kept_options(request, options, state, kept_options))
    if sum(map(len, options.given)) > _MAX_KEPT:
        raise InvalidUrlQuery(option="$expand" if options.expand else "$select")
    return SyncQuery(None, options, options.write_only(*kept_options))


def _read_token(request: OutlookRequest, options: QueryOptions, scope: int) -> SyncState | None:
    if options.skiptoken is not None:
        if options.deltatoken is not None:
            raise InvalidUrlQuery(option="$deltatoken")
        return sync_tokens.read(options.skiptoken, request.mailbox, scope, "skipToken")
    if options.deltatoken is None:
        return None
    if not _tracks_changes(request):
        reason = f"A request with a deltaToken must have the header 'Prefer: {_TRACK}'."
        raise InvalidRequest(reason=reason)
    return sync_tokens.read(options.deltatoken, request.mailbox, scope, "deltaToken")


def _kept_options(
    request: OutlookRequest,
    options: QueryOptions,
    state: SyncState,
    names: Sequence[str],
) -> QueryOptions:
    """Return the options of the first request, which the token keeps; they cannot change later."""
    kept = odata_options.parse(state.kept_query, frozenset(names))
    if options.select and set(options.select) != set(kept.select):
        raise InvalidUrlQuery(option="$select")
    if options.expand is not None and options.expand != kept.expand:
        raise InvalidUrlQuery(option="$expand")
    if options.format is None:
        request.apply_format(kept)
    return kept


async def read_portion(
    request: OutlookRequest,
    collection: Collection[EntityRow],
    query: SyncQuery,
    size: int,
    limit_page: LimitPage[EntityRow] = attachment_rendering.make_page_limiter,
) -> SyncPage[EntityRow]:
    """Read the next entries, up to `size`, or as many as `limit_page` lets on a page.

    Raises `SyncStateNotFound`, `ItemNotFound`.
    """
    state, options, kept_query = query
    has_attachments = attachment_rendering.is_expanded(options)
    if has_attachments:
        size = min(size, attachment_rendering.MAX_EXPANDED)
    now = request.store.now()
    horizon = limits_of(request.http).sync_horizon

    def read(session: ReadSession, size: int) -> SyncPage[EntityRow]:
        fit = limit_page(options, session)
        if state is None:
            return sync.begin(session, collection, size, now, kept_query, fit)
        return sync.go_on(session, collection, state, size, now, horizon, fit)

    if state is not None and not state.enumeration_cursor and not has_attachments:
        # Mostly there is little that is new, whatever a client would take.
        page = await request.store.read_by_key(partial(read, size=min(size, NEAR_SIZE)))
        if size <= NEAR_SIZE or not page.more:
            return page
    # A first enumeration may have to pass over any number of tombstones.
    return await request.store.scan(partial(read, size=size))


def _render(
    request: OutlookRequest,
    synced: SyncedCollection[EntityRow],
    page: SyncPage[EntityRow],
    view: View,
    *,
    is_first: bool,
) -> ODataResponse:
    if is_first:
        request.applied.insert(0, _TRACK)
    if view.context_user == "Me":
        # The samples have it in lower case here, and here alone (docs/reference/outlook.md §3).
        view = view._replace(context_user="me")
    context = request.context(synced.path, view)
    content: Entity = {
        "@odata.context": context if is_first else f"{context}/$delta",
        "value": [_render_entry(request, synced, entry, view) for entry in page.entries],
    }
    name, link = _write_link(request, synced.collection.scope, page, is_first=is_first)
    content[name] = link
    return entity_responses.answer_content(request, content, view, headers=request.headers())


def _render_entry(
    request: OutlookRequest,
    synced: SyncedCollection[EntityRow],
    entry: ChangeEntry[EntityRow],
    view: View,
) -> Entity:
    entity_set = synced.entity_set
    if entry.row is not None:
        return entity_responses.render_expanded(request, entity_set, entry.row, view, synced.path)
    context = request.context(synced.path, view._replace(select=()))
    return {
        "@odata.context": f"{context}/$deletedEntity",
        "id": f"{entity_set.name}('{synced.write_id(entry.entity)}')",
        "reason": "deleted",
    }


def _write_link(
    request: OutlookRequest, scope: int, page: SyncPage[EntityRow], *, is_first: bool
) -> tuple[str, str]:
    """Write the link to go on by, in the spelling of the samples."""
    # The first answer has a deltaLink even where more is to come: so the documented dance begins.
    is_delta = is_first or not page.more
    token = sync_tokens.write(
        page.state, request.mailbox, scope, "deltaToken" if is_delta else "skipToken"
    )
    option = ("deltatoken" if is_first else "deltaToken") if is_delta else "skipToken"
    name = "@odata.deltaLink" if is_delta else "@odata.nextLink"
    return name, f"{request.address.rstrip('/')}/?%24{option}={token}"
