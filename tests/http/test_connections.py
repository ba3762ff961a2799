"""How long a connection is waited for, counted in ticks of its clock instead of seconds."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn.config import Config
from uvicorn.server import ServerState

from afterlook.http import connection_bounds, descriptors
from afterlook.http.connections import Connection

HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
OPEN = 1_000


class Line(asyncio.Transport):
    """A connection that keeps what is written; `unread` bytes of it stay in the buffer."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[bytes] = []
        self.unread = 0
        self.end = ""

    def write(self, data: Any) -> None:
        self.parts.append(bytes(data))

    @property
    def written(self) -> bytes:
        """All that was written."""
        return b"".join(self.parts)

    def get_write_buffer_size(self) -> int:
        return self.unread

    def is_closing(self) -> bool:
        return bool(self.end)

    def close(self) -> None:
        self.end = self.end or "closed"

    def abort(self) -> None:
        self.end = "aborted"

    def can_write_eof(self) -> bool:
        return True

    def write_eof(self) -> None: ...
    def pause_reading(self) -> None: ...
    def resume_reading(self) -> None: ...


Step = Callable[[Connection, Line], Coroutine[None, None, None]]


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the body and answer."""
    if scope["type"] != "http":
        return
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body"})


def ticks(step: Step) -> tuple[int, Line]:
    """Let a client behave, before each tick, as `step` does; return when its connection ended."""

    async def run() -> tuple[int, Line]:
        config = Config(application, ws="none", lifespan="off", log_config=None)
        line = Line()
        connection = Connection(config, ServerState(), {}, asyncio.get_running_loop())
        connection.connection_made(line)
        try:
            for count in range(1, OPEN):
                await step(connection, line)
                for _ in range(5):
                    await asyncio.sleep(0)
                assert connection._timer is not None
                connection._timer.cancel()
                connection._tick()
                if line.end or connection._has_ended:
                    return count, line
            return OPEN, line
        finally:
            connection.connection_lost(OSError())

    return asyncio.run(run())


def dripping(first: bytes, then: bytes) -> Step:
    """Send something once, and then something at every tick."""
    waiting = [first]

    async def step(connection: Connection, _: Line) -> None:
        part = waiting.pop() if waiting else then
        if part:
            connection.data_received(part)

    return step


@pytest.mark.inferred("front.slow")
@pytest.mark.parametrize(
    ("step", "status", "most"),
    [
        (dripping(b"", b""), b"", 12),
        (dripping(b"GET / HT", b""), b"408", 12),
        (dripping(b"GET / HTTP/1.1\r\n", b"a: b\r\n"), b"408", 12),
        (dripping(b"", b"\r\n"), b"408", 12),
        (dripping(HEAD, b""), b"408", 22),
        (dripping(HEAD, b"x"), b"408", 22),
        (dripping(HEAD, b"x" * 300), b"408", 22),
        (dripping(GET, b""), b"204", 77),
        (dripping(GET, b"\r\n"), b"408", 80),
        (dripping(GET + b"GET", b""), b"408", 14),
        (dripping(GET + b"GET / HTTP/1.1\r\n", b"a: b\r\n"), b"408", 14),
    ],
    ids=["silent", "half-head", "dripped-head", "line-ends", "half-body", "dripped-body",
         "slow-body", "idle", "idle-line-ends", "half-next", "dripped-next"],
)  # fmt: skip
def test_deadlines(step: Step, status: bytes, most: int) -> None:
    count, line = ticks(step)

    assert count <= most
    assert status in line.written
    assert line.written.endswith(b"Request Timeout.") is (status == b"408")


@pytest.mark.inferred("front.slow")
def test_a_slow_body_that_comes() -> None:
    """A slow network is none that is refused."""
    count, line = ticks(dripping(HEAD, b"x" * 1000))

    assert count >= OPEN - 1
    assert line.end == ""


@pytest.mark.inferred("front.slow")
def test_an_answer_that_nobody_reads() -> None:
    async def never(connection: Connection, line: Line) -> None:
        if not line.unread:
            connection.data_received(GET)
            line.unread = 500_000

    async def slowly(connection: Connection, line: Line) -> None:
        line.unread = line.unread - 1000 if line.unread > 1000 else 900_000

    async def streamed(connection: Connection, line: Line) -> None:
        line.unread = 64_000
        connection.pause_writing()
        connection.resume_writing()

    count, line = ticks(never)
    assert (count <= 33, line.end) == (True, "aborted")
    for step in (slowly, streamed):
        count, line = ticks(step)
        assert (count, line.end) == (OPEN, "")


@pytest.mark.inferred("front.slow")
def test_too_many_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One too many hears so when it asks, or after a moment; of those there are only so many."""
    monkeypatch.setattr(descriptors, "max_refusals", lambda: 2)

    async def run() -> list[Line]:
        config = Config(
            application, ws="none", lifespan="off", limit_concurrency=1, log_config=None
        )
        state, lines = ServerState(), []
        made = []
        for _ in range(4):
            lines.append(Line())
            made.append(Connection(config, state, {}, asyncio.get_running_loop()))
            made[-1].connection_made(lines[-1])
        made[1].data_received(GET)
        for _ in range(3):
            made[2]._tick()
        for connection in made:
            connection.connection_lost(None)
        late = Line()
        made.append(Connection(config, ServerState(), {}, asyncio.get_running_loop()))
        made[-1].connection_made(late)
        made[-1].data_received(GET)
        await asyncio.sleep(0.01)
        made[-1].connection_lost(None)
        return [*lines, late]

    first, *others, late = asyncio.run(run())
    assert first.written == b""
    for line in others:
        assert line.written.startswith(b"HTTP/1.1 503 ")
        assert b"connection: close\r\n" in line.written
        assert b"retry-after: 1\r\n" in line.written
    assert late.written.startswith(b"HTTP/1.1 204 ")
    assert not connection_bounds._REJECTED


@pytest.mark.inferred("front.slow")
def test_an_answer_is_one_write() -> None:
    """Head and body go out together, unless the body takes its time: then the head goes first."""
    go_on = asyncio.Event()

    async def answer(scope: Scope, _: Receive, send: Send) -> None:
        length = [(b"content-length", b"4")]
        await send({"type": "http.response.start", "status": 200, "headers": length})
        if scope["path"] == "/late":
            await go_on.wait()
        await send({"type": "http.response.body", "body": b"body"})

    async def run() -> tuple[list[bytes], int]:
        config = Config(answer, ws="none", lifespan="off", log_config=None)
        line = Line()
        connection = Connection(config, ServerState(), {}, asyncio.get_running_loop())
        connection.connection_made(line)
        # The second waits for the first on its connection.
        connection.data_received(GET + GET)
        await asyncio.sleep(0.01)
        connection.data_received(GET.replace(b"/", b"/late", 1))
        await asyncio.sleep(0.01)
        before = len(line.parts)
        go_on.set()
        await asyncio.sleep(0.01)
        connection.connection_lost(None)
        return line.parts, before

    (first, second, head, body), before = asyncio.run(run())
    for whole in (first, second):
        assert whole.startswith(b"HTTP/1.1 200 ")
        assert whole.endswith(b"\r\n\r\nbody")
    assert before == 3
    assert head.endswith(b"\r\n\r\n")
    assert body == b"body"
