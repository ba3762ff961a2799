"""Identifiers that must differ from all others: the only place that asks for randomness."""

from __future__ import annotations

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
