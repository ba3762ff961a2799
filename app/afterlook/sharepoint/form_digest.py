"""Form digests: what a page sends to prove that it can read this server's answers.

Owns how one is written, signed and checked, and who must send one. It is good for one mailbox, for
half an hour; nothing is kept of it, so that any process can check it.

    0x | signature, 128 hexadecimal digits | , | when it was written

Its errors (docs/reference/csom.md §1.5):

    QueryError
    └── SecurityValidation
        ├── DigestMissing   -2146232832
        ├── DigestWrong     -2130575251
        └── DigestExpired   -2130575252
"""

from __future__ import annotations

import hmac
import re
from datetime import UTC
from email.utils import format_datetime, parsedate_to_datetime
from typing import TYPE_CHECKING

from afterlook.auth.identity import has_token
from afterlook.csom.errors import QueryError
from afterlook.runtime.instants import TICKS_PER_SECOND, Instant, from_datetime, to_datetime
from afterlook.store.rows import MailboxRow

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.sharepoint.request_context import SharePointRequest

TIMEOUT = 1800
"""Seconds for which a digest is good."""

_DIGEST = re.compile(
    r"0x(?P<signature>[0-9A-F]{128}),(?P<written>\d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d -0000)",
    re.ASCII,
)

_ADVICE = "Click Back in your Web browser, refresh the page, and try your operation again."


class SecurityValidation(QueryError):
    """A request that a web page may have made without its user's wish."""

    type_name = "Microsoft.SharePoint.SPException"
    template = f"The security validation for this page is invalid. {_ADVICE}"


class DigestMissing(SecurityValidation):
    """There is no form digest."""

    code = "-2146232832"


class DigestWrong(SecurityValidation):
    """The form digest was never handed out to this caller."""

    code = "-2130575251"


class DigestExpired(SecurityValidation):
    """The form digest was good once."""

    code = "-2130575252"
    template = f"The security validation for this page has timed out. {_ADVICE}"


def write_digest(mailbox: MailboxRow, now: Instant) -> str:
    """Write a digest for a mailbox."""
    # Without a zone, RFC 5322 writes a moment with -0000; the day of the week is left out.
    written = format_datetime(to_datetime(now).replace(tzinfo=None)).partition(", ")[2]
    return f"0x{_signature(written, mailbox)},{written}"


def check_digest(digest: str | None, mailbox: MailboxRow, now: Instant) -> None:
    """Check a digest. Raises `DigestMissing`, `DigestWrong`, `DigestExpired`."""
    if not digest:
        raise DigestMissing
    match = _DIGEST.fullmatch(digest.strip())
    if match is None:
        raise DigestWrong
    if not hmac.compare_digest(match["signature"], _signature(match["written"], mailbox)):
        raise DigestWrong
    written = from_datetime(parsedate_to_datetime(match["written"]).replace(tzinfo=UTC))
    # One from the future is of a clock that was set back since.
    if abs(now - written) > TIMEOUT * TICKS_PER_SECOND:
        raise DigestExpired


def expect_digest(request: Request, context: SharePointRequest) -> None:
    """Refuse whoever has neither token nor digest. Raises `SecurityValidation`."""
    if not has_token(request.headers.get("authorization")):
        digest = request.headers.get("x-requestdigest")
        check_digest(digest, context.mailbox, context.store.now())


def _signature(written: str, mailbox: MailboxRow) -> str:
    # A key of its own, so that no sync token can be taken for a digest, nor the other way round.
    key = hmac.digest(bytes.fromhex(mailbox.sync_key), b"form digest", "sha512")
    return hmac.digest(key, written.encode("ascii"), "sha512").hex().upper()
