"""The front around an application of no routes: who sees a request, and who answers it.

What happens where an answer fails is in `test_failing_midway.py`.
"""

import asyncio
from typing import cast

import pytest
from starlette.responses import PlainTextResponse, Response
from starlette.types import Message, Receive, Scope, Send

from afterlook.errors import ServiceError, UriTooLong
from afterlook.http.front import Front, Guard
from afterlook.http.rates import RateLimit
from afterlook.http.sender import Sender
from afterlook.runtime.ids import RandomIds

ALL = ["first", "second", "rate limit", "addresses", "application"]
CLIENT_ID = (b"client-request-id", b"mine")


class Steps:
    """What a request passes, each step noting that it did; one may answer, or raise."""

    def __init__(self, answering: str = "", raising: str = "") -> None:
        self.passed: list[str] = []
        self._answering = answering
        self._raising = raising

    def guard(self, name: str) -> Guard:
        """Return a guard of this name."""

        def step(scope: Scope, sender: Sender) -> Response | None:
            scope["altered"] = name
            sender.added.append((b"passed", name.encode()))
            return self.pass_by(name)

        return step

    async def count(self, scope: Scope, sender: Sender) -> None:
        """Stand for the rate limit."""
        self.pass_by("rate limit")

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stand for the application."""
        self.pass_by("application")
        await PlainTextResponse("whole")(scope, receive, send)

    def pass_by(self, name: str) -> Response | None:
        """Note a step, and answer or raise where it is to."""
        self.passed.append(name)
        if name == self._raising:
            raise UriTooLong
        return PlainTextResponse(f"by {name}", 403) if name == self._answering else None


def call(steps: Steps) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Call the front; return status, headers and body of its answer."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    def render_error(error: ServiceError, scope: Scope) -> Response:
        return PlainTextResponse(f"refused after {scope['altered']}", error.status)

    def render_defect() -> Response:
        raise NotImplementedError

    guards = [steps.guard("first"), steps.guard("second")]
    rate_limit, addresses = cast("RateLimit", steps), steps.guard("addresses")
    front = Front(
        steps.answer, RandomIds(), guards, rate_limit, addresses, render_error, render_defect
    )
    scope = {"type": "http", "method": "GET", "path": "/", "headers": [CLIENT_ID]}
    asyncio.run(front(scope, receive, send))
    start, body = sent
    return start["status"], start["headers"], body["body"]


def test_all_see_a_request_in_their_order() -> None:
    steps = Steps()
    status, headers, body = call(steps)
    assert (steps.passed, status, body) == (ALL, 200, b"whole")
    names = [name for name, _ in headers]
    assert names[-5:] == [b"request-id", b"client-request-id", b"passed", b"passed", b"passed"]
    assert CLIENT_ID in headers


@pytest.mark.parametrize("name", ["first", "second", "addresses"])
def test_nobody_sees_what_a_guard_has_answered(name: str) -> None:
    steps = Steps(answering=name)
    status, _, body = call(steps)
    assert (status, body) == (403, f"by {name}".encode())
    assert steps.passed == ALL[: ALL.index(name) + 1]


@pytest.mark.parametrize("name", ALL)
def test_an_error_is_answered_whoever_raises_it(name: str) -> None:
    """By the scope as the guards left it, which tells the wire; their headers go along."""
    steps = Steps(raising=name)
    status, headers, body = call(steps)
    altered = [value for field, value in headers if field == b"passed"]
    assert (status, body) == (UriTooLong().status, b"refused after " + altered[-1])
    assert steps.passed == ALL[: ALL.index(name) + 1]
