"""What a client asks a task to be.

Owns the names and kinds of what can be written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple, TypedDict

from afterlook.mailbox.recurrence import PatternedRecurrence
from afterlook.runtime.instants import Instant

NOT_STARTED = 0
COMPLETED = 2


class WallTime(NamedTuple):
    """Wall-clock ticks, counted as an `Instant` is, and the zone of that clock by its IANA name.

    The name is empty for a day that is the same in every zone.
    """

    ticks: int
    zone: str


class TaskValues(TypedDict, total=False):
    """The writable columns of a task; what is absent was not asked for.

    `due`, `start` and `completed` are the start of a day, `reminder` is any instant. `walls` says
    how `due`, `start` and `reminder` were written; `exact` names those that were written with an
    offset, and so as an instant.
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
    walls: Mapping[str, WallTime]
    exact: Collection[str]
