"""Load: as many requests as a server can answer over a few connections.

Owns the choice between `wrk` and our own client, and that a failed answer spoils a measurement.
Must not know which server it is.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import median

from benchmarks import client
from benchmarks.servers import USUAL_HEADERS, Server

CONNECTIONS = 8
"""Requests under way at once."""

_WITHOUT_WRK = (
    "the built-in client, which cannot keep the floor busy, so that ratios come out too high "
    "(better: apt-get install wrk)"
)
_SCRIPT = Path(__file__).with_name("load.lua")


@dataclass(frozen=True)
class Load:
    """Requests that differ in their addresses alone; `headers` are those beside the usual ones."""

    method: str
    targets: Sequence[str]
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class LoadError(Exception):
    """The answers were not what a measurement can be made of."""


@cache
def tool() -> str:
    """Name what makes the load."""
    return "wrk" if shutil.which("wrk") else _WITHOUT_WRK


def measure_in_turn(
    contestants: Sequence[tuple[Server, Load]], rounds: int, seconds: int
) -> list[float]:
    """Return each contestant's requests per second: the median of rounds taken in turn."""
    for server, load in contestants:
        _rate(server, load, 1)
    measured: list[list[float]] = [[] for _ in contestants]
    for _ in range(rounds):
        for (server, load), rates in zip(contestants, measured, strict=True):
            rates.append(_rate(server, load, seconds))
    return [median(rates) for rates in measured]


def _rate(server: Server, load: Load, seconds: int) -> float:
    if tool() == "wrk":
        answers, elapsed, failures = _wrk(server.port, load, seconds)
    else:
        requests = [
            client.request(load.method, target, {**USUAL_HEADERS, **load.headers}, load.body)
            for target in load.targets
        ]
        answers, elapsed, failures = client.run(server.port, requests, CONNECTIONS, seconds)
    if failures or not answers:
        raise LoadError(f"{failures} of {answers} answers to {load.method} failed")
    return answers / elapsed


def _wrk(port: int, load: Load, seconds: int) -> tuple[int, float, int]:
    with tempfile.TemporaryDirectory(prefix="afterlook-bench-") as folder:
        headers, targets, body = (Path(folder, name) for name in ("headers", "targets", "body"))
        named = {**USUAL_HEADERS, **load.headers}
        headers.write_text("".join(f"{name}: {text}\n" for name, text in named.items()), "ascii")
        targets.write_text("".join(f"{target}\n" for target in load.targets), "ascii")
        body.write_bytes(load.body)
        output = subprocess.run(
            [
                *("wrk", "--threads=1", f"--connections={CONNECTIONS}", f"--duration={seconds}s"),
                *("--timeout=10s", f"--script={_SCRIPT}", f"http://127.0.0.1:{port}", "--"),
                *(load.method, str(headers), str(targets), str(body)),
            ],
            check=True,
            capture_output=True,
            text=True,
            timeout=seconds + 30,
        ).stdout
    answers, microseconds, failures = map(int, output.rpartition("measured ")[2].split())
    return answers, microseconds / 1e6, failures
