"""Dispatches requests to the routes of this wire, with little around them.

FastAPI declares the routes and publishes them; run through its own stack of middlewares and
dependencies, a GET by key costs twice as much. Requests and those within a batch come through
here alike. What matches no route here (documentation, health, SharePoint, unknown addresses) is
left to the framework.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence
from re import Pattern
from typing import TYPE_CHECKING, NamedTuple

from fastapi import APIRouter, Request
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import compile_path

from afterlook.errors import ServiceError
from afterlook.http.addresses import Addresses
from afterlook.http.guards import BoundedHeads
from afterlook.outlook.dependencies import OutlookRoute
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.responses import error_response

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MountedRouters = Iterable[tuple[str, APIRouter]]
"""Routers, each with where its routes begin."""

RenderError = Callable[[ServiceError, "Scope"], "Response"]
"""Renders an error as a response in the form of the wire that was called."""

RouteHandler = Callable[[Request], Coroutine[object, object, "Response"]]


class RouteEntry(NamedTuple):
    """A route: the pattern of its path, its methods, and what answers."""

    pattern: Pattern[str]
    methods: Collection[str]
    handle: RouteHandler


def route_table(mounted: MountedRouters) -> list[RouteEntry]:
    """Return every route that takes an `OutlookRequest`, in the order in which they are tried."""
    return [
        RouteEntry(
            compile_path(prefix + route.path)[0], route.methods or (), route.get_route_handler()
        )
        for prefix, router in mounted
        for route in router.routes
        if isinstance(route, OutlookRoute) and route.path
    ]


def subrequest_app(app: FastAPI, routes: Sequence[RouteEntry]) -> ASGIApp:
    """Return the application for requests within a batch, whose guards the batch itself passed."""
    handlers = {
        key: handle for key, handle in app.exception_handlers.items() if key is not Exception
    }
    framework = ExceptionMiddleware(AsyncExitStackMiddleware(app.router), handlers=handlers)
    return BoundedHeads(
        Addresses(Dispatcher(framework, routes), VOCABULARY, error_response), error_response
    )


class Dispatcher:
    """Calls the route that matches, or the framework where none does.

    Without `render_error`, errors are raised: a batch has its own way to answer them.
    """

    def __init__(
        self, app: ASGIApp, routes: Sequence[RouteEntry], render_error: RenderError | None = None
    ) -> None:
        self._app = app
        self._render_error = render_error
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http":
            path, method = scope["path"], scope["method"]
            for pattern, methods, handle in self._routes:
                match = pattern.match(path)
                if match is not None and method in methods:
                    scope["path_params"] = match.groupdict()
                    await self._answer(handle, scope, receive, send)
                    return
        await self._app(scope, receive, send)

    async def _answer(
        self, handle: RouteHandler, scope: Scope, receive: Receive, send: Send
    ) -> None:
        has_begun = False

        async def send_and_note(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            reply = await handle(Request(scope, receive))
            await reply(scope, receive, send_and_note)
        except ServiceError as error:
            # Content that is sent in parts may be deleted before its first part is read.
            if self._render_error is None or has_begun:
                raise
            await self._render_error(error, scope)(scope, receive, send)
