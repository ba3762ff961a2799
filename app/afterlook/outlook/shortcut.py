"""The application as a request within a batch meets it: behind the guards, past the framework.

Owns finding the route of a request whose batch has been let in. Must not know what a batch is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from fastapi import APIRouter, Request
from fastapi.middleware.asyncexitstack import AsyncExitStackMiddleware
from starlette.middleware.exceptions import ExceptionMiddleware
from starlette.routing import compile_path

from afterlook.http.addresses import Addresses
from afterlook.http.guards import BoundedHeads
from afterlook.outlook.edm import VOCABULARY
from afterlook.outlook.replies import refusal
from afterlook.outlook.understanding import CallRoute

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send

Mounted = Iterable[tuple[str, APIRouter]]
"""Routers, each with where its routes begin."""


def behind_guards(app: FastAPI, mounted: Mounted) -> ASGIApp:
    """Return what is behind the guards that a batch itself has passed."""
    handlers = {
        key: handle for key, handle in app.exception_handlers.items() if key is not Exception
    }
    framework = ExceptionMiddleware(AsyncExitStackMiddleware(app.router), handlers=handlers)
    routes = Shortcut(mounted, framework)
    return BoundedHeads(Addresses(routes, VOCABULARY, refusal), refusal)


class Shortcut:
    """Goes straight to the routes that take a `Call`, and leaves the rest to the framework.

    What the framework does around such a route costs as much as the route; refusals come out of
    here as the exceptions that they are.
    """

    def __init__(self, mounted: Mounted, otherwise: ASGIApp) -> None:
        self._otherwise = otherwise
        self._routes = [
            (compile_path(prefix + route.path)[0], route.methods or (), route.get_route_handler())
            for prefix, router in mounted
            for route in router.routes
            if isinstance(route, CallRoute) and route.path
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        for pattern, methods, handle in self._routes:
            match = pattern.match(scope["path"])
            if match is not None and scope["method"] in methods:
                scope["path_params"] = match.groupdict()
                reply = await handle(Request(scope, receive))
                await reply(scope, receive, send)
                return
        await self._otherwise(scope, receive, send)
