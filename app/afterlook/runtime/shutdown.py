"""How a process that serves shuts down: within the time of grace, whatever runs.

Owns when work is stopped and that nothing holds the process after that. Must not import anything
of the program: a new process has five seconds to say that it is alive, before it loads the rest.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import uvicorn
from uvicorn.supervisors.multiprocess import Process

_INTERRUPT_AT = 0.6
"""The part of the time of grace after which work is stopped, so that its 503 still goes out."""


class Stoppable(Protocol):
    """Something with work that runs, such as a store."""

    is_closed: bool

    def interrupt(self) -> None:
        """Stop what runs and refuse what comes."""


stoppables: list[Stoppable] = []
"""What this process serves from, to be stopped when it shuts down."""


OpenListeners = Callable[[uvicorn.Server, list[socket.socket]], Sequence[Any]]
"""Returns what accepts connections, and is closed as an `asyncio.Server` is."""

listener_openers: list[OpenListeners] = []
"""How this process listens, where uvicorn's own way does not do."""


class GracefulServer(uvicorn.Server):
    """One that does not wait to the end: whoever still waits then is answered with a 503."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and listen."""
        await super().startup([] if listener_openers else sockets)
        for open_listeners in listener_openers:
            self.servers = [*open_listeners(self, sockets or [])]

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End, stopping the work that runs when most of the time of grace is over."""
        grace = self.config.timeout_graceful_shutdown or 0
        for stoppable in stoppables:
            asyncio.get_running_loop().call_later(grace * _INTERRUPT_AT, stoppable.interrupt)
        await super().shutdown(sockets)


class WorkerProcess(Process):
    """A process of several that serve, which ends as one alone does."""

    def target(self, sockets: list[socket.socket] | None = None) -> None:
        """Serve until told to end."""
        super().target(sockets)
        exit_if_stuck()

    @property
    def server(self) -> uvicorn.Server:
        """The server of this process."""
        if self._server is None:
            self._server = GracefulServer(config=self.config)
        return self._server


def exit_if_stuck() -> None:
    """End the process where a thread that nothing can interrupt would hold it for ever."""
    if not all(stoppable.is_closed for stoppable in stoppables):
        sys.stdout.flush()
        os._exit(0)
