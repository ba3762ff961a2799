"""Routes that are imported when they may be called.

Most servers answer one wire, and each takes a tenth of a start to import.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Match

from afterlook.runtime.garbage import pause_collection

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

_ROUTE = "afterlook.lazy_route"
"""The key in the ASGI scope of the route that matched."""


class LazyRoutes(BaseRoute):
    """Routes in the place of one, imported when a request comes that may be for one of them.

    All of their paths have something that `where` finds, whatever the case of its letters.
    """

    def __init__(self, where: str, load: Callable[[], Sequence[BaseRoute]]) -> None:
        self.where = re.compile(where, re.IGNORECASE | re.ASCII)
        self._load = load
        self._routes: Sequence[BaseRoute] | None = None

    @property
    def loaded(self) -> Sequence[BaseRoute]:
        """The routes, or none as long as they are not imported."""
        return self._routes or ()

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return how the best of the routes matches; of equals the first, as everywhere."""
        best: tuple[Match, Scope] = (Match.NONE, {})
        if not self.where.search(scope["path"]):
            return best
        if self._routes is None:
            with pause_collection():
                self._routes = self._load()
        for route in self._routes:
            match, child = route.matches(scope)
            if match.value > best[0].value:
                best = (match, {**child, _ROUTE: route})
                if match is Match.FULL:
                    break
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer by the route that matched."""
        await scope[_ROUTE].handle(scope, receive, send)


def flatten(routes: Iterable[BaseRoute]) -> Iterator[BaseRoute]:
    """Yield the routes, with those in place of a lazy one that are imported by now."""
    for route in routes:
        if isinstance(route, LazyRoutes):
            yield from route.loaded
        else:
            yield route
