"""What a refresh has done so far, as it is kept with it.

Owns the text of the columns `changes` and `providers`. Must not know how a refresh goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

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
    """How a provider's part went, at one of its roots; `failed` names the failure."""

    provider: int
    root: int
    started: Instant
    finished: Instant | None
    failed: str | None = None


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
