"""What a callout tells of a task beside what the list does."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.work import tasks
from afterlook.store.work.rows import WorkLocationRow
from afterlook.workmanagement.locations import PERSONAL, get_location
from afterlook.workmanagement.results import edit_url


class Callout(NamedTuple):
    """Where a task is edited, and where it is. One of the user's own is related to no other."""

    edit_url: str
    location: WorkLocationRow


def get_callout(session: ReadSession, mailbox: MailboxRow, key: int) -> Callout | None:
    """Return what to tell of a task."""
    task = tasks.get(session, mailbox.id, key)
    if task is None:
        return None
    location = get_location(session, mailbox.id, task.location) or PERSONAL.row
    return Callout(edit_url(task), location)
