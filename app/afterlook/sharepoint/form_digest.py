"""Who must send a form digest, and what is answered where it is missing or wrong.

Its errors (docs/reference/csom.md §1.5):

    QueryError
    └── SecurityValidation
        ├── DigestMissing   -2146232832
        ├── DigestWrong     -2130575251
        └── DigestExpired   -2130575252
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.auth.form_digest import DigestFault, find_fault
from afterlook.auth.identity import has_token
from afterlook.csom.errors import QueryError
from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow

if TYPE_CHECKING:
    from starlette.requests import Request

    from afterlook.sharepoint.request_context import RequestContext

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


_ERRORS = {
    DigestFault.MISSING: DigestMissing,
    DigestFault.WRONG: DigestWrong,
    DigestFault.EXPIRED: DigestExpired,
}


def check_digest(digest: str | None, mailbox: MailboxRow, now: Instant) -> None:
    """Check a digest. Raises `DigestMissing`, `DigestWrong`, `DigestExpired`."""
    fault = find_fault(digest, mailbox, now)
    if fault is not None:
        raise _ERRORS[fault]


def expect_digest(request: Request, context: RequestContext) -> None:
    """Refuse whoever has neither token nor digest. Raises `SecurityValidation`."""
    if not has_token(request.headers.get("authorization")):
        digest = request.headers.get("x-requestdigest")
        check_digest(digest, context.mailbox, context.store.now())
