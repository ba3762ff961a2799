"""What SharePoint refuses by itself, besides what CSOM does (contract §1.5).

Must not know how a digest is made.

    QueryError
    ├── QueryThrottled      -2147024860
    └── SecurityValidation
        ├── DigestMissing   -2146232832
        ├── DigestWrong     -2130575251
        └── DigestExpired   -2130575252
"""

from __future__ import annotations

from afterlook.csom.errors import QueryError

_ADVICE = "Click Back in your Web browser, refresh the page, and try your operation again."


class QueryThrottled(QueryError):
    """All that is asked for is more than one answer may hold."""

    code = "-2147024860"
    type_name = "Microsoft.SharePoint.SPQueryThrottledException"
    template = (
        "The attempted operation is prohibited because it exceeds the list view threshold "
        "enforced by the administrator."
    )


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
