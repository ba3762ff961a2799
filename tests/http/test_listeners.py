"""One port for both schemes: who comes in, how long that is waited for, and by how many."""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import cast

import pytest
import uvloop

from afterlook.http.certificates import Certificates, keep_certificates, open_context
from afterlook.http.listeners import SocketListener

SOON = 0.2

Meet = Callable[..., None]


class Echo(asyncio.Protocol):
    """Tells by which scheme it was reached."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Those of uvloop are of no type that asyncio knows.
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        secure = b"https" if self.transport.get_extra_info("sslcontext") else b"http"
        self.transport.write(secure + b" " + data)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """Return certificates."""
    return keep_certificates(tmp_path_factory.mktemp("tls"), [], datetime.now(UTC))


@pytest.fixture(params=[asyncio.new_event_loop, uvloop.new_event_loop], ids=["asyncio", "uvloop"])
def meet(request: pytest.FixtureRequest, kept: Certificates) -> Meet:
    """Return a function that runs what a client does, on the port of a listener."""

    def meet(visit: Callable[[int, SocketListener], Awaitable[None]], room: int = 10) -> None:
        async def run() -> None:
            with socket.create_server(("127.0.0.1", 0)) as listening:
                context = open_context(kept)
                listener = SocketListener(
                    listening, Echo, context, lambda undecided: undecided < room, SOON
                )
                try:
                    async with asyncio.timeout(10):
                        await visit(listening.getsockname()[1], listener)
                finally:
                    listener.close()
                    await listener.wait_closed()

        with asyncio.Runner(loop_factory=request.param) as runner:
            runner.run(run())

    return meet


def trust(kept: Certificates) -> ssl.SSLContext:
    """Return how a client sees that this is the server it wants."""
    return ssl.create_default_context(cafile=kept.authority)


def test_both_schemes(meet: Meet, kept: Certificates) -> None:
    """What comes is answered by the scheme in which it comes, not a byte of it lost."""

    async def visit(port: int, _: SocketListener) -> None:
        for tls, said in ((None, b"http"), (trust(kept), b"https")):
            reader, writer = await asyncio.open_connection("localhost", port, ssl=tls)
            writer.write(b"GET /")
            assert await reader.readexactly(len(said) + 6) == said + b" GET /"
            writer.close()

    meet(visit)


@pytest.mark.parametrize("sent", [b"", b"\x16", b"\x16\x03\x01\x02\x00\x01", b"\x16nothing" * 99])
def test_no_handshake(meet: Meet, sent: bytes) -> None:
    """Whoever is silent, or stops in the middle, or sends something else, is not waited for."""

    async def visit(port: int, listener: SocketListener) -> None:
        reader, writer = await asyncio.open_connection("localhost", port)
        writer.write(sent)
        assert len(await reader.read()) < 10  # what TLS calls an alert, at most
        writer.close()
        await listener.wait_closed()

    meet(visit)


def test_no_room(meet: Meet, kept: Certificates) -> None:
    """There is a bound on those of whom nothing is known yet; when they are gone there is room."""

    async def visit(port: int, __: SocketListener) -> None:
        silent = [await asyncio.open_connection("localhost", port) for _ in range(3)]
        reader, refused = await asyncio.open_connection("localhost", port)
        assert await reader.read() == b""
        refused.close()
        for _, each in silent:
            each.close()
        reader, writer = await asyncio.open_connection("localhost", port, ssl=trust(kept))
        writer.write(b"x")
        assert await reader.readexactly(7) == b"https x"
        writer.close()

    meet(visit, room=3)


def test_no_descriptors(meet: Meet, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the system gives no more, the server asks again a little later, not all the time."""
    monkeypatch.setattr("afterlook.http.listeners._PAUSE_SECONDS", SOON)
    asked: list[object] = []

    class Exhausted(socket.socket):
        def accept(self) -> tuple[socket.socket, object]:
            asked.append(None)
            if len(asked) < 3:
                raise OSError(24, "Too many open files")
            return super().accept()

    monkeypatch.setattr(socket, "socket", Exhausted)

    async def visit(port: int, _: SocketListener) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"x")
        assert await reader.readexactly(6) == b"http x"
        writer.close()

    meet(visit)
    assert 3 <= len(asked) < 10


def test_closed_with_somebody_in_it(meet: Meet) -> None:
    """A server that ends waits for nobody whose scheme is not known yet."""

    async def visit(port: int, listener: SocketListener) -> None:
        reader, writer = await asyncio.open_connection("localhost", port)
        in_handshake, other = await asyncio.open_connection("localhost", port)
        other.write(b"\x16\x03\x01")
        await asyncio.sleep(SOON / 4)
        listener.close()
        await listener.wait_closed()
        assert (await reader.read(), await in_handshake.read()) == (b"", b"")
        for each in (writer, other):
            each.close()

    meet(visit)
