"""What a refresh has done so far, as it is kept with it.

Owns the text of the columns `changes` and `providers`. Must not know how a refresh goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from itertools import chain

import orjson

from afterlook.runtime.instants import Instant


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
    found: dict[int, Instant] = {}
    for status in chain.from_iterable(newest_first):
        at = status.finished if status.finished is not None else status.succeeded
        if at is not None:
            found.setdefault(status.provider, at)
    return found


def read_changes(text: str) -> dict[int, Changes]:
    """Read changes, by the locations at the roots."""
    return {given["root"]: Changes(**given) for given in orjson.loads(text)}


def written_changes(changes: Iterable[Changes]) -> str:
    """Write changes."""
    return orjson.dumps([asdict(one) for one in changes]).decode()


def read_statuses(text: str) -> list[ProviderStatus]:
    """Read statuses."""
    return [ProviderStatus(**given) for given in orjson.loads(text)]


def written_statuses(statuses: Iterable[ProviderStatus]) -> str:
    """Write statuses."""
    return orjson.dumps([asdict(one) for one in statuses]).decode()
