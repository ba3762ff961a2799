"""The routes of this wire without the framework around them, for requests and those in a batch.

Owns finding the route of a request that the guards have let in: FastAPI declares the routes and
describes them, and would find them too, at twice the cost. Must not know what a batch is.
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
from afterlook.outlook.dependencies import CallRoute
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.responses import refusal

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.responses import Response
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

Mounted = Iterable[tuple[str, APIRouter]]
"""Routers, each with where its routes begin."""

Render = Callable[[ServiceError, "Scope"], "Response"]
"""From an error to the answer that it is."""

Handle = Callable[[Request], Coroutine[object, object, "Response"]]


class Way(NamedTuple):
    """What leads to a route, and what answers there."""

    pattern: Pattern[str]
    methods: Collection[str]
    handle: Handle


def ways(mounted: Mounted) -> list[Way]:
    """Return the ways to all routes that take a `Call`."""
    return [
        Way(compile_path(prefix + route.path)[0], route.methods or (), route.get_route_handler())
        for prefix, router in mounted
        for route in router.routes
        if isinstance(route, CallRoute) and route.path
    ]


def behind_guards(app: FastAPI, routes: Sequence[Way]) -> ASGIApp:
    """Return what is behind the guards that a batch itself has passed."""
    handlers = {
        key: handle for key, handle in app.exception_handlers.items() if key is not Exception
    }
    framework = ExceptionMiddleware(AsyncExitStackMiddleware(app.router), handlers=handlers)
    return BoundedHeads(Addresses(Shortcut(framework, routes), VOCABULARY, refusal), refusal)


class Shortcut:
    """Goes straight to the routes that take a `Call`, and leaves the rest to the framework.

    What the framework does around such a route costs as much as the route. Without a `render`,
    refusals come out of here as the exceptions that they are.
    """

    def __init__(self, app: ASGIApp, routes: Sequence[Way], render: Render | None = None) -> None:
        self._app = app
        self._render = render
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

    async def _answer(self, handle: Handle, scope: Scope, receive: Receive, send: Send) -> None:
        has_begun = False

        async def send_noted(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            reply = await handle(Request(scope, receive))
            await reply(scope, receive, send_noted)
        except ServiceError as error:
            # What comes in parts may be gone before the first of them is there.
            if self._render is None or has_begun:
                raise
            await self._render(error, scope)(scope, receive, send)
