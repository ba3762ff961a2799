"""Simulated failures behind the server, such as a list that cannot be reached.

They are injected, as time and ids are. Owns their names.
"""

from __future__ import annotations

from typing import Literal, Protocol

Condition = Literal["provider_down", "exchange_sync_errors"]
"""A list cannot be reached, named by its title; synchronisation with a mailbox has errors."""


class Conditions(Protocol):
    """Tells what goes wrong for a mailbox, named by its UPN."""

    def are_set(self) -> bool:
        """Tell whether anything goes wrong for anybody."""
        ...

    def holds(self, condition: Condition, upn: str, detail: str = "") -> bool:
        """Tell whether a condition holds; `detail` says for which thing it is asked."""
        ...


class NoConditions:
    """Nothing goes wrong."""

    def are_set(self) -> bool:
        """Return false."""
        return False

    def holds(self, condition: Condition, upn: str, detail: str = "") -> bool:  # noqa: ARG002
        """Return false."""
        return False


NO_CONDITIONS = NoConditions()
