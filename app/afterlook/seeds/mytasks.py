"""The user's own tasks in a seed: what My Tasks shows beside those of Outlook and of sites.

Owns that their dates count from the day of loading: what is due tomorrow always is.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from afterlook.runtime.instants import TICKS_PER_DAY, Instant, to_datetime
from afterlook.seeds.parts import InvalidEntryError, Part, entry
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction
from afterlook.workmanagement.tasks import NewTask, create_task

_CULTURE = "en-US"

Days = Annotated[int, Field(ge=-3650, le=3650)]


class SeedTask(Part):
    """A task of the user's own; `*_in_days` count from the day of loading."""

    name: str
    description: str | None = None
    start_in_days: Days | None = None
    due_in_days: Days | None = None
    is_completed: bool = False
    is_important: bool = False


def load(transaction: Transaction, mailbox: MailboxRow, given: Iterable[SeedTask]) -> None:
    """Make tasks in a mailbox, the first of them on top. Raises `InvalidEntryError`."""
    for index, one in reversed(list(enumerate(given))):
        session = transaction.on(mailbox.id)
        new = NewTask(
            name=one.name,
            description=one.description,
            start=_day(session.now, one.start_in_days),
            due=_day(session.now, one.due_in_days),
            is_completed=one.is_completed,
            is_pinned=one.is_important,
        )
        with entry("MyTasks", index):
            error = create_task(session, new, _CULTURE).error
            if error:
                raise InvalidEntryError("Name", error.message or "it cannot be written")


def _day(now: Instant, days: int | None) -> str | None:
    if days is None:
        return None
    return to_datetime(Instant(now + days * TICKS_PER_DAY)).date().isoformat()
