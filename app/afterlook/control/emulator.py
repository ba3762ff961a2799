"""What the control surface acts on: one server, as its handlers see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from afterlook.control.operation import Result

if TYPE_CHECKING:
    from afterlook.auth.issuer import TokenIssuer
    from afterlook.auth.mailboxes import MailboxResolver
    from afterlook.control.traffic.faults.faults import Faults
    from afterlook.control.traffic.journal import Journal
    from afterlook.http.gate import Gate
    from afterlook.http.rates import RateLimit
    from afterlook.runtime.clock import AdjustableClock
    from afterlook.runtime.ids import Ids
    from afterlook.seeds.files import Seed
    from afterlook.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    """The server's parts that operations change or show."""

    store: Store
    clock: AdjustableClock
    ids: Ids
    mailboxes: MailboxResolver
    tokens: TokenIssuer
    horizon: int
    """How long sync tokens are valid, in ticks."""

    journal: Journal
    faults: Faults
    rate_limit: RateLimit | None
    max_body: int
    """The most bytes of a document that is loaded."""

    seed: Seed
    """What the server was started with."""

    gate: Gate
    """What requests pass, and is shut while all state is replaced."""

    url: str
    """The base URL for a client on this machine."""

    processes: int = 1
    """How many processes serve the store: each has a clock of its own."""


Handler = Callable[[Emulator, Any], Awaitable[Result]]
"""Does an operation, with its parameters as it declares them. Raises `ControlError`."""
