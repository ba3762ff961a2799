"""The server in a container, for tests that have theirs by Testcontainers.

    with AfterlookContainer() as container:
        server = container.server()
        server.clock.freeze("2016-04-22T05:44:01Z")

It needs `pip install 'afterlook[containers]'`, and the image: `docker build -t afterlook .`
"""

from __future__ import annotations

from typing import Any, Self

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from afterlook.testing.server import Server

_PORT = 8025


class AfterlookContainer(DockerContainer):
    """A container of the image, with an empty store and a control surface; its data go with it.

    Further settings are those of `afterlook serve`, by name: `AfterlookContainer(auth="signed")`.
    """

    def __init__(self, image: str = "afterlook:latest", **settings: object) -> None:
        super().__init__(image)
        self.with_exposed_ports(_PORT)
        # Within a container it can't be loopback that it listens on: it has to be asked for.
        wanted = {"control": "on", "seed": "empty", **settings}
        for name, value in wanted.items():
            self.with_env(f"AFTERLOOK_{name.upper()}", str(value))
        self.waiting_for(HttpWaitStrategy(_PORT, "/readyz"))

    def start(self) -> Self:
        """Start it, and wait until it is ready."""
        # Wherever Docker runs, its host may have a name, and the server answers to names it knows.
        host: Any = self.get_container_host_ip()
        self.with_env("AFTERLOOK_ALLOWED_HOSTS", self.env.get("AFTERLOOK_ALLOWED_HOSTS", host))
        super().start()
        return self

    def get_base_url(self) -> str:
        """Return the base URL, as this machine reaches it."""
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(_PORT)}"

    def server(self) -> Server:
        """Return the server, to turn its clock, order faults, and make mailboxes."""
        return Server(self.get_base_url(), self.env.get("AFTERLOOK_ADMIN_TOKEN"))
