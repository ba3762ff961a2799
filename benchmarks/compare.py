"""Afterlook against the floor.

Owns the four kinds of work, their targets, and the proof that both servers give the same answers.
Must not know how a server is run.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import orjson

from benchmarks.load import Load, measure_in_turn
from benchmarks.servers import Answer, Server

_TASKS = "/api/beta/me/tasks"
_PAGE = f"{_TASKS}?$top=100"

# Outlook Task REST, "Create tasks" and "Update tasks".
_NEW = orjson.dumps(
    {
        "Subject": "Shop for children's weekend",
        "Body": {"ContentType": "HTML", "Content": "<p>Bring the <b>list</b> along.</p>"},
        "StartDateTime": {"DateTime": "2016-05-03T09:00:00", "TimeZone": "Eastern Standard Time"},
        "DueDateTime": {"DateTime": "2016-05-05T16:00:00", "TimeZone": "Eastern Standard Time"},
    }
)
_CHANGED = orjson.dumps(
    {
        "Importance": "High",
        "DueDateTime": {"DateTime": "2016-05-06T16:00:00", "TimeZone": "Eastern Standard Time"},
    }
)

# Each server writes at an instant of its own, and gives each answer an id of its own.
_OWN_HEADERS = {"date", "request-id"}
_OWN_STAMPS = re.compile(rb'"(?:Created|LastModified)DateTime":"[^"]*"')


@dataclass(frozen=True)
class Work:
    """Something to measure; `target` is the share of the floor that Afterlook must reach."""

    name: str
    target: float
    load: Load


@dataclass(frozen=True)
class Comparison:
    """What one kind of work came to, in requests per second."""

    work: Work
    floor: float
    afterlook: float

    @property
    def ratio(self) -> float:
        """The share of the floor that Afterlook reaches."""
        return self.afterlook / self.floor


class DifferentBytesError(Exception):
    """The floor answers differently, so that it is no floor; the text shows both answers."""


def readings(ids: Sequence[str]) -> list[Work]:
    """Return the kinds of reading, on the tasks with these ids."""
    return [
        Work("GET one task", 0.30, Load("GET", _addresses(ids))),
        Work("GET a page of 100", 0.60, Load("GET", [_PAGE])),
    ]


def works(ids: Sequence[str]) -> list[Work]:
    """Return all kinds of work, on the tasks with these ids."""
    return [
        *readings(ids),
        Work("POST a task", 0.40, Load("POST", [_TASKS], _NEW)),
        Work("PATCH a task", 0.40, Load("PATCH", _addresses(ids), _CHANGED)),
    ]


def check_same_bytes(floor: Server, afterlook: Server, todo: Sequence[Work]) -> int:
    """Ask both for the same before anything was measured; return how many answers were compared.

    Raises `DifferentBytesError` unless status, headers and body are equal, byte for byte; after
    a write the stamps of its instant aside.
    """
    compared = 0
    for work in todo:
        load = work.load
        for target in load.targets[:60]:
            expected, given = (
                _common(server.ask(load.method, target, load.body), written=bool(load.body))
                for server in (floor, afterlook)
            )
            if expected != given:
                raise DifferentBytesError(f"{work.name}\n{_difference(expected, given)}")
            compared += 1
    return compared


def compare(
    floor: Server, afterlook: Server, todo: Sequence[Work], rounds: int, seconds: int
) -> list[Comparison]:
    """Measure both servers at each kind of work, in turn."""
    comparisons = []
    for work in todo:
        rates = measure_in_turn([(floor, work.load), (afterlook, work.load)], rounds, seconds)
        comparisons.append(Comparison(work, *rates))
    return comparisons


def _difference(expected: tuple[object, ...], given: tuple[object, ...]) -> str:
    """Show both answers from a little before where they part, 200 characters of each."""
    floor, afterlook = repr(expected), repr(given)
    pairs = enumerate(zip(floor, afterlook, strict=False))
    start = max(next((at for at, (one, other) in pairs if one != other), 0) - 40, 0)
    show = slice(start, start + 200)
    return f"  floor      … {floor[show]}\n  Afterlook  … {afterlook[show]}"


def _addresses(ids: Sequence[str]) -> list[str]:
    return [f"{_TASKS}('{task}')" for task in ids]


def _common(answer: Answer, *, written: bool) -> tuple[int, Mapping[str, str], bytes]:
    own = _OWN_HEADERS | ({"content-length"} if written else set())
    headers = {name: value for name, value in answer.headers.items() if name not in own}
    body = _OWN_STAMPS.sub(b"", answer.body) if written else answer.body
    return answer.status, headers, body
