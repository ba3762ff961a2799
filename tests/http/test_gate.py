"""Who passes the gate: by the path as the guards leave it, whatever a client has written."""

import asyncio
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.types import Message, Scope

from afterlook.http.front import Front
from afterlook.http.gate import Gate
from afterlook.http.paths import apply_normal_path
from afterlook.http.sender import Sender
from afterlook.runtime.ids import RandomIds


def count_passed(path: str) -> int:
    """Call a path; return how many were within the gate while it was answered."""
    gate, passed = Gate(), []

    async def app(*_: Any) -> None:
        passed.append(gate.under_way)

    def let_by(_: Scope, __: Sender) -> None: ...

    def fail(*_: Any) -> PlainTextResponse:
        raise NotImplementedError

    async def receive() -> Message:
        raise NotImplementedError

    async def send(_: Message) -> None:
        raise NotImplementedError

    front = Front(
        app, RandomIds(), [apply_normal_path], None, let_by, fail, fail, gate, beside="/_emulator/"
    )
    scope = {"type": "http", "path": path, "raw_path": path.encode(), "headers": []}
    asyncio.run(front(scope, receive, send))
    assert gate.under_way == 0
    [within] = passed
    return int(within)


@pytest.mark.parametrize("path", ["/api/v2.0/me/tasks", "/_emulator/../api/v2.0/me/tasks"])
def test_calls_of_services_pass_it(path: str) -> None:
    assert count_passed(path) == 1


@pytest.mark.parametrize(
    "path", ["/_emulator/api/reset", "//_emulator//api/reset", "/x/../_emulator/"]
)
def test_who_shuts_it_stays_beside(path: str) -> None:
    """Else a reset would wait for itself."""
    assert count_passed(path) == 0
