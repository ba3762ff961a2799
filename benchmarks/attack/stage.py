"""What an attack is, and the server that it is made on.

Owns the shape of an entry, and what each finds: a server, its store, a task. Must not know any
attack.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from benchmarks.attack import wire
from benchmarks.attack.wire import Answer
from benchmarks.servers import Server

TASKS = "/api/beta/me/tasks"
CSOM = "/_vti_bin/client.svc/ProcessQuery"
MEGABYTE = 1024 * 1024
POSTGRES = frozenset({"postgresql"})
SQLITE = frozenset({"sqlite"})


class BrokenError(Exception):
    """What was to hold does not; the text says what happened instead."""


@dataclass(frozen=True)
class Stage:
    """A running server, where its store is, and the target of one task on it."""

    server: Server
    data: Path
    task: str
    database: str | None = None

    def send(self, request: bytes, seconds: float = wire.SECONDS) -> Answer:
        """Send a request as it stands."""
        return wire.send(self.server.port, request, seconds)

    def ask(
        self,
        method: str,
        target: str,
        body: bytes = b"",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> Answer:
        """Send a request with the usual headers."""
        return self.send(wire.write(method, target, body, headers))

    def create_task(self, headers: Mapping[str, str] = MappingProxyType({})) -> str:
        """Make a task; return its target."""
        answer = self.ask("POST", TASKS, b'{"Subject": "x"}', headers)
        expect(answer, 201)
        return f"{TASKS}('{json.loads(answer.body)['Id']}')"


Run = Callable[[Stage], str]
"""Makes an attack; returns what was answered in a word. Raises `BrokenError`."""


@dataclass(frozen=True)
class Attack:
    """One attack and its bounds.

    `group` is the kind of attack, as docs/reliability.md has it. An attack with `flags`, or one
    that is `alone`, has a server of its own. `stall` is the longest wait of a light client in
    seconds, None where there can be none; `memory` the most that the server's peak grows, in bytes.
    """

    group: str
    name: str
    run: Run
    stall: float | None = 0.05
    memory: int = 100 * MEGABYTE
    flags: tuple[str, ...] = ()
    alone: bool = False
    engines: frozenset[str] = field(default=SQLITE | POSTGRES)


def expect(answer: Answer, *statuses: int, says: bytes = b"") -> str:
    """Return the status as a word. Raises `BrokenError` for another, or without the words."""
    if answer.status not in statuses:
        raise BrokenError(f"{answer.status} {answer.body[:80]!r}")
    if says not in answer.body:
        raise BrokenError(f"{answer.status} without {says!r}: {answer.body[:120]!r}")
    return str(answer.status)
