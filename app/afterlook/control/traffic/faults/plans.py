"""What is to be done to one call.

Owns the form that all faults come to, however they are declared: whoever carries a plan out knows
nothing of faults.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

AnswerPoint = Literal["before", "head", "half"]
"""Where an answer ends: before it has begun, behind its head, half through its body."""

MAX_SECONDS = 60
"""How long a call is held up, at most."""


@dataclass(slots=True)
class Plan:
    """What one call meets; what is not planned goes as ever."""

    seconds: float = 0
    """How long it waits before anything is done."""

    status: int | None = None
    """What it is refused with; nothing is done then, unless the refusal comes `is_late`."""

    code: str = ""
    """What the refusal is called instead of what its wire calls it."""

    retry_after: int = 0
    is_late: bool = False
    is_malformed: bool = False
    keeps: int = 100
    """How much of the body is sent, in per cent, as if it were all."""

    bytes_per_second: int = 0
    ends: AnswerPoint | None = None
    is_reset: bool = False
    """Whether the connection ends by a reset, not in good order."""

    @property
    def needs_plain_body(self) -> bool:
        """Whether the body must come uncompressed, to be spoilt where a reader would see it."""
        return self.is_malformed or self.keeps < 100  # noqa: PLR2004
