"""Clients that send too much, too slowly, or never read (C26, C27).

Owns how they behave. Must not know what bounds there are, but that there are some.
"""

from __future__ import annotations

import json
import resource
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

from benchmarks.attack import wire
from benchmarks.attack.stage import MEGABYTE, TASKS, Attack, BrokenError, Stage, expect

_HALF_HEAD = b"GET /api/beta/me/tasks HTTP/1.1\r\nHost: localhost\r\nX-Slow: a"
_HALF_BODY = wire.write("POST", TASKS, b"", {"Content-Length": "1000"}) + b'{"Subject"'
_PATIENCE = 75.0
"""Seconds after which nobody may be connected who said nothing whole."""

_BIG = 150 * MEGABYTE
_MAX_DESCRIPTORS = 200
"""Descriptors that a server is left with."""


def _send_big_head(unit: bytes) -> Callable[[Stage], str]:
    def run(stage: Stage) -> str:
        """Send a head as long as the server takes it; return how much that was."""
        sent, portion = 0, unit * (64 * 1024 // len(unit) + 1)
        with wire.connect(stage.server.port) as connection:
            connection.sendall(b"GET /api/beta/me/tasks HTTP/1.1\r\nHost: localhost\r\nX: ")
            try:
                while sent < _BIG:
                    sent += connection.send(portion)
            except OSError:
                return f"closed after {sent // 1024} KB"
        raise BrokenError(f"{sent // MEGABYTE} MB of a head were taken")

    return run


@contextmanager
def _open(port: int, first: bytes, count: int) -> Iterator[list[socket.socket]]:
    with ExitStack() as stack:
        connections = []
        for _ in range(count):
            connection = stack.enter_context(wire.connect(port))
            if first:
                connection.sendall(first)
            connections.append(connection)
        yield connections


def _dawdle(stage: Stage) -> str:
    """Send half of heads and bodies, or nothing, and wait until all are gone."""
    port = stage.server.port
    with (
        _open(port, _HALF_HEAD, 300) as heads,
        _open(port, _HALF_BODY, 300) as bodies,
        _open(port, b"", 100) as silent,
    ):
        left = {"heads": heads, "bodies": bodies, "silent": silent}
        began = time.monotonic()
        while time.monotonic() - began < _PATIENCE:
            left = {
                kind: [one for one in some if not wire.is_closed(one)]
                for kind, some in left.items()
            }
            if not any(left.values()):
                return f"closed after {time.monotonic() - began:.0f} s"
            time.sleep(1)
    counts = ", ".join(f"{len(some)} {kind}" for kind, some in left.items())
    raise BrokenError(f"still open after {_PATIENCE:.0f} s: {counts}")


def _crowd(stage: Stage) -> str:
    """Open more connections than there are descriptors; the store must go on."""
    pid = stage.server.process.pid
    resource.prlimit(pid, resource.RLIMIT_NOFILE, (_MAX_DESCRIPTORS, _MAX_DESCRIPTORS))
    with _open(stage.server.port, _HALF_HEAD, 2 * _MAX_DESCRIPTORS):
        time.sleep(1)
        with wire.connect(stage.server.port) as last:
            last.sendall(wire.write("GET", TASKS))
            return expect(wire.receive(last), 503)


def _read_never(stage: Stage) -> str:
    """Ask for all big tasks six times, and read nothing of the answers."""
    _fill(stage)
    with _open(stage.server.port, wire.write("GET", f"{TASKS}?$top=40"), 6):
        time.sleep(5)
        return "held back"


def _page_big(stage: Stage) -> str:
    """Read all big tasks, page by page."""
    _fill(stage)
    answer = stage.ask("GET", f"{TASKS}?$top=40&$orderby=CreatedDateTime%20desc")
    expect(answer, 200)
    if answer.size > 32 * MEGABYTE:
        raise BrokenError(f"a page of {answer.size // MEGABYTE} MB")
    return f"{answer.size // MEGABYTE} MB, with a link"


def _fill(stage: Stage) -> None:
    body = {"Body": {"ContentType": "Text", "Content": "x" * (4 * MEGABYTE - 1_000)}}
    request = wire.write("POST", TASKS, json.dumps(body).encode())
    with ThreadPoolExecutor(4) as pool:
        for made in pool.map(stage.send, [request] * 40):
            expect(made, 201)


ATTACKS = [
    Attack("C26", "a head of many small headers", _send_big_head(b"a\r\nb: "), alone=True),
    Attack("C26", "a head of one long header", _send_big_head(b"a"), alone=True),
    Attack("C26", "300 half heads, 300 half bodies, 100 silent", _dawdle, stall=0.5, alone=True),
    Attack("C26", "no descriptors left", _crowd, stall=0.5, alone=True),
    Attack("C27", "a page of 40 tasks of 4 MB", _page_big, stall=0.5,
           memory=300 * MEGABYTE, alone=True),
    Attack("C27", "six clients that never read one", _read_never, stall=0.5,
           memory=400 * MEGABYTE, alone=True),
]  # fmt: skip
