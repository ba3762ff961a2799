"""What the control surface acts on: one server, as its handlers see it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from afterlook.control.operation import Result

if TYPE_CHECKING:
    from afterlook.auth.mailboxes import MailboxResolver
    from afterlook.runtime.clock import AdjustableClock
    from afterlook.runtime.ids import Ids
    from afterlook.store.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Emulator:
    """The server's parts that operations change or show."""

    store: Store
    clock: AdjustableClock
    ids: Ids
    mailboxes: MailboxResolver
    horizon: int
    """How long sync tokens are valid, in ticks."""

    max_body: int
    """The most bytes of a document that is loaded."""

    processes: int = 1
    """How many processes serve the store: each has a clock of its own."""


Handler = Callable[[Emulator, Any], Awaitable[Result]]
"""Does an operation, with its parameters as it declares them. Raises `ControlError`."""
