"""What a client asks a task to be.

Owns the names and kinds of what can be written. Must not know how any wire spells them.
"""

from __future__ import annotations

from typing import TypedDict

from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.runtime.instants import Instant

NOT_STARTED = 0
COMPLETED = 2


class TaskValues(TypedDict, total=False):
    """The writable columns of a task; what is absent was not asked for.

    `due`, `start` and `completed` are the start of a day, `reminder` is any instant.
    """

    subject: str | None
    body_type: int
    body: str
    categories: str | None
    completed: Instant | None
    due: Instant | None
    start: Instant | None
    reminder: Instant | None
    is_reminder_on: bool
    importance: int
    sensitivity: int
    status: int
    recurrence: PatternedRecurrence | None
