"""Work in the background, which nobody waits for: what becomes of its failures.

Owns that none of them ends it. Each is in the log, and the work is tried again at its next turn.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from afterlook.errors import MailboxBusy, ServiceError, ShuttingDown, StoreUnavailable, TookTooLong

TRANSIENT = (MailboxBusy, StoreUnavailable, TookTooLong)
"""Refusals that say nothing of the work itself: another time it may be carried out."""

_log = logging.getLogger("afterlook")


@contextmanager
def keep_going(work: str) -> Iterator[None]:
    """Log what a piece of work raises, and go on after it. Being cancelled ends it all the same."""
    try:
        yield
    except ServiceError as error:
        log_refusal(work, error)
    except Exception:  # noqa: BLE001
        _log.exception("%s met a defect, and is tried again", work)


def log_refusal(work: str, error: ServiceError) -> None:
    """Log that a piece of work was refused; where the server ends, that is no news."""
    if not isinstance(error, ShuttingDown):
        reason = error.reason if isinstance(error, StoreUnavailable) else error.message
        _log.warning("%s could not be carried out, and is tried again: %s", work, reason)
