"""The items of a list of tasks.

Owns the resources below one list's `items`, and the errors that stand for those of the domain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import errors, item_bodies, item_pages
from afterlook.sharepoint.rest.list_pages import read_page
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.response_writer import Version
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import Related, select_members
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow
from afterlook.workmanagement.providers import items, lists
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected

T = TypeVar("T")

_MAX_QUOTED = 256
"""Characters of a request that an error quotes."""

Result = tuple[object, int]
"""The content of an answer, and its status."""

ANY_ITEM = "SP.ListItem"
"""The type that items of every list are of."""

UPDATES = ("MERGE", "PATCH", "PUT")


async def answer_items(request: RestRequest, provider_list: ProviderListRow) -> Result:
    """Answer a request for the items. Raises `QueryError`."""
    request.expect_method("GET", "POST")
    if request.method == "GET":
        page = await read_page(request, item_pages.pages(request.context, provider_list))
        return page._replace(type=item_bodies.type_of(provider_list)), 200
    request.expect_type(item_bodies.type_of(provider_list), ANY_ITEM)
    values = item_bodies.read_item(provider_list, request.body)
    made = await write(
        request.context,
        lambda session: items.create_item(session, reload(session, provider_list), values),
    )
    return item_bodies.render_item(provider_list, made), 201


async def answer_item(
    request: RestRequest, provider_list: ProviderListRow, named: RestSegment
) -> Result:
    """Answer a request for one item. Raises `QueryError`."""
    request.expect_method("GET", *UPDATES, "DELETE")
    context, number = request.context, _number(named)
    if request.method == "GET":
        request.expect_options("$select", "$expand")
        item = await _get_item(context, provider_list, number)
        related = item_bodies.related_users(context, item)
        return select_members(item_bodies.render_item(provider_list, item), request, related), 200
    if request.method == "DELETE":
        await write(
            context,
            lambda session: items.delete_item(
                session, reload(session, provider_list), number, request.precondition
            ),
            request,
        )
        return None, 200
    request.expect_type(item_bodies.type_of(provider_list), ANY_ITEM)
    values = item_bodies.read_item(provider_list, request.body)
    written = await write(
        context,
        lambda session: items.update_item(
            session, reload(session, provider_list), number, values, request.precondition
        ),
        request,
    )
    return Version(item_bodies.etag_of(written)), 204


async def read_related(
    request: RestRequest, provider_list: ProviderListRow, named: RestSegment
) -> Related:
    """Return what an item leads to, by names in lower case. Raises `QueryError`."""
    item = await _get_item(request.context, provider_list, _number(named))
    related = item_bodies.related_users(request.context, item)
    return {name.lower(): one for name, one in related.items()}


def _number(named: RestSegment) -> int:
    number = named.number
    if number is None:
        raise errors.ItemMissing
    return number


async def _get_item(
    context: RequestContext, provider_list: ProviderListRow, number: int
) -> ProviderItemRow:
    item = await context.store.read_by_key(
        lambda session: items.get_item(session, provider_list, number)
    )
    if item is None:
        raise errors.ItemMissing
    return item


async def write(
    context: RequestContext,
    work: Callable[[WriteSession], T],
    conditional: RestRequest | None = None,
) -> T:
    """Write in a transaction, as a `conditional` request asks if it is one.

    Translates the errors of the domain. Raises `RestError`.
    """
    try:
        return await context.store.write(work)
    except ProviderWriteRejected as rejected:
        unmet = "" if conditional is None else conditional.quote_unmet(rejected.what)
        raise _errors(rejected.what, unmet)[rejected.error] from rejected


def _errors(what: str, given: str) -> Mapping[ProviderWriteError, errors.RestError]:
    return {
        ProviderWriteError.TITLE_TAKEN: errors.TitleTaken(),
        ProviderWriteError.TITLE_INVALID: errors.ValueInvalid(name=what),
        ProviderWriteError.VALUE_INVALID: errors.ValueInvalid(name=what),
        ProviderWriteError.TOO_MANY: errors.Prohibited(),
        ProviderWriteError.STALE: errors.EtagStale(given=given[:_MAX_QUOTED], stored=f'"{what}"'),
        ProviderWriteError.GONE: errors.ItemMissing(),
        ProviderWriteError.DOWN: errors.Unavailable(),
    }


def reload(session: WriteSession, provider_list: ProviderListRow) -> ProviderListRow:
    """Return a list as it is now that nobody else writes to it. Raises `ProviderWriteRejected`."""
    row = lists.get_list(session, provider_list.id)
    if row is None:
        raise ProviderWriteRejected(ProviderWriteError.GONE)
    if lists.is_down(session, row):
        raise ProviderWriteRejected(ProviderWriteError.DOWN)
    return row
