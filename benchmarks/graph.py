"""Microsoft Graph: the same tasks as by Outlook REST, and delta rounds of mailboxes of two sizes.

Owns the addresses that are measured and their targets. Must not know how a server is started.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from benchmarks import compare
from benchmarks.growth import Grown
from benchmarks.load import Load, LoadError, measure_in_turn
from benchmarks.servers import HOST, Server

TARGET = 0.85
"""The share of the rate by Outlook REST that Graph is to reach."""

TARGET_GROWTH = 1.2
"""How many times what it costs in the small mailbox a delta round may cost in the large one."""

_LISTS = "/v1.0/me/todo/lists"


@dataclass(frozen=True)
class Reading:
    """Requests per second for one kind of reading, by Outlook REST and by Graph."""

    name: str
    outlook: float
    graph: float

    @property
    def ratio(self) -> float:
        """The share of Outlook's rate that Graph reaches."""
        return self.graph / self.outlook


@dataclass(frozen=True)
class DeltaRounds:
    """Rounds per second with nothing new, in mailboxes of so many tasks."""

    sizes: tuple[int, int]
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How many times as much a round costs in the large mailbox."""
        return self.small / self.large


def measure(server: Server, ids: Sequence[str], rounds: int, seconds: int) -> list[Reading]:
    """Measure reading by both, in turn."""
    tasks = _tasks_address(server)
    ours = (
        Load("GET", [f"{tasks}/{task}" for task in ids]),
        Load("GET", [f"{tasks}?$top=100"]),
    )
    return [
        Reading(
            work.name,
            *measure_in_turn([(server, work.load), (server, load)], rounds, seconds),
        )
        for work, load in zip(compare.readings(ids), ours, strict=True)
    ]


def measure_delta(small: Grown, large: Grown, rounds: int, seconds: int) -> DeltaRounds:
    """Measure rounds with nothing new, after a first one of all tasks."""
    todo = [(one.server, Load("GET", [_delta_link(one.server)])) for one in (small, large)]
    few, many = measure_in_turn(todo, rounds, seconds)
    return DeltaRounds((small.size, large.size), few, many)


def _tasks_address(server: Server) -> str:
    lists = orjson.loads(server.ask("GET", _LISTS).body)["value"]
    return next(
        f"{_LISTS}/{one['id']}/tasks" for one in lists if one["wellknownListName"] == "defaultList"
    )


def _delta_link(server: Server) -> str:
    """Go through a first round; return where the next one begins."""
    target = f"{_tasks_address(server)}/delta?$top=1000"
    while True:
        answer = server.ask("GET", target)
        if answer.status != 200:
            raise LoadError(f"a delta query was answered {answer.status}: {answer.body[:200]!r}")
        # Reading a page as JSON would take as long as the server takes to write it.
        head = answer.body.partition(b'"value":')[0]
        link = head.rpartition(HOST.encode())[2].partition(b'"')[0].decode()
        if b"@odata.deltaLink" in head:
            return link
        target = link
