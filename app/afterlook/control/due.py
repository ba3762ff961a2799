"""What the clock decides: how long things are good that are given out now.

Owns the list, not the rules: each length is asked of who keeps it.
"""

from __future__ import annotations

from typing import Any

from afterlook.auth import choices, form_digest
from afterlook.control.operations.mailboxes import TOKEN
from afterlook.control.values import write_instant
from afterlook.mailbox.upload_sessions import LIFETIME
from afterlook.runtime.instants import LAST_INSTANT, TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.workmanagement.refresh.job import THROTTLED_FOR

_TOKEN_SECONDS: int = TOKEN.parameters.model_fields["expires_in"].default


def list_due(now: Instant, horizon: int) -> list[dict[str, Any]]:
    """Return what will be otherwise, the next first; `at` is when it is."""
    lengths = [
        ("refresh", THROTTLED_FOR, "My Tasks reads its lists again, if it read them just now."),
        ("digest", form_digest.LIFETIME * TICKS_PER_SECOND + 1, "A form digest is too old."),
        ("token", _TOKEN_SECONDS * TICKS_PER_SECOND, "An access token has expired."),
        ("midnight", TICKS_PER_DAY - now % TICKS_PER_DAY, "It is the next day, in UTC."),
        ("choice", choices.LIFETIME + 1, "A browser must choose its mailbox for My Tasks again."),
        ("upload", LIFETIME, "An upload session has expired."),
        (
            "sync",
            horizon + TICKS_PER_SECOND,
            "A sync token is answered with a 410, and what was deleted is forgotten.",
        ),
    ]
    return [
        {
            "what": what,
            "at": write_instant(Instant(now + length)),
            "seconds": length // TICKS_PER_SECOND,
            "text": text,
        }
        for what, length, text in sorted(lengths, key=lambda one: one[1])
        if now + length <= LAST_INSTANT
    ]
