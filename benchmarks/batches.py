"""Batches: 20 requests in one, against the same 20 one after the other.

Owns the exchange that is measured, by one client on one connection. Must not know how a server is
started.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from http.client import HTTPConnection
from statistics import median

from benchmarks.load import LoadError
from benchmarks.servers import USUAL_HEADERS, Server

SIZE = 20
TARGET = 3.0
"""How many times faster a batch is to be."""


@dataclass(frozen=True)
class Batches:
    """The seconds that `SIZE` requests take: one after the other, and as one batch."""

    apart: float
    together: float

    @property
    def ratio(self) -> float:
        """How many times faster the batch is."""
        return self.apart / self.together


def measure(server: Server, ids: Sequence[str], rounds: int, seconds: int) -> Batches:
    """Get as many tasks as there is time for, in turn apart and together."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    paths = [f"/api/beta/me/tasks('{key}')" for key in ids]
    apart: list[float] = []
    together: list[float] = []
    try:
        deadline = time.perf_counter() + rounds * seconds
        while time.perf_counter() < deadline or not apart:
            start = len(apart) * SIZE % (len(paths) - SIZE)
            some = paths[start : start + SIZE]
            apart.append(_time_requests(connection, [("GET", path, b"") for path in some]))
            together.append(
                _time_requests(connection, [("POST", "/api/beta/me/$batch", _batch(some))])
            )
    finally:
        connection.close()
    return Batches(median(apart), median(together))


def _batch(paths: Sequence[str]) -> bytes:
    requests = [
        {"id": str(number), "method": "GET", "url": path} for number, path in enumerate(paths)
    ]
    return json.dumps({"requests": requests}).encode()


def _time_requests(connection: HTTPConnection, requests: Sequence[tuple[str, str, bytes]]) -> float:
    started = time.perf_counter()
    answers = []
    for method, target, body in requests:
        connection.request(method, target, body or None, USUAL_HEADERS)
        reply = connection.getresponse()
        answers.append((reply.status, reply.read()))
    elapsed = time.perf_counter() - started
    for status, content in answers:
        if status != 200 or content.count(b'"Id":') != SIZE // len(requests):
            raise LoadError(f"an answer was {status}: {content[:200]!r}")
    return elapsed
