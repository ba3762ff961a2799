"""Form digests: what a page must show to prove that it can read this server's answers.

Owns how one is written, signed and checked. It is good for one mailbox, for half an hour; nothing
is kept of it, so that any process can check it. Must not know who must show one.

    0x | signature, 128 hexadecimal digits | , | when it was written
"""

from __future__ import annotations

import hmac
import re
from datetime import datetime

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant, from_datetime, to_datetime
from afterlook.sharepoint.errors import DigestExpired, DigestMissing, DigestWrong
from afterlook.store.rows import MailboxRow

TIMEOUT = 1800
"""Seconds for which a digest is good."""

# Not those of the machine's locale.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DIGEST = re.compile(
    r"0x(?P<signature>[0-9A-F]{128}),"
    rf"(?P<written>\d\d (?:{'|'.join(_MONTHS)}) \d{{4}} \d\d:\d\d:\d\d -0000)",
    re.ASCII,
)


def write(mailbox: MailboxRow, now: Instant) -> str:
    """Write a digest for a mailbox."""
    moment = to_datetime(now)
    month = _MONTHS[moment.month - 1]
    written = f"{moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} -0000"
    return f"0x{_signature(written, mailbox)},{written}"


def check(digest: str | None, mailbox: MailboxRow, now: Instant) -> None:
    """Check a digest. Raises `DigestMissing`, `DigestWrong`, `DigestExpired`."""
    if not digest:
        raise DigestMissing
    match = _DIGEST.fullmatch(digest.strip())
    if match is None:
        raise DigestWrong
    if not hmac.compare_digest(match["signature"], _signature(match["written"], mailbox)):
        raise DigestWrong
    day, month, year, time = match["written"].split()[:4]
    date = f"{year}-{_MONTHS.index(month) + 1:02}-{day}T{time}+00:00"
    # One from the future is of a clock that was set back since.
    if abs(now - from_datetime(datetime.fromisoformat(date))) > TIMEOUT * TICKS_PER_SECOND:
        raise DigestExpired


def _signature(written: str, mailbox: MailboxRow) -> str:
    # A key of its own, so that no sync token can be taken for a digest, nor the other way round.
    key = hmac.digest(bytes.fromhex(mailbox.sync_key), b"form digest", "sha512")
    return hmac.digest(key, written.encode("ascii"), "sha512").hex().upper()
