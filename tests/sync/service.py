"""The application in this process on a store that outlives it, its clock in the test's hand."""

import asyncio
from collections.abc import Mapping
from contextlib import ExitStack
from typing import cast

from fastapi import FastAPI

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant
from afterlook.store.store import Store
from afterlook.store.upkeep import purge_tombstones
from tests.support import wire as wires
from tests.support.client import Client
from tests.support.wire import Engine, Wire
from tests.sync.replica import Answer, Get

NOW = Instant(636_000_000_000_000_000)


class Service:
    """The application, which may be started anew on its store."""

    def __init__(self, database: str, engine: Engine) -> None:
        self.clock = FrozenClock(NOW)
        self._database, self._engine = database, engine
        self._running = ExitStack()
        self.wire = self._start()

    def _start(self) -> Wire:
        running = wires.in_process(self._database, self._engine, self.clock)
        return self._running.enter_context(running)

    @property
    def horizon(self) -> int:
        """The horizon in ticks."""
        return int(self._app.state.limits.sync_horizon)

    def restart(self) -> None:
        """End the application and start another one on the same store."""
        self.close()
        self.wire = self._start()

    def close(self) -> None:
        """End the application."""
        self._running.close()

    def forget(self) -> None:
        """Run the hourly upkeep."""
        store = cast("Store", self._app.state.store)
        asyncio.run(purge_tombstones(store, self.horizon))

    def get(self, token: str) -> Get:
        """Return how the owner of a mailbox gets things."""

        def get(link: str, headers: Mapping[str, str]) -> Answer:
            own = {"Authorization": f"Bearer {token}", **headers}
            response = self.wire.client.get(link, headers=own)
            return Answer(response.status_code, response.headers, response.json())

        return get

    @property
    def _app(self) -> FastAPI:
        return cast("FastAPI", cast("Client", self.wire.client).app)
