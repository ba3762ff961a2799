"""Dispatches requests to the routes of this wire, with little around them.

FastAPI declares the routes and publishes them; run through its own stack of middlewares and
dependencies, a GET by key costs twice as much. Requests and those within a batch come through
here alike. What matches no route here (documentation, health, SharePoint, unknown addresses) is
left to the framework.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from re import Pattern
from typing import TYPE_CHECKING, NamedTuple

from fastapi import APIRouter, Request
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import compile_path

from afterlook.http.guards import expect_bounded_head
from afterlook.outlook.dependencies import OutlookRoute, ReadRequest, RouteHandler

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send

    from afterlook.http.addresses import Addresses

MountedRouters = Iterable[tuple[str, APIRouter]]
"""Routers, each with where its routes begin."""


class RouteEntry(NamedTuple):
    """A route: its path as declared, its pattern, its methods, and what answers."""

    path: str
    pattern: Pattern[str]
    methods: Collection[str]
    handle: RouteHandler


def make_route_table(
    mounted: MountedRouters, *, with_roots: bool = False, read: ReadRequest | None = None
) -> list[RouteEntry]:
    """Return every route that takes an `OutlookRequest`, in the order in which they are tried.

    Those of a prefix itself, such as a user's, come along only `with_roots`. Requests are read by
    `read`, else as each route does it.
    """
    return [
        RouteEntry(
            prefix + route.path,
            compile_path(prefix + route.path)[0],
            route.methods or (),
            route.get_route_handler() if read is None else route.make_handler(read),
        )
        for prefix, router in mounted
        for route in router.routes
        if isinstance(route, OutlookRoute) and (route.path or with_roots)
    ]


def make_framework_app(app: FastAPI) -> ASGIApp:
    """Return FastAPI's routes and handlers of errors, without what it has around them.

    Defects are answered further out, for all routes alike.
    """
    handlers = {
        key: handle for key, handle in app.exception_handlers.items() if key is not Exception
    }
    return ExceptionMiddleware(AsyncExitStackMiddleware(app.router), handlers=handlers)


def make_subrequest_app(dispatcher: Dispatcher, addresses: Addresses) -> ASGIApp:
    """Return the application for requests within a batch, whose guards the batch itself passed.

    It raises errors: a batch has its own way to answer them.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        expect_bounded_head(scope)
        addresses(scope)
        await dispatcher(scope, receive, send)

    return answer


class Dispatcher:
    """Calls the route that matches, or the framework where none does.

    `tables` has the routes below each first segment of a path, none below any other.
    """

    def __init__(self, app: ASGIApp, tables: Mapping[str, Sequence[RouteEntry]]) -> None:
        self._app = app
        self._tables = tables

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request. Raises what the route raises."""
        path, method = scope["path"], scope["method"]
        for route in self._tables[path[1 : path.find("/", 1)]]:
            _, pattern, methods, handle = route
            match = pattern.match(path)
            if match is not None and method in methods:
                scope["path_params"], scope["route"] = match.groupdict(), route
                response = await handle(Request(scope, receive))
                await response(scope, receive, send)
                return
        await self._app(scope, receive, send)
