"""Pages of a list's items, by id."""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from afterlook.sharepoint.rest import itembodies
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import OptionRefused
from afterlook.sharepoint.rest.replies import Feed
from afterlook.sharepoint.rest.selecting import selected
from afterlook.store.workmanagement.sourcerows import SourceListRow
from afterlook.workmanagement import items

USUAL, MOST = 100, 5000
"""How many items a page has where nobody says, and at most."""

_TOKEN = re.compile(r"Paged=TRUE&p_ID=(\d{1,9})", re.ASCII | re.IGNORECASE)


async def page_of(asked: Asked, source: SourceListRow) -> Feed:
    """Return a page of items. Raises `OptionRefused`."""
    asked.only_options("$select", "$top", "$skiptoken")
    caller, top, after = asked.caller, _top(asked), _after(asked)
    found = await caller.store.scan(
        lambda session: items.page_of(session, caller.mailbox, source, after, top + 1)
    )
    shown = [selected(itembodies.shown(source, item), asked) for item in found[:top]]
    return Feed(shown, _next(asked, source, found[top - 1].id) if len(found) > top else None)


def _top(asked: Asked) -> int:
    text = asked.options.get("$top", str(USUAL))
    if not (text.isascii() and text.isdigit()) or not int(text[:9]) > 0:
        raise OptionRefused(name="$top")
    return min(int(text[:9]), MOST)


def _after(asked: Asked) -> int:
    token = asked.options.get("$skiptoken")
    if token is None:
        return 0
    match = _TOKEN.fullmatch(token)
    if match is None:
        raise OptionRefused(name="$skiptoken")
    return int(match[1])


def _next(asked: Asked, source: SourceListRow, last: int) -> str:
    kept = {name: asked.options[name] for name in ("$select", "$top") if name in asked.options}
    options = {"$skiptoken": f"Paged=TRUE&p_ID={last}", **kept}
    address = f"Web/Lists(guid'{source.guid}')/Items"
    return f"{asked.caller.web_url}/_api/{address}?{urlencode(options, quote_via=quote)}"
