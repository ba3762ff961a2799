"""A server that verifies tokens, over https, with a clock that stands until it is set.

Microsoft's libraries speak to https alone. Its certificate is made for the run, and known to
nobody but the tests.
"""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import trustme
import uvicorn

from afterlook import main, settings
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from tests.support.stores import NOW

_START_SECONDS = 30


@dataclass
class SecureServer:
    """A running server: its address, whom to trust for it, and its clock."""

    url: str
    authority: Path
    clock: FrozenClock

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])

    def wait(self, seconds: int) -> None:
        """Let time go by."""
        self.clock.instant = Instant(self.clock.instant + seconds * TICKS_PER_SECOND)


@contextmanager
def serve_securely(scratch: Path, **flags: object) -> Iterator[SecureServer]:
    """Run a server on a port of its own."""
    authority = trustme.CA()
    certificate, trusted = scratch / "server.pem", scratch / "authority.pem"
    issued = authority.issue_cert("localhost", "127.0.0.1")
    issued.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    authority.cert_pem.write_to_path(str(trusted))
    clock = FrozenClock(NOW)
    database = f"sqlite:///{scratch / 'afterlook.db'}"
    loaded = settings.load(database=database, seed="empty", durability="normal", **flags)
    app = main.create_app(loaded, main.open_store(loaded, clock))
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(
            app,
            log_level="error",
            log_config=None,
            lifespan="on",
            ssl_certfile=str(certificate),
            ws="none",
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            deadline = time.monotonic() + _START_SECONDS
            while not server.started:
                assert thread.is_alive(), "the server ended"
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.01)
            url = f"https://localhost:{listening.getsockname()[1]}"
            yield SecureServer(url, trusted, clock)
        finally:
            server.should_exit = True
            thread.join(_START_SECONDS)
