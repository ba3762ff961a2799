"""The two servers, each a process of its own on a free port of loopback.

Owns starting, stopping, asking once, and reading a process's memory. Must not know what is asked.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

HOST = "localhost"
"""The Host header of every request, so that both servers answer with the same addresses."""

USUAL_HEADERS = {"Host": HOST, "Content-Type": "application/json"}
"""What every request says that does not say otherwise."""

FILE = "afterlook.db"
"""The SQLite file in a data directory."""

_REPOSITORY = Path(__file__).parents[1]
_AFTERLOOK = Path(sys.executable).with_name("afterlook")
_START_SECONDS = 60


class Answer(NamedTuple):
    """An answer, whole; header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server; `start_seconds` went by from its process's start to its first answer."""

    process: subprocess.Popen[bytes]
    port: int
    start_seconds: float

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Send one request on a connection of its own."""
        return _ask(self.port, method, target, body, headers)

    def resident_bytes(self) -> int:
        """Return how much memory the process holds."""
        return self._bytes("VmRSS")

    def peak_bytes(self) -> int:
        """Return how much memory the process ever held."""
        return self._bytes("VmHWM")

    def _bytes(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition(f"{name}:")[2].split()[0]) * 1024


@contextmanager
def afterlook(*where: str, seed: str = "empty", log: IO[bytes] | None = None) -> Iterator[Server]:
    """Run Afterlook by its real command line; `where` is `--data D` or `--database URL`.

    Its standard error goes into `log`, if there is one.
    """
    command = (str(_AFTERLOOK), "serve", "--port", "0", "--seed", seed, *where, "--port-file")
    with _run_server(*command, log=log) as server:
        yield server


@contextmanager
def floor(file: Path) -> Iterator[Server]:
    """Run the floor on a SQLite file that Afterlook made."""
    with _run_server(sys.executable, "-m", "benchmarks.floor", str(file)) as server:
        yield server


@contextmanager
def _run_server(*command: str, log: IO[bytes] | None = None) -> Iterator[Server]:
    """Start a command that takes a port file as its last argument; stop it in the end."""
    # Where it is installed, modules are compiled once.
    no_bytecode = "PYTHONDONTWRITEBYTECODE"
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("AFTERLOOK_", no_bytecode))
    }
    with tempfile.TemporaryDirectory(prefix="afterlook-bench-") as folder:
        port_file = Path(folder, "port")
        started = time.perf_counter()
        process = subprocess.Popen(
            [*command, str(port_file)],
            cwd=_REPOSITORY,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=log,
        )
        try:
            port = _port(process, port_file)
            _ask(port, "GET", "/api/beta/me/tasks")
            yield Server(process, port, time.perf_counter() - started)
        finally:
            process.terminate()
            try:
                process.wait(_START_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise


def _port(process: subprocess.Popen[bytes], port_file: Path) -> int:
    deadline = time.monotonic() + _START_SECONDS
    while not port_file.exists():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"did not start: {process.args!r}")
        time.sleep(0.002)
    return int(port_file.read_text("ascii").rpartition(":")[2])


def _ask(
    port: int,
    method: str,
    target: str,
    body: bytes = b"",
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Answer:
    connection = HTTPConnection("127.0.0.1", port, timeout=_START_SECONDS)
    try:
        connection.request(method, target, body or None, {**USUAL_HEADERS, **headers})
        reply = connection.getresponse()
        received = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, received, reply.read())
    finally:
        connection.close()
