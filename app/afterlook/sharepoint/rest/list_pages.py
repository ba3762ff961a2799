"""Pages of a list by REST, whatever its rows are: `$filter`, `$orderby`, `$top` and `$skiptoken`.

Owns where a page ends and the link to the next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

from afterlook.http.guards import MAX_URI
from afterlook.odata.edm import EntityType
from afterlook.sharepoint.rest import skip_tokens
from afterlook.sharepoint.rest.errors import OptionInvalid, TokenInvalid
from afterlook.sharepoint.rest.query_options import CollectionQuery, Sorts, read_query
from afterlook.sharepoint.rest.response_writer import (
    MAX_ENTITIES_ON_EVENT_LOOP,
    Entity,
    Feed,
    PrimitiveCollection,
)
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import Related, select_members
from afterlook.store.keyset import Cursor, Key, KeysetPage
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.workmanagement.list_pages import ListPage

Row = TypeVar("Row")

DEFAULT_TOP, MAX_TOP = 100, 5000
"""How many items a page has without `$top`, and at most."""

OPTIONS = ("$select", "$expand", "$filter", "$orderby", "$top")
SAFE_IN_LINKS = "/$'(),:*"
"""What needs no encoding in a query: so a link is not longer than the request was."""


@dataclass(frozen=True)
class Pages(Generic[Row]):
    """A list that has pages: what it is filtered and sorted by, how it is read and rendered.

    `address` is that of the items below the web.
    """

    address: str
    type: EntityType
    sorts: Sorts
    read: Callable[[ReadSession, KeysetPage], ListPage[Row]]
    sort_key: Callable[[ReadSession, Order, int], Key | None]
    render: Callable[[Row], tuple[Entity, Related]]


async def read_page(request: RestRequest, pages: Pages[Row]) -> Feed:
    """Return a page. Raises `QueryError`."""
    request.expect_options(*OPTIONS, skip_tokens.OPTION)
    size, query = read_top(request), _cut_after_id(read_query(request, pages.type, pages.sorts))
    token = skip_tokens.read_token(request, query.keys)

    def read(session: ReadSession) -> ListPage[Row] | None:
        cursor = None
        if token is not None:
            key = token.key or pages.sort_key(session, query.order, token.id)
            if key is None:
                return None
            cursor = Cursor(key, token.before)
        return pages.read(session, KeysetPage(size, query.order, query.filter, cursor))

    page = await request.context.store.scan(read)
    if page is None:
        raise TokenInvalid(text=request.options.get(skip_tokens.OPTION, "")[:256])
    rows = page.rows

    def render() -> list[Entity]:
        return [
            select_members(entity, request, related) for entity, related in map(pages.render, rows)
        ]

    entities = (
        render() if len(rows) <= MAX_ENTITIES_ON_EVENT_LOOP else await asyncio.to_thread(render)
    )
    return Feed(entities, _next_link(request, pages, query, rows[-1]) if page.more else None)


def read_top(request: RestRequest) -> int:
    """Return how many entities a page has. Raises `OptionInvalid`."""
    text = request.options.get("$top", str(DEFAULT_TOP))
    if not (text.isascii() and text.isdigit()) or not int(text[:9]) > 0:
        raise OptionInvalid(name="$top")
    return min(int(text[:9]), MAX_TOP)


def _cut_after_id(query: CollectionQuery) -> CollectionQuery:
    """Leave out keys after the id, which no two have in common."""
    for number, key in enumerate(query.keys, 1):
        if key.column == skip_tokens.ID:
            return query._replace(keys=query.keys[:number])
    return query


def _next_link(request: RestRequest, pages: Pages[Row], query: CollectionQuery, last: Row) -> str:
    entity, related = pages.render(last)
    number = entity.members["Id"]
    assert isinstance(number, int)  # noqa: S101
    values = [_value_at(entity, related, key.path) for key in query.keys]
    link = _link(request, pages.address, skip_tokens.write_token(query.keys, values, number))
    if len(link) > MAX_URI:
        # The id says where it is as long as the item is there.
        link = _link(request, pages.address, skip_tokens.write_token((), (), number))
    return link


def _link(request: RestRequest, address: str, token: str) -> str:
    kept = {name: request.options[name] for name in OPTIONS if name in request.options}
    options = urlencode({skip_tokens.OPTION: token, **kept}, quote_via=quote, safe=SAFE_IN_LINKS)
    return f"{request.context.web_url}/_api/{address}?{options}"


def _value_at(entity: Entity, related: Related, path: str) -> object:
    """Return the value of an entity at a path: of several the first."""
    head, _, part = path.partition("/")
    if not part:
        value = entity.members[head]
        return next(iter(value.values), None) if isinstance(value, PrimitiveCollection) else value
    target = related[head]()
    if isinstance(target, Feed):
        target = next(iter(target.entities), Entity("", "", {}))
    return target.members.get(part)
