"""The verdicts: what becomes of a property or a call in Microsoft Graph To Do."""

from __future__ import annotations

from enum import StrEnum


class Verdict(StrEnum):
    """What becomes of a property or a call in Graph To Do."""

    KEPT = "kept"
    """It is there, perhaps by another name."""

    CHANGED = "changed"
    """It is there, and behaves otherwise."""

    NEAREST = "nearest"
    """It is not there; something else can serve in its place."""

    LOST = "lost"
    """It is not there."""


IS_LOSS = frozenset({Verdict.LOST, Verdict.NEAREST})
"""What a mailbox does not keep by itself."""
