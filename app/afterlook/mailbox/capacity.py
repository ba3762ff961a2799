"""How much may be attached to one task.

Owns the bounds on all attachments of a task together, however they come to it: one by one, as
copies that the body of a new task asks for, or with an occurrence that leaves its series. Contents
are shared by copies, texts are not.
"""

from __future__ import annotations

from afterlook.errors import MessageSizeExceeded
from afterlook.store.attachments import Totals

MAX_ATTACHMENTS = 250
"""The most attachments of one task: as many as Exchange lets a message have."""

MAX_BYTES = 150 * 1024 * 1024
"""The most that they hold together: as much as Exchange lets a message be large."""

MAX_TEXT = 1024 * 1024
"""The most characters of their names, addresses and other texts together."""


def expect_fitting(totals: Totals) -> None:
    """Raise `MessageSizeExceeded` for more than one task may have."""
    if totals.number > MAX_ATTACHMENTS or totals.length > MAX_BYTES or totals.text > MAX_TEXT:
        raise MessageSizeExceeded
