"""Synchronisation on this wire: Outlook Task REST, "Synchronize tasks or task folders".

Owns which request is one, the links of its answers and what a deleted entity looks like. Must not
know how far a replica has got: a token says so, `mailbox.sync` understands it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Generic

from afterlook.errors import InvalidRequest, InvalidUrlQuery
from afterlook.mailbox import sync, synctokens
from afterlook.odata import options as odata_options
from afterlook.outlook import attachment_rendering, entity_responses
from afterlook.outlook.expand import expand_entities
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.store.pages import NEAR_SIZE

if TYPE_CHECKING:
    from afterlook.mailbox.sync import Collection, Portion, Progress
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.entity_sets import EntitySet
    from afterlook.outlook.request import OutlookRequest
    from afterlook.outlook.responses import ODataResponse
    from afterlook.store.feeds import Entry
    from afterlook.store.sessions import ReadSession

DEFAULT_PAGE_SIZE = 50
"""Entities in an answer that nobody sized."""

_TRACK = "odata.track-changes"
_KEPT = ("select", "expand", "format")
_KEPT_LENGTH = 8192
"""Most characters of options in a token, which must fit into an address again."""


@dataclass(frozen=True, slots=True)
class SyncedCollection(Generic[EntityRow]):
    """A collection as this wire synchronises it.

    `path` and `name` are those of its context URLs and of its entities' addresses; `key` writes
    the id of one.
    """

    entity_set: EntitySet[EntityRow]
    collection: Collection[EntityRow]
    path: str
    key: Callable[[int], str]


def is_wanted(request: OutlookRequest) -> bool:
    """Tell a synchronisation from a plain listing: by its preference, or by its token."""
    if _tracks(request):
        return True
    query = request.http.scope["query_string"]
    return b"token" in query.lower() and bool(_tokens(odata_options.named(query.decode("latin-1"))))


def _tracks(request: OutlookRequest) -> bool:
    return request.preferences.get(_TRACK, "false").lower() != "false"


def _tokens(names: frozenset[str]) -> frozenset[str]:
    return names & {"deltatoken", "skiptoken"}


async def synchronise(request: OutlookRequest, of: SyncedCollection[EntityRow]) -> ODataResponse:
    """Answer with the next entities of a collection.

    Raises `InvalidUrlQuery` for an option that no synchronisation has, `InvalidSyncState`,
    `SyncStateNotFound`, `ItemNotFound`.
    """
    options = request.options(*_KEPT, "deltatoken", "skiptoken")
    progress = _progress(request, options, of.collection.scope)
    kept = _kept(request, options, progress)
    view = request.view(of.entity_set.type, kept)
    portion = await _portion(request, of, progress, kept)
    rows = [entry.row for entry in portion.entries if entry.row is not None]
    view = await expand_entities(request, view, kept, rows, alone=False)
    first = progress is None
    if first:
        request.applied.insert(0, _TRACK)
    if view.context_user == "Me":
        # The samples have it in lower case here, and here alone (contract §3).
        view = replace(view, context_user="me")
    context = request.context(of.path, view)
    content: Entity = {
        "@odata.context": context if first else f"{context}/$delta",
        "value": [_drawn(request, of, entry, view) for entry in portion.entries],
    }
    name, link = _link(request, of.collection.scope, portion, first=first)
    content[name] = link
    return entity_responses.render_response(request, content, view, headers=request.headers())


def _progress(request: OutlookRequest, options: QueryOptions, scope: int) -> Progress | None:
    """Read the token, if there is one."""
    if options.skiptoken is not None:
        if options.deltatoken is not None:
            raise InvalidUrlQuery(option="$deltatoken")
        return synctokens.read(options.skiptoken, request.mailbox, scope, "skipToken")
    if options.deltatoken is None:
        return None
    if not _tracks(request):
        reason = f"A request with a deltaToken must have the header 'Prefer: {_TRACK}'."
        raise InvalidRequest(reason=reason)
    return synctokens.read(options.deltatoken, request.mailbox, scope, "deltaToken")


def _kept(
    request: OutlookRequest, options: QueryOptions, progress: Progress | None
) -> QueryOptions:
    """Return the options of the first request, which a token keeps; they cannot change later."""
    if progress is None:
        if sum(map(len, options.given)) > _KEPT_LENGTH:
            raise InvalidUrlQuery(option="$expand" if options.expand else "$select")
        return options
    kept = odata_options.parse(progress.asked, frozenset(_KEPT))
    if options.select and set(options.select) != set(kept.select):
        raise InvalidUrlQuery(option="$select")
    if options.expand is not None and options.expand != kept.expand:
        raise InvalidUrlQuery(option="$expand")
    if options.format is None:
        request.apply_format(kept)
    return kept


async def _portion(
    request: OutlookRequest,
    of: SyncedCollection[EntityRow],
    progress: Progress | None,
    kept: QueryOptions,
) -> Portion[EntityRow]:
    most = request.max_page_size or DEFAULT_PAGE_SIZE
    if attachment_rendering.is_expanded(kept):
        most = min(most, attachment_rendering.MAX_EXPANDED)
    now = request.store.now()
    horizon = request.http.app.state.settings.horizon

    def work(session: ReadSession, size: int) -> Portion[EntityRow]:
        fit = attachment_rendering.page_limiter(request, kept, session)
        if progress is None:
            asked = kept.only(*_KEPT)
            return sync.begin(session, request.mailbox, of.collection, size, now, asked, fit)
        return sync.go_on(
            session, request.mailbox, of.collection, progress, size, now, horizon, fit
        )

    if progress is not None and not progress.below and not attachment_rendering.is_expanded(kept):
        # Mostly there is little that is new, whatever a client would take.
        near = await request.store.look_up(partial(work, size=min(most, NEAR_SIZE)))
        if most <= NEAR_SIZE or not near.more:
            return near
    # A first enumeration may have to pass over any number of tombstones.
    return await request.store.scan(partial(work, size=most))


def _drawn(
    request: OutlookRequest, of: SyncedCollection[EntityRow], entry: Entry[EntityRow], view: View
) -> Entity:
    if entry.row is not None:
        return entity_responses.render_expanded(request, of.entity_set, entry.row, view, of.path)
    context = request.context(of.path, replace(view, select=()))
    return {
        "@odata.context": f"{context}/$deletedEntity",
        "id": f"{of.entity_set.name}('{of.key(entry.entity)}')",
        "reason": "deleted",
    }


def _link(
    request: OutlookRequest, scope: int, portion: Portion[EntityRow], *, first: bool
) -> tuple[str, str]:
    """Write the link to go on by, in the spelling of the samples."""
    # The first answer has a deltaLink even where more is to come: so the documented dance begins.
    is_delta = first or not portion.more
    token = synctokens.write(
        portion.progress, request.mailbox, scope, "deltaToken" if is_delta else "skipToken"
    )
    option = ("deltatoken" if first else "deltaToken") if is_delta else "skipToken"
    name = "@odata.deltaLink" if is_delta else "@odata.nextLink"
    return name, f"{request.address.rstrip('/')}/?%24{option}={token}"
