"""The server within a test's own process: an ASGI application, without a socket.

async with in_process() as server:
transport = httpx.ASGITransport(server.app)
await server.aio.clock.freeze("2016-04-22T05:44:01Z")
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from afterlook import main, settings
from afterlook.runtime.files import temporary_directory
from afterlook.seeds import files as seeds
from afterlook.testing.control import read_refusal, read_result, write_request
from afterlook.testing.operations import AsyncOperations
from afterlook.testing.server import Mailbox

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import Message

_HOST = "localhost"
_OK = 200


class InProcess:
    """An application, with the operations of its control surface as `aio`."""

    url = f"http://{_HOST}"

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self.aio = AsyncOperations(self._call)

    async def new_mailbox(self, upn: str | None = None) -> Mailbox:
        """Make a mailbox. Raises `ControlFailedError`, where that user has one."""
        made = await self.aio.mailbox.create(upn=upn)
        return Mailbox(self.url, made["upn"], made["token"])

    async def _call(
        self, method: str, path: str, parameters: Mapping[str, object]
    ) -> dict[str, Any]:
        target, body = write_request(method, path, parameters)
        status, content = await _send(self.app, method, target, body)
        if status != _OK:
            raise read_refusal(status, content)
        return read_result(content)


@asynccontextmanager
async def in_process(seed: str = "empty", **wanted: object) -> AsyncIterator[InProcess]:
    """Run the application on a temporary store; further settings are those of `serve`, by name."""
    with temporary_directory() as directory:
        loaded = settings.load(**{"data": directory, "durability": "normal", **wanted}, seed=seed)
        store = main.open_store(loaded)
        try:
            seeds.load(store, seeds.read(seed))
            app = main.create_app(loaded, store)
        except BaseException:
            store.close()
            raise
        async with app.router.lifespan_context(app):
            yield InProcess(app)


async def _send(app: FastAPI, method: str, target: str, body: bytes | None) -> tuple[int, bytes]:
    """Call an application; return the status and the content of its answer."""
    path, _, query = target.partition("?")
    headers = [(b"host", _HOST.encode("ascii")), (b"content-type", b"application/json")]
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode("ascii"),
        "root_path": "",
        "query_string": query.encode("ascii"),
        "headers": headers,
        "client": ("127.0.0.1", 0),
        "server": (_HOST, 80),
        "state": {},
    }
    answer: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": body or b"", "more_body": False}

    async def send(message: Message) -> None:
        answer.append(message)

    await app(scope, receive, send)
    return answer[0]["status"], b"".join(each.get("body", b"") for each in answer[1:])
