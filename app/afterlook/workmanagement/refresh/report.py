"""What a refresh has done so far, as it is kept with it: the JSON of `changes` and `providers`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import IntEnum
from itertools import chain

import orjson

from afterlook.runtime.instants import Instant


class RefreshState(IntEnum):
    """How far a refresh is ([MS-WMCSOM] 3.1.5.30)."""

    NO_VALUE = 0
    PENDING = 1
    IGNORED = 2
    SUCCEEDED = 3
    FAILED = 4


@dataclass
class Changes:
    """How many tasks came to a location, of them active ones, changed there, and went."""

    root: int
    active_added: int = 0
    added: int = 0
    updated: int = 0
    removed: int = 0


@dataclass(frozen=True)
class ProviderStatus:
    """How a provider's part went, at one of its roots; `failed` names the failure.

    `succeeded` is when it went well before, where it failed: history does not go back for ever.
    """

    provider: int
    root: int
    started: Instant
    finished: Instant | None
    failed: str | None = None
    succeeded: Instant | None = None


def last_successes(newest_first: Iterable[Iterable[ProviderStatus]]) -> dict[int, Instant]:
    """Return when each provider's part last went well, by its number."""
    successes: dict[int, Instant] = {}
    for status in chain.from_iterable(newest_first):
        at = status.finished if status.finished is not None else status.succeeded
        if at is not None:
            successes.setdefault(status.provider, at)
    return successes


def decode_changes(text: str) -> dict[int, Changes]:
    """Return changes from their JSON, by the locations at the roots."""
    return {values["root"]: Changes(**values) for values in orjson.loads(text)}


def encode_changes(changes: Iterable[Changes]) -> str:
    """Return changes as JSON."""
    return orjson.dumps([asdict(one) for one in changes]).decode()


def decode_statuses(text: str) -> list[ProviderStatus]:
    """Return statuses from their JSON."""
    return [ProviderStatus(**values) for values in orjson.loads(text)]


def encode_statuses(statuses: Iterable[ProviderStatus]) -> str:
    """Return statuses as JSON."""
    return orjson.dumps([asdict(one) for one in statuses]).decode()
