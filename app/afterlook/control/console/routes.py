"""Where the console's pages are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from afterlook.control.console.registry import spell
from afterlook.control.console.rendering import FILES, HEADERS, PAGES
from afterlook.control.console.sections import SECTIONS, Section
from afterlook.control.console.welcome import show_welcome
from afterlook.control.operation import CONTROL_ROOT
from afterlook.http.addresses import origin

if TYPE_CHECKING:
    from starlette.requests import Request

Endpoint = Callable[["Request"], Awaitable[Response]]


def _page(section: Section) -> Endpoint:
    async def show(request: Request) -> Response:
        base = origin(request.scope, request.headers.get("host"))
        values = {"section": section, "spellings": spell(section, base), "base": base}
        nonce = request.app.state.ids.guid().hex
        return PAGES.render("section.html", values, nonce=nonce, headers=HEADERS)

    return show


async def _add_slash(request: Request) -> Response:
    query = request.url.query
    return RedirectResponse(f"{CONTROL_ROOT}/?{query}" if query else f"{CONTROL_ROOT}/", 307)


WELCOME: list[BaseRoute] = [
    FILES.route,
    Route("/", show_welcome, include_in_schema=False),
]
"""What is there whether or not there is a console."""

CONSOLE: list[BaseRoute] = [
    Route(CONTROL_ROOT, _add_slash, include_in_schema=False),
    *(Route(one.path, _page(one), include_in_schema=False) for one in SECTIONS),
]
