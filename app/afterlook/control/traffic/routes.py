"""Routes by name: the templates that the journal and metrics know them by.

Owns how the pattern of a route is written for people, and that there are only so many names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from starlette.routing import BaseRoute, Route

from afterlook.http.lazy_routes import flatten

UNKNOWN = "none"
"""The name of whatever has no route."""

_LOOK_AHEAD = re.compile(r"\(\?!(?:[^()]|\([^()]*\))*\)")
_NAMED = re.compile(r"\(\?P<(\w+)>(?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
_ALTERNATIVES = re.compile(r"\(\?:([^()|]*)(?:\|[^()|]*)*\)[?*]?")
_REPEATED = re.compile(r"(?<=/)[+*?]+|\\Z|\^|\$(?!batch)")


_SLASHES = re.compile("/{2,}")


class Labels:
    """The templates of routes, by what the router leaves in a scope."""

    def __init__(self, routes: Sequence[BaseRoute], mounted: Iterable[tuple[str, Any]]) -> None:
        # A route of FastAPI's does not know what it is mounted below.
        self._of_routes = {
            id(route): prefix + route.path for prefix, router in mounted for route in router.routes
        }
        self._routes = routes
        self._of_endpoints: dict[Any, str | None] = {}

    def of(self, scope: Any) -> str | None:
        """Return the template of the route that a request went to, if it came so far."""
        if scope is None:
            return None
        route = scope.get("route")
        if route is not None:
            return self._of_routes.get(id(route)) or str(route.path)
        endpoint = scope.get("endpoint")
        if endpoint not in self._of_endpoints:
            # Routes are imported when they are first called: there may be more than there were.
            known = (route for route in flatten(self._routes) if isinstance(route, Route))
            self._of_endpoints[endpoint] = None
            self._of_endpoints |= {route.endpoint: readable(route) for route in known}
        return self._of_endpoints[endpoint]


def readable(route: Route) -> str:
    """Return the template of a route, made of its pattern where its path says nothing."""
    pattern = route.path_regex.pattern
    if route.path not in ("/", "/{web:path}{resource:path}"):
        return route.path
    text = _LOOK_AHEAD.sub("", pattern)
    text = _NAMED.sub(lambda named: f"{{{named[1]}}}", text)
    text = _ALTERNATIVES.sub(lambda either: "" if either[0].endswith("?") else either[1], text)
    text = _REPEATED.sub("", text).replace("\\", "").replace("{web}/", "/{web}/")
    return _SLASHES.sub("/", text).rstrip("/") or "/"
