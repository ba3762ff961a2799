"""Faults in words, for lists and for the journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from afterlook.control.traffic.faults.kinds import FaultKind, Matching

_WHOM = ("method", "path", "mailbox", "wire", "part")
_WHEN = ("nth", "times", "probability", "seed")


def describe(given: Matching, kinds: Sequence[FaultKind]) -> str:
    """Say what a fault does, and for which calls: by the names of its parameters."""
    does = [_say(given, name) for kind in kinds for name in kind.members if _has(given, name)]
    whom = [_say(given, name) for name in _WHOM if _has(given, name)]
    when = [said for name in _WHEN if _has(given, name) and (said := _say(given, name)) not in does]
    words = " ".join(dict.fromkeys(does)) + (f" for {' '.join(whom)}" if whom else "")
    return ", ".join([words, *when])


def _has(given: Matching, name: str) -> bool:
    value = getattr(given, name)
    return value is not None and value is not False


def _say(given: Matching, name: str) -> str:
    value, words = getattr(given, name), name.replace("_", "-")
    return words if value is True else f"{words}={value}"
