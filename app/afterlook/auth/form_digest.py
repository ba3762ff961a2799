"""Form digests: what a page sends to prove that it can read this server's answers.

Owns how one is written, signed and checked. It is good for one mailbox, for half an hour; nothing
is kept of it, so that any process can check it.

    0x | signature, 128 hexadecimal digits | , | when it was written
"""

from __future__ import annotations

import hmac
import re
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from enum import Enum, auto

from afterlook.auth.signing import sign
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant, from_datetime, to_datetime
from afterlook.store.rows import MailboxRow

LIFETIME = 1800
"""Seconds for which a digest is good."""

_DIGEST = re.compile(
    r"0x(?P<signature>[0-9A-F]{128}),(?P<written>\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d -0000)",
    re.ASCII,
)


class DigestFault(Enum):
    """What is wrong with a digest."""

    MISSING = auto()
    WRONG = auto()
    EXPIRED = auto()


def write_digest(mailbox: MailboxRow, now: Instant) -> str:
    """Write a digest for a mailbox."""
    # Without a zone, RFC 5322 writes a moment with -0000; the day of the week is left out.
    written = format_datetime(to_datetime(now).replace(tzinfo=None)).partition(", ")[2]
    return f"0x{_signature(written, mailbox)},{written}"


def find_fault(digest: str | None, mailbox: MailboxRow, now: Instant) -> DigestFault | None:
    """Return what is wrong with a digest, if anything is."""
    if not digest:
        return DigestFault.MISSING
    match = _DIGEST.fullmatch(digest.strip())
    if match is None:
        return DigestFault.WRONG
    if not hmac.compare_digest(match["signature"], _signature(match["written"], mailbox)):
        return DigestFault.WRONG
    written = from_datetime(parsedate_to_datetime(match["written"]).replace(tzinfo=UTC))
    # One from the future is of a clock that was set back since.
    return DigestFault.EXPIRED if abs(now - written) > LIFETIME * TICKS_PER_SECOND else None


def _signature(written: str, mailbox: MailboxRow) -> str:
    return sign(mailbox, b"form digest", written, "sha512").upper()
