"""Moving to Microsoft Graph To Do: what becomes of calls and data."""

from __future__ import annotations

from pydantic import Field

from afterlook.control.operation import Operation, Parameters
from afterlook.migration import text

MAX_EXAMPLES = 100


class WhatToReport(Parameters):
    """Which mailboxes, and how many examples."""

    mailbox: str | None = Field(
        None, max_length=320, description="Name or UPN of a mailbox; else all of them."
    )
    examples: int = Field(
        3, ge=0, le=MAX_EXAMPLES, description="How many to name of each thing, at most."
    )


REPORT = Operation(
    noun="migrate-report",
    summary="Report what becomes of calls and data in Microsoft Graph To Do, and what is lost.",
    parameters=WhatToReport,
    is_view=True,
    is_shared=True,
    describe=text.write,
)

OPERATIONS = (REPORT,)
