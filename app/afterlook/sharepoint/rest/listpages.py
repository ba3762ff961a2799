"""Pages of a list by REST, whatever its rows are: `$filter`, `$orderby`, `$top` and `$skiptoken`.

Owns how a page is told from the next. Must not know SQL, nor what a row is.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import quote, urlencode

from afterlook.http.guards import MAX_URI
from afterlook.odata.edm import EntityType
from afterlook.sharepoint.rest import skiptokens
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import OptionInvalid, TokenInvalid
from afterlook.sharepoint.rest.querying import Query, Sorts, query
from afterlook.sharepoint.rest.replies import FEW, Entity, Feed, Numbers
from afterlook.sharepoint.rest.selecting import Related, selected
from afterlook.store.keyset import Key, Place, Slice
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.workmanagement.list_pages import ListPage

Row = TypeVar("Row")

USUAL, MOST = 100, 5000
"""How many items a page has where nobody says, and at most."""

OPTIONS = ("$select", "$expand", "$filter", "$orderby", "$top")
PLAIN = "/$'(),:*"
"""What needs no encoding in a query: a link is no longer for it than the request was."""


@dataclass(frozen=True)
class Pages(Generic[Row]):
    """A list that has pages: what can be asked of it, how it is read and how a row is shown.

    `address` is that of the items below the web.
    """

    address: str
    type: EntityType
    sorts: Sorts
    read: Callable[[ReadSession, Slice], ListPage[Row]]
    sort_key: Callable[[ReadSession, Order, int], Key | None]
    shown: Callable[[Row], tuple[Entity, Related]]


async def page_of(asked: Asked, pages: Pages[Row]) -> Feed:
    """Return a page. Raises `QueryError`."""
    asked.only_options(*OPTIONS, skiptokens.OPTION)
    size, wanted = top_of(asked), _decided(query(asked, pages.type, pages.sorts))
    token = skiptokens.read(asked, wanted.keys)

    def read(session: ReadSession) -> ListPage[Row] | None:
        place = None
        if token is not None:
            key = token.key or pages.sort_key(session, wanted.order, token.id)
            if key is None:
                return None
            place = Place(key, token.before)
        return pages.read(session, Slice(size, wanted.order, wanted.filter, place))

    found = await asked.caller.store.scan(read)
    if found is None:
        raise TokenInvalid(text=asked.options.get(skiptokens.OPTION, "")[:256])
    rows = found.rows

    def shown() -> list[Entity]:
        return [selected(entity, asked, related) for entity, related in map(pages.shown, rows)]

    entities = shown() if len(rows) <= FEW else await asyncio.to_thread(shown)
    return Feed(entities, _next(asked, pages, wanted, rows[-1]) if found.more else None)


def top_of(asked: Asked) -> int:
    """Return how many entities a page has. Raises `OptionInvalid`."""
    text = asked.options.get("$top", str(USUAL))
    if not (text.isascii() and text.isdigit()) or not int(text[:9]) > 0:
        raise OptionInvalid(name="$top")
    return min(int(text[:9]), MOST)


def _decided(wanted: Query) -> Query:
    """Leave out keys after the id, which no two have in common."""
    for number, key in enumerate(wanted.keys, 1):
        if key.column == skiptokens.ID:
            return wanted._replace(keys=wanted.keys[:number])
    return wanted


def _next(asked: Asked, pages: Pages[Row], wanted: Query, last: Row) -> str:
    entity, related = pages.shown(last)
    number = entity.members["Id"]
    assert isinstance(number, int)  # noqa: S101
    values = [_at(entity, related, key.shown) for key in wanted.keys]
    link = _link(asked, pages.address, skiptokens.write(wanted.keys, values, number))
    if len(link) > MAX_URI:
        # The id says where it is as long as the item is there.
        link = _link(asked, pages.address, skiptokens.write((), (), number))
    return link


def _link(asked: Asked, address: str, token: str) -> str:
    kept = {name: asked.options[name] for name in OPTIONS if name in asked.options}
    options = urlencode({skiptokens.OPTION: token, **kept}, quote_via=quote, safe=PLAIN)
    return f"{asked.caller.web_url}/_api/{address}?{options}"


def _at(entity: Entity, related: Related, path: str) -> object:
    """Return what an entity shows at a path: of several the first."""
    head, _, part = path.partition("/")
    if not part:
        value = entity.members[head]
        return next(iter(value.values), None) if isinstance(value, Numbers) else value
    found = related[head]()
    if isinstance(found, Feed):
        found = next(iter(found.entities), Entity("", "", {}))
    return found.members.get(part)
