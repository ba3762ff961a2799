"""The wires: their routes, and how each answers errors.

Owns that a wire is imported when it is first called. The Outlook Task REST API is there from the
start: it is what most come for, and Graph stands on it.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.requests import Request

from afterlook.control.operation import API, CONTROL_ROOT
from afterlook.errors import StoreUnavailable
from afterlook.http.addresses import GRAPH_VERSIONS
from afterlook.http.lazy_routes import LazyRoutes
from afterlook.http.paths import API_ROOT, wire_of
from afterlook.outlook import responses
from afterlook.outlook.dispatcher import RouteEntry, make_route_table
from afterlook.outlook.routes import MOUNTED
from afterlook.runtime.garbage import pause_collection

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.routing import BaseRoute
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.control.access import Access
    from afterlook.control.emulator import Emulator
    from afterlook.errors import ServiceError

RouteTable = Sequence[RouteEntry]

_log = logging.getLogger("afterlook")


def make_routes() -> list[LazyRoutes]:
    """Return the routes of all wires but the OData services, in the order of trying them."""
    tenant = r"\A/[^/]+/(?:oauth2|discovery|userrealm|(?:v2\.0/)?\.well-known)/"
    return [
        LazyRoutes("/_(?:vti_bin|api)", _load_sharepoint),
        LazyRoutes(r"\A/(?:mytasks|personal|_assets/|_page/)|/_layouts/|/lists/", _load_page),
        LazyRoutes(rf"\A/_sign-in/|{tenant}", _load_oauth),
        LazyRoutes(rf"\A/$|\A{CONTROL_ROOT}/files/", _load_welcome),
    ]


def _load_sharepoint() -> Sequence[BaseRoute]:
    from afterlook.sharepoint.routes import ROUTES

    return ROUTES


def _load_page() -> Sequence[BaseRoute]:
    from afterlook.web.routes import ROUTES

    return ROUTES


def _load_oauth() -> Sequence[BaseRoute]:
    from afterlook.oauth.routes import ROUTES

    return ROUTES


def _load_welcome() -> Sequence[BaseRoute]:
    from afterlook.control.console.routes import WELCOME

    return WELCOME


def make_control_routes(emulator: Emulator, access: Access) -> list[LazyRoutes]:
    """Return the routes of the control surface."""

    def load_api() -> Sequence[BaseRoute]:
        from afterlook.control.api import ControlApi
        from afterlook.control.events import Events

        return [Events(emulator, access).route, ControlApi(emulator, access).route]

    def load_console() -> Sequence[BaseRoute]:
        from afterlook.control.console.routes import CONSOLE

        return CONSOLE

    return [
        LazyRoutes(rf"\A{API}", load_api),
        LazyRoutes(rf"\A{CONTROL_ROOT}(?:/(?!api|files)|$)", load_console),
    ]


class RouteTables(dict[str, RouteTable]):
    """The routes of the OData services by the first segment of their paths."""

    def __init__(self) -> None:
        super().__init__({API_ROOT: make_route_table(MOUNTED)})

    def __missing__(self, segment: str) -> RouteTable:
        """Return the routes of a segment that is not in it: none, if they are not Graph's."""
        if segment not in GRAPH_VERSIONS:
            return ()
        with pause_collection():
            from afterlook.graph.routes import get_route_tables

        self.update(get_route_tables())
        return self[segment]


def refuse_unknown_of_graph(app: ASGIApp) -> ASGIApp:
    """Return `app`, but for what no route of Graph answers: that is refused as Graph does it."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if wire_of(scope) == "graph":
            from afterlook.graph.routes import refuse_unknown

            refuse_unknown(scope)
        await app(scope, receive, send)

    return answer


def render_error(error: ServiceError, scope: Scope) -> Response:
    """Render an error in the form of the wire that was called."""
    if isinstance(error, StoreUnavailable):
        _log.error("The store could not do the work: %s", error.reason)
    match wire_of(scope):
        case "sharepoint":
            from afterlook.sharepoint import error_responses

            return error_responses.error_response(error, scope)
        case "graph":
            from afterlook.graph import errors

            return errors.error_response(error, scope)
        case "oauth":
            from afterlook.oauth import responses as oauth_responses

            return oauth_responses.error_response(Request(scope), error)
    return responses.error_response(error)
