"""What the settings mean for requests, handed over by the assembly.

The wires cannot import the settings, nor find them on `app.state`: only what stands here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings that count while a request is answered.

    `max_body` is in bytes, `sync_horizon` in ticks of an `Instant`; `culture` is that of all webs.
    """

    max_body: int
    sync_horizon: int
    culture: str


def limits_of(request: Request) -> Limits:
    """Return the limits of the application that answers a request."""
    limits: Limits = request.app.state.limits
    return limits
