"""Answers that fail before they begin, once they have begun, and once a part of them is out."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from afterlook.errors import ServiceError, StoreUnavailable
from afterlook.http.front import Front, Guard
from afterlook.http.sender import Sender
from afterlook.runtime.ids import RandomIds

START: Message = {"type": "http.response.start", "status": 200, "headers": []}


def pass_on(scope: Scope, sender: Sender) -> Response | None:
    return None


def scope_of(method: str = "GET") -> Scope:
    return {"type": "http", "method": method, "path": "/", "query_string": b"", "headers": []}


def call(app: ASGIApp, *, guard: Guard = pass_on, scope: Scope | None = None) -> list[Message]:
    """Call an application by the front; return what went out, and what was raised."""
    sent: list[Message] = []

    def render_error(error: ServiceError, _: Scope) -> Response:
        return PlainTextResponse(type(error).__name__, 503)

    def render_defect() -> Response:
        return PlainTextResponse("defect", 500)

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    front = Front(app, RandomIds(), [guard], None, pass_on, render_error, render_defect)
    try:
        asyncio.run(front(scope or scope_of(), receive, send))
    except Exception as error:  # noqa: BLE001
        sent.append({"type": "raised", "error": error})
    return sent


def failing(error: Exception, *before: Message) -> ASGIApp:
    """Return an application that sends messages, and fails."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in before:
            # Whoever sends a message lets go of it.
            await send({**message})
        raise error

    return app


def statuses(sent: list[Message]) -> list[int]:
    return [message["status"] for message in sent if message["type"] == "http.response.start"]


@pytest.mark.parametrize(
    ("error", "status"), [(StoreUnavailable(reason="full"), 503), (RuntimeError("defect"), 500)]
)
def test_before_it_begins(error: Exception, status: int) -> None:
    sent = call(failing(error))
    assert statuses(sent) == [status]
    raised = [message["error"] for message in sent if message["type"] == "raised"]
    assert raised == ([error] if status == 500 else [])


@pytest.mark.parametrize("error", [StoreUnavailable(reason="full"), RuntimeError("defect")])
def test_once_it_has_begun_it_is_a_defect(error: Exception) -> None:
    """The status that was meant is not sent, nor is the error's: it came too late."""
    sent = call(failing(error, START))
    assert statuses(sent) == [500]
    assert sent[-1] == {"type": "raised", "error": error}


@pytest.mark.parametrize("error", [StoreUnavailable(reason="full"), RuntimeError("defect")])
def test_once_a_part_is_out_nothing_follows(error: Exception) -> None:
    part: Message = {"type": "http.response.body", "body": b"half", "more_body": True}
    sent = call(failing(error, START, part))
    assert statuses(sent) == [200]
    assert [message["type"] for message in sent[1:]] == ["http.response.body", "raised"]
    assert sent[-1]["error"] is error


def test_what_guards_alter_is_not_the_scope_of_the_server() -> None:
    """By its own scope the server knows that a HEAD has no body."""
    seen: list[str] = []

    def read_as_get(scope: Scope, sender: Sender) -> Response | None:
        scope["method"] = "GET"
        return None

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["method"])
        await PlainTextResponse("whole")(scope, receive, send)

    scope = scope_of("HEAD")
    call(app, guard=read_as_get, scope=scope)
    assert seen == ["GET"]
    assert scope["method"] == "HEAD"


def test_a_guard_answers_in_place_of_a_route() -> None:
    called: list[Callable[..., object]] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        called.append(app)

    sent = call(app, guard=lambda scope, sender: PlainTextResponse("no", 403))
    assert statuses(sent) == [403]
    assert called == []
