"""Identifiers that must differ from all others: the only place that asks for randomness."""

from __future__ import annotations

from hashlib import sha256
from itertools import count
from typing import Protocol
from uuid import UUID, uuid4


class Ids(Protocol):
    """Hands out identifiers, for whoever was given it."""

    def guid(self) -> UUID:
        """Return an identifier never handed out before."""
        ...


class RandomIds:
    """Identifiers from the machine's randomness."""

    def guid(self) -> UUID:
        """Return a random (version 4) GUID."""
        return uuid4()


class SeededIds:
    """Identifiers that follow from a seed: the same in each run that asks for as many.

    They are no secrets, nor is what is signed by them. `use` tells the streams of one seed apart.
    """

    def __init__(self, seed: str, use: str) -> None:
        self._head = f"{seed} {use}"
        self._numbers = count()

    def guid(self) -> UUID:
        """Return the next GUID, which looks like a random one."""
        text = f"{self._head} {next(self._numbers)}"
        return UUID(bytes=sha256(text.encode("utf-8")).digest()[:16], version=4)

    def go_on(self, after: str) -> None:
        """Begin another stream, for a store in which `after` was reached by a run before."""
        self._head = f"{self._head} {after}"

    def restart(self) -> None:
        """Hand the same out again. For what need not differ from all before: ids of requests."""
        self._numbers = count()
