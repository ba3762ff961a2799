"""What a callout shows of a task beside what the list does."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import provider_items, tasks
from afterlook.store.workmanagement.rows import (
    ProviderItemRow,
    WorkLocationRow,
    WorkTaskRow,
    split_numbers,
)
from afterlook.workmanagement.locations import PERSONAL, get_location
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.providers.originals import locate_original
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.results import edit_url


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


def get_callout(session: ReadSession, key: int) -> Callout | None:
    """Return what a callout shows of a task."""
    task = tasks.get(session, key)
    if task is None:
        return None
    location = get_location(session, task.location) or PERSONAL.row
    item = _original(session, task)
    if item is None:
        return Callout(edit_url(task), is_personal(task), location, [], [], [], [])
    before = (
        provider_items.get(session, item.list, number)
        for number in split_numbers(item.predecessors)
    )
    return Callout(
        edit_url(task),
        is_personal(task),
        location,
        contacts=[user for user in split_numbers(item.assigned) if user != ME],
        hierarchy=provider_items.list_ancestors(session, item.list, item.id),
        predecessors=[row.title for row in before if row is not None],
        successors=provider_items.list_successors(session, item.list, item.id),
    )


def _original(session: ReadSession, task: WorkTaskRow) -> ProviderItemRow | None:
    key = locate_original(task)
    return None if key is None else provider_items.get(session, *key)
