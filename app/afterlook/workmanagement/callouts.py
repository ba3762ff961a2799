"""What a callout tells of a task beside what the list does."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import provider_items, tasks
from afterlook.store.workmanagement.rows import (
    ProviderItemRow,
    WorkLocationRow,
    WorkTaskRow,
    split_numbers,
)
from afterlook.workmanagement.items import place_of
from afterlook.workmanagement.locations import PERSONAL, get_location
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.results import edit_url
from afterlook.workmanagement.sources import ME


class Callout(NamedTuple):
    """Where a task is edited, where it is, and how it is related to others.

    One of the user's own is related to none. `hierarchy` begins at the outermost.
    """

    edit_url: str
    is_personal: bool
    location: WorkLocationRow
    contacts: list[int]
    hierarchy: list[str]
    predecessors: list[str]
    successors: list[str]


def get_callout(session: ReadSession, mailbox: MailboxRow, key: int) -> Callout | None:
    """Return what to tell of a task."""
    task = tasks.get(session, mailbox.id, key)
    if task is None:
        return None
    location = get_location(session, mailbox.id, task.location) or PERSONAL.row
    item = _item(session, mailbox.id, task)
    if item is None:
        return Callout(edit_url(task), is_personal(task), location, [], [], [], [])
    before = (
        provider_items.get(session, mailbox.id, item.list, number)
        for number in split_numbers(item.predecessors)
    )
    return Callout(
        edit_url(task),
        is_personal(task),
        location,
        contacts=[user for user in split_numbers(item.assigned) if user != ME],
        hierarchy=provider_items.list_ancestors(session, mailbox.id, item.list, item.id),
        predecessors=[found.title for found in before if found is not None],
        successors=provider_items.list_successors(session, mailbox.id, item.list, item.id),
    )


def _item(session: ReadSession, mailbox: int, task: WorkTaskRow) -> ProviderItemRow | None:
    place = place_of(task)
    return None if place is None else provider_items.get(session, mailbox, *place)
