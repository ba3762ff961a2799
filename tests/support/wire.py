"""The wire under test: the application in this process, or a server started by the command line.

Each test works in a mailbox of its own, opened by a token of its own, so that none needs cleaning.
"""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import uuid4

import httpx2

from afterlook import main, settings
from afterlook.runtime.clock import Clock
from tests.support.client import Client

Mode = Literal["in-process", "live"]
Engine = Literal["sqlite", "postgresql"]

_START_SECONDS = 60


@dataclass
class Wire:
    """A running service: `mode` and `engine` tell which, `client` calls it without a token.

    `database` is the URL of its store, where tests look at it or change it beside the service.
    """

    mode: Mode
    engine: Engine
    client: httpx2.Client
    database: str = ""

    @property
    def url(self) -> str:
        """The base URL."""
        return str(self.client.base_url).rstrip("/")


class Mailbox:
    """A new mailbox and its owner; addresses are below `/api/beta/me` unless absolute.

    A `token` of None calls without one, and so for the demo user.
    """

    def __init__(self, wire: Wire, token: str | None) -> None:
        self.wire = wire
        self.authorization = {} if token is None else {"Authorization": f"Bearer {token}"}

    def send(
        self,
        method: str,
        address: str,
        json: object = None,
        **headers: str,
    ) -> httpx2.Response:
        """Send a request; a header `If_Match="…"` goes out as `If-Match`."""
        url = address if address.startswith(("/", "http")) else f"/api/beta/me/{address}"
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named = self.authorization | named
        if json is None:
            return self.wire.client.request(method, url, headers=named)
        return self.wire.client.request(method, url, json=json, headers=named)

    def get(self, address: str, **headers: str) -> httpx2.Response:
        """Send a GET."""
        return self.send("GET", address, **headers)

    def post(self, address: str, json: object = None, **headers: str) -> httpx2.Response:
        """Send a POST."""
        return self.send("POST", address, json, **headers)

    def patch(self, address: str, json: object = None, **headers: str) -> httpx2.Response:
        """Send a PATCH."""
        return self.send("PATCH", address, json, **headers)

    def delete(self, address: str, **headers: str) -> httpx2.Response:
        """Send a DELETE."""
        return self.send("DELETE", address, **headers)

    def create(self, address: str, json: object) -> dict[str, object]:
        """POST what must succeed; return the entity."""
        response = self.post(address, json)
        assert response.status_code == httpx2.codes.CREATED, response.text
        return dict(response.json())


@contextmanager
def in_process(
    database: str, engine: Engine, clock: Clock | None = None, **flags: object
) -> Iterator[Wire]:
    """Run the application in this process."""
    flags.setdefault("durability", "normal")  # no test takes the power away
    loaded = settings.load(database=database, seed="empty", **flags)
    app = main.create_app(loaded, main.open_store(loaded, clock))
    with Client(
        app, base_url="http://localhost", raise_server_exceptions=False, follow_redirects=False
    ) as client:
        yield Wire("in-process", engine, client, database)


@contextmanager
def live(database: str, engine: Engine, scratch: Path, *flags: str) -> Iterator[Wire]:
    """Run a server as a user starts it, on a port of its own."""
    command = ["--port", "0", "--database", database, "--seed", "empty", "--durability", "normal"]
    command += flags
    with (
        run_server(scratch, *command) as (url, _),
        httpx2.Client(base_url=url, timeout=30) as client,
    ):
        yield Wire("live", engine, client, database)


@contextmanager
def run_server(scratch: Path, *flags: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Run `afterlook serve` with flags; yield its base URL and its process."""
    port_file = scratch / f"port-{uuid4().hex}"
    command = [sys.executable, "-m", "afterlook", "serve", "--port-file", str(port_file), *flags]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=scratch) as process:
        try:
            yield _announced(process, port_file), process
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
            process.communicate(timeout=_START_SECONDS)


def _announced(process: subprocess.Popen[str], port_file: Path) -> str:
    deadline = time.monotonic() + _START_SECONDS
    while not port_file.exists():
        assert process.poll() is None, f"the server ended with {process.returncode}"
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.02)
    return port_file.read_text("utf-8").strip()
