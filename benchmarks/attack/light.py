"""The light client: one task, again and again, on one connection, in a process of its own.

Owns measuring the longest time that it waits for an answer. Must not know what goes on beside it.
"""

from __future__ import annotations

import multiprocessing
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import NamedTuple

from benchmarks.attack import wire

_SPAWN = multiprocessing.get_context("spawn")
_PAUSE = 0.002
_MIN_ANSWERS = 3


class Seen(NamedTuple):
    """What the light client saw since it was last asked: times in seconds."""

    answers: int
    failures: int
    longest: float
    usual: float


class Light:
    """A light client that runs."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def seen(self) -> Seen:
        """Return what was seen since the last time."""
        self._pipe.send("seen")
        if not self._pipe.poll(2 * wire.SECONDS):
            return Seen(0, 1, 2 * wire.SECONDS, 2 * wire.SECONDS)
        found: Seen = self._pipe.recv()
        return found


@contextmanager
def beside(port: int, target: str) -> Iterator[Light]:
    """Run a light client beside the block."""
    ours, theirs = _SPAWN.Pipe()
    process = _SPAWN.Process(target=_run, args=(theirs, port, target), daemon=True)
    process.start()
    light = Light(ours)
    try:
        while light.seen().answers < _MIN_ANSWERS:
            time.sleep(0.05)
        yield light
    finally:
        process.terminate()
        process.join()


def _run(pipe: Connection, port: int, target: str) -> None:
    request = wire.write("GET", target)
    connection: socket.socket | None = None
    times: list[float] = []
    failures = 0
    while True:
        began = time.perf_counter()
        try:
            connection = connection or wire.connect(port)
            connection.sendall(request)
            failures += wire.receive(connection).status != 200
        except OSError:
            failures += 1
            connection = None
        times.append(time.perf_counter() - began)
        if pipe.poll():
            pipe.recv()
            usual = sorted(times)[len(times) // 2]
            pipe.send(Seen(len(times), failures, max(times), usual))
            times, failures = [], 0
        time.sleep(_PAUSE)
