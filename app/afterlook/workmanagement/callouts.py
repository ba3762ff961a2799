"""What a callout tells of a task beside what the list does."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.work import tasks
from afterlook.store.work.rows import WorkLocationRow, WorkTaskRow
from afterlook.workmanagement.locations import PERSONAL, get_location


class Callout(NamedTuple):
    """A task, and where it is. A task of the user's own is related to no other."""

    task: WorkTaskRow
    location: WorkLocationRow


def get_callout(session: ReadSession, mailbox: MailboxRow, key: int) -> Callout | None:
    """Return what to tell of a task."""
    task = tasks.get(session, mailbox.id, key)
    if task is None:
        return None
    return Callout(task, get_location(session, mailbox.id, task.location) or PERSONAL.row)
