"""Synchronisation: what a round costs, a full enumeration, and replicas that poll.

Owns the replicas, which go by the links that they are given, and their targets. Must not know how
a server is started, nor how a token is made.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

import orjson

from benchmarks import compare
from benchmarks.growth import Grown
from benchmarks.load import Load, LoadError, measure_in_turn
from benchmarks.servers import HOST, USUAL_HEADERS, Server

CHANGES = 10
REPLICAS = 1_000
PAGE = 1_000

TARGET_GROWTH = 1.2
"""How many times what it costs in the small mailbox a round may cost in the large one."""

TARGET_TASKS = 20_000
"""Tasks that one process is to enumerate in a second."""

TARGET_LINEAR = 1.2
"""How many times as long as the first tenth of an enumeration the last may take."""

TARGET_MEMORY = 1.2
"""How many times the memory held half-way an enumeration may ever hold."""

TARGET_POLLS = 0.5
"""The share of the rate of GET one task that polling is to reach."""

_TRACK = "odata.track-changes"
_TRACKING = {"Prefer": _TRACK}
_FOLDERS = "/api/beta/me/taskfolders"
_CHANGED = orjson.dumps({"Importance": "High"})


@dataclass(frozen=True)
class Round:
    """Rounds per second of one kind, in the small mailbox and in the large one."""

    name: str
    small: float
    large: float

    @property
    def ratio(self) -> float:
        """How many times as much a round costs in the large mailbox."""
        return self.small / self.large


@dataclass(frozen=True)
class Enumeration:
    """A full enumeration of a folder, and the bytes that the server's process held.

    `first` and `last` are the seconds that its first and its last tenth took, `halfway` is what
    was held with half of it done: what a connection caches, SQLite's 32 MiB, is full by then.
    """

    tasks: int
    seconds: float
    first: float
    last: float
    before: int
    halfway: int
    after: int
    peak: int

    @property
    def rate(self) -> float:
        """Tasks per second."""
        return self.tasks / self.seconds

    @property
    def slope(self) -> float:
        """How many times as long as the first tenth the last took."""
        return self.last / self.first

    @property
    def swelling(self) -> float:
        """The most that was ever held, as a multiple of what was held half-way."""
        return self.peak / self.halfway


@dataclass(frozen=True)
class Polling:
    """Requests per second: GET one task, and the polls of many replicas of an idle folder."""

    gets: float
    polls: float

    @property
    def ratio(self) -> float:
        """The share of the rate of GET that polling reaches."""
        return self.polls / self.gets


@dataclass(frozen=True)
class Sync:
    """Everything about synchronisation, in mailboxes of so many tasks."""

    sizes: tuple[int, int]
    rounds: Sequence[Round]
    enumeration: Enumeration
    polling: Polling


def measure(small: Grown, large: Grown, rounds: int, seconds: int) -> Sync:
    """Measure on two mailboxes, both being served; some of their tasks are changed."""
    enumeration, there = _enumerated(large)
    _, here = _enumerated(small)
    return Sync(
        (small.size, large.size),
        _rounds([(small, here), (large, there)], rounds, seconds),
        enumeration,
        _measure_polling(large, there, rounds, seconds),
    )


class _Replica:
    """A client that goes on by the link that it was given last."""

    def __init__(self, server: Server, target: str) -> None:
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
        self.target = target

    def close(self) -> None:
        self._connection.close()

    def send(self, method: str, target: str, body: bytes = b"") -> bytes:
        headers = {**USUAL_HEADERS, "Prefer": f"{_TRACK}, odata.maxpagesize={PAGE}"}
        self._connection.request(method, target, body or None, headers)
        reply = self._connection.getresponse()
        content = reply.read()
        if reply.status not in (200, 201):
            raise LoadError(f"an answer to {method} was {reply.status}: {content[:200]!r}")
        return content

    def pages(self) -> Iterator[int]:
        """Go through a round; yield how many entities each page has."""
        is_last = False
        while not is_last:
            is_first = "token=" not in self.target.lower()
            content = self.send("GET", self.target)
            # Reading a page as JSON would take as long as the server takes to write it.
            rest, _, link = content.rpartition(b'"@odata.')
            self.target = link.partition(HOST.encode())[2].partition(b'"')[0].decode()
            # The first answer has a deltaLink, whatever is to come.
            is_last = link.startswith(b"deltaLink") and not is_first
            yield rest.count(b'"@odata.id"')


def _enumerated(grown: Grown) -> tuple[Enumeration, str]:
    """Enumerate all tasks; return the link for the next round too."""
    server = grown.server
    with closing(_Replica(server, _tasks_address(server))) as replica:
        before, halfway, tasks = server.resident_bytes(), 0, 0
        times = [time.perf_counter()]
        for entities in replica.pages():
            times.append(time.perf_counter())
            tasks += entities
            if not halfway and tasks * 2 >= grown.size:
                halfway = server.resident_bytes()
    if tasks != grown.size:
        raise LoadError(f"{tasks} tasks of {grown.size} were enumerated")
    tenth = max(1, (len(times) - 1) // 10)
    enumeration = Enumeration(
        tasks=tasks,
        seconds=times[-1] - times[0],
        first=times[tenth] - times[0],
        last=times[-1] - times[-1 - tenth],
        before=before,
        halfway=halfway,
        after=server.resident_bytes(),
        peak=server.peak_bytes(),
    )
    return enumeration, replica.target


def _tasks_address(server: Server) -> str:
    folders = orjson.loads(server.ask("GET", _FOLDERS).body)["value"]
    return next(f"{_FOLDERS}('{one['Id']}')/tasks" for one in folders if one["IsDefaultFolder"])


def _rounds(of: Sequence[tuple[Grown, str]], rounds: int, seconds: int) -> list[Round]:
    """Measure rounds from these links on: before anything is changed, and after."""
    todo = [(grown.server, Load("GET", [link], headers=_TRACKING)) for grown, link in of]
    idle = measure_in_turn(todo, rounds, seconds)
    for grown, link in of:
        _change(grown, link)
    busy = measure_in_turn(todo, rounds, seconds)
    return [Round("nothing new", *idle), Round(f"{CHANGES} changes", *busy)]


def _change(grown: Grown, link: str) -> None:
    """Change some tasks all over a mailbox, and see to it that they are what a round gives."""
    with closing(_Replica(grown.server, link)) as replica:
        for task in grown.ids[:: len(grown.ids) // CHANGES][:CHANGES]:
            replica.send("PATCH", f"/api/beta/me/tasks('{task}')", _CHANGED)
        given = sum(replica.pages())
    if given != CHANGES:
        raise LoadError(f"a round gave {given} of {CHANGES} changes")


def _measure_polling(grown: Grown, link: str, rounds: int, seconds: int) -> Polling:
    """Let replicas poll that have each seen another state of the mailbox, all of it elsewhere."""
    with closing(_Replica(grown.server, link)) as replica:
        busy = orjson.loads(replica.send("POST", _FOLDERS, b'{"Name":"Busy"}'))["Id"]
        links = []
        for _ in range(REPLICAS):
            replica.send("POST", f"{_FOLDERS}('{busy}')/tasks", b'{"Subject":"Not for replicas"}')
            sum(replica.pages())
            links.append(replica.target)
    if len(set(links)) != REPLICAS:
        raise LoadError(f"{REPLICAS} replicas have {len(set(links))} tokens")
    get = compare.readings(grown.ids)[0].load
    polls = Load("GET", links, headers=_TRACKING)
    return Polling(*measure_in_turn([(grown.server, get), (grown.server, polls)], rounds, seconds))
