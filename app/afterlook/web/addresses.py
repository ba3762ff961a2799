"""What the address of a view asks for: a search, an order, where to begin.

Owns its bounds, and how such an address is written. What it cannot mean is passed over.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlencode

from afterlook.web.texts import TEXTS
from afterlook.web.views import MAX_SEARCH, SORTS, TaskView, Wish

if TYPE_CHECKING:
    from starlette.requests import Request

_NUMBER = re.compile(r"[0-9]{1,9}", re.ASCII)
_DIRECTIONS = {"asc": False, "desc": True}


class SortLink(NamedTuple):
    """A choice of order: `direction` is that of the list now, if it is sorted so."""

    key: str
    text: str
    href: str
    direction: str


def read_wish(request: Request, view: TaskView) -> Wish:
    """Return what is asked for of a view."""
    query = request.query_params
    search = "".join(filter(str.isprintable, query.get("q", "")))[:MAX_SEARCH].strip()
    sort = query.get("sort", "").lower()
    if not view.can_sort or sort not in SORTS:
        return Wish(search)
    descending = _DIRECTIONS.get(query.get("dir", "").lower(), SORTS[sort][1])
    return Wish(search, sort, descending)


def read_text(request: Request, name: str) -> str:
    """Return the first value of a name of the address, which is in any case; or nothing."""
    values = (value for key, value in request.query_params.multi_items() if key.lower() == name)
    return next(values, "")


def read_number(request: Request, name: str) -> int | None:
    """Return a number of the address, its name in any case."""
    value = read_text(request, name)
    return int(value) if _NUMBER.fullmatch(value) else None


def write_address(wish: Wish, start: int = 0) -> str:
    """Return the query of an address that asks for this."""
    parts: dict[str, object] = {}
    if wish.search:
        parts["q"] = wish.search
    if wish.sort:
        parts |= {"sort": wish.sort, "dir": "desc" if wish.descending else "asc"}
    if start:
        parts["start"] = start
    return f"?{urlencode(parts)}"


def sort_links(view: TaskView, wish: Wish) -> list[SortLink]:
    """Return the choices of order; the third press of one leads back to the view's own."""
    if not view.can_sort:
        return []
    links = [SortLink("own", TEXTS["sort_own"], write_address(Wish(wish.search)), "")]
    for key, (_, at_first) in SORTS.items():
        following = Wish(wish.search, key, at_first)
        direction = ""
        if key == wish.sort:
            direction = "descending" if wish.descending else "ascending"
            turned = wish.descending != at_first
            following = Wish(wish.search) if turned else Wish(wish.search, key, not at_first)
        links.append(SortLink(key, TEXTS[f"sort_{key}"], write_address(following), direction))
    return links
