"""A server imports what it is asked for."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from starlette.routing import BaseRoute, Route

from afterlook.control.access import Access
from afterlook.control.console import routes as console
from afterlook.control.operation import API
from afterlook.control.traffic.routes import readable
from afterlook.oauth import routes as oauth
from afterlook.sharepoint import routes as sharepoint
from afterlook.web import routes as web
from afterlook.wires import make_control_routes, make_routes

PROGRAM = """
import asyncio, json, sys
from pathlib import Path

from afterlook import server, settings
from afterlook.main import create_app, open_store
from afterlook.testing.in_process import _send

WATCHED = {
    "alembic", "jinja2", "structlog", "rich", "afterlook.graph.routers.tasks",
    "afterlook.web.routes", "afterlook.oauth.routes", "afterlook.sharepoint.routes",
    "afterlook.control.api",
}

async def run():
    wanted = settings.load(data=Path(sys.argv[1]))
    app = create_app(wanted, open_store(wanted))
    print(json.dumps([0, sorted(WATCHED & sys.modules.keys())]))
    for path in sys.argv[2:]:
        status, _ = await _send(app, "GET", path, b"")
        print(json.dumps([status, sorted(WATCHED & sys.modules.keys())]))

asyncio.run(run())
"""

GRAPH = "afterlook.graph.routers.tasks"
STEPS = [
    ("/api/beta/me/tasks", 200, ()),
    ("/api/v2.0/me/nothing", 400, ()),
    ("/nothing", 404, ()),
    ("/beta/me/todo/lists", 200, (GRAPH,)),
    ("/_api/web", 200, ("afterlook.sharepoint.routes",)),
    ("/_emulator/api/clock/show", 200, ("afterlook.control.api",)),
    ("/v1.0/me/todo/lists", 200, ()),
    ("/v1.0/me/nothing", 400, ()),
    ("/common/.well-known/openid-configuration", 200, ("afterlook.oauth.routes", "jinja2")),
    ("/mytasks", 200, ("afterlook.web.routes",)),
    ("/_emulator/", 200, ()),
]


def test_each_wire_when_it_is_called(tmp_path: Path) -> None:
    """A new store is opened and answers without what no call has been for."""
    command = [sys.executable, "-c", PROGRAM, str(tmp_path), *(path for path, _, _ in STEPS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)

    expected: set[str] = set()
    said = [json.loads(line) for line in done.stdout.splitlines()]
    for (status, imported), (path, wanted, further) in zip(
        said, [("start", 0, ()), *STEPS], strict=True
    ):
        expected |= set(further)
        assert (path, status, set(imported)) == (path, wanted, expected)


GROUPS: list[tuple[str, Sequence[BaseRoute]]] = [
    ("/_vti_bin/", sharepoint.ROUTES),
    ("/mytasks", web.ROUTES),
    ("/a/oauth2/token", oauth.ROUTES),
    ("/", console.WELCOME),
    ("/_emulator/", console.CONSOLE),
    ("/_emulator/api/", [Route(f"{API}/events", print), Route(f"{API}{{path:path}}", print)]),
]


@pytest.mark.parametrize(("example", "routes"), GROUPS)
def test_every_address_finds_its_routes(example: str, routes: Sequence[BaseRoute]) -> None:
    """What is asked of a path before late routes are imported, is so of all of their paths."""
    emulator: Any = None
    late = [*make_routes(), *make_control_routes(emulator, Access(""))]
    (group,) = [one for one in late if one.where.search(example)]
    for route in routes:
        assert isinstance(route, Route)
        assert group.where.search(readable(route)), readable(route)
        assert group.where.search(readable(route).upper())
