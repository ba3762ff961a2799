"""Pages of a list's items: by id, or as they are sorted.

Owns what can be asked of items, and how a page is told from the next. Must not know SQL.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import quote, urlencode

from afterlook.odata.edm import (
    BOOLEAN,
    DOUBLE,
    INT32,
    MOMENT,
    STRING,
    EdmType,
    EntityType,
    Property,
)
from afterlook.sharepoint.rest import itembodies
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import OptionRefused
from afterlook.sharepoint.rest.querying import query
from afterlook.sharepoint.rest.replies import FEW, Entity, Feed
from afterlook.sharepoint.rest.selecting import selected
from afterlook.store.pages import Page
from afterlook.store.workmanagement.sourcerows import SourceListRow
from afterlook.workmanagement import items

USUAL, MOST = 100, 5000
"""How many items a page has where nobody says, and at most."""

_OPTIONS = ("$select", "$expand", "$filter", "$orderby", "$top")
_TOKEN = re.compile(r"Paged=TRUE&p_(?P<of>ID|Skip)=(\d{1,9})", re.ASCII | re.IGNORECASE)


def _asked(name: str, type_: EdmType, column: str, *, nullable: bool = False) -> Property:
    return Property(name, type_, column, nullable=nullable, filterable=True)


_USER = (_asked("Id", INT32, "assigned"),)
ITEM = EntityType(
    "SP.ListItem",
    properties=(
        _asked("Id", INT32, "id"),
        _asked("Title", STRING, "title"),
        _asked("StartDate", MOMENT, "start", nullable=True),
        _asked("DueDate", MOMENT, "due", nullable=True),
        _asked("PercentComplete", DOUBLE, "percent"),
        _asked("Status", STRING, "status"),
        _asked("Checkmark", BOOLEAN, "is_complete"),
        _asked("Priority", STRING, "priority"),
        _asked("AssignedToId", INT32, "assigned"),
        Property("AssignedTo", STRING, parts=_USER),
        _asked("ParentIDId", INT32, "parent", nullable=True),
        _asked("PredecessorsId", INT32, "predecessors"),
        _asked("Created", MOMENT, "created"),
        _asked("Modified", MOMENT, "modified"),
    ),
)
"""What can be asked of an item."""


async def page_of(asked: Asked, source: SourceListRow) -> Feed:
    """Return a page of items. Raises `QueryError`."""
    asked.only_options(*_OPTIONS, "$skiptoken")
    caller, top = asked.caller, _top(asked)
    after, skip = _after(asked)
    filter_, order = query(asked, ITEM)
    page = Page(top, skip, order, filter_)
    found = await caller.store.scan(
        lambda session: items.page_of(session, caller.mailbox, source, after, page)
    )

    def shown() -> list[Entity]:
        return [
            selected(itembodies.shown(source, item), asked, itembodies.related(caller, item))
            for item in found.items
        ]

    count = len(found.items)
    entities = shown() if count <= FEW else await asyncio.to_thread(shown)
    if not found.more:
        return Feed(entities)
    # Where they are sorted, no id tells how far one has come.
    place = f"Skip={skip + count}" if order else f"ID={found.items[-1].id}"
    return Feed(entities, _next(asked, source, place))


def _top(asked: Asked) -> int:
    text = asked.options.get("$top", str(USUAL))
    if not (text.isascii() and text.isdigit()) or not int(text[:9]) > 0:
        raise OptionRefused(name="$top")
    return min(int(text[:9]), MOST)


def _after(asked: Asked) -> tuple[int, int]:
    """Return the id after which the page begins, and how many are passed over from there."""
    token = asked.options.get("$skiptoken")
    if token is None:
        return 0, 0
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise OptionRefused(name="$skiptoken")
    place = int(match[2])
    return (place, 0) if match["of"].lower() == "id" else (0, place)


def _next(asked: Asked, source: SourceListRow, place: str) -> str:
    kept = {name: asked.options[name] for name in _OPTIONS if name in asked.options}
    options = {"$skiptoken": f"Paged=TRUE&p_{place}", **kept}
    address = f"Web/Lists(guid'{source.guid}')/Items"
    return f"{asked.caller.web_url}/_api/{address}?{urlencode(options, quote_via=quote)}"
