"""Bringing single tasks of providers onto the user's list, or off it.

Owns what each change at the source does there. Must not know which changes there are.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_items, tasks
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow, WorkTaskRow
from afterlook.workmanagement.discovery import discovered
from afterlook.workmanagement.items import key_of
from afterlook.workmanagement.pointing import is_mine, pointed, told
from afterlook.workmanagement.records import added, second


class Outcome(Enum):
    """What became of a task on the user's list."""

    NOTHING = "nothing"
    ADDED = "added"
    UPDATED = "updated"
    REMOVED = "removed"


class Applied(NamedTuple):
    """What became of a task, and the list that it is in, which may have been discovered."""

    outcome: Outcome
    source: ProviderListRow
    task: WorkTaskRow | None


def apply(session: WriteSession, source: ProviderListRow, item: ProviderItemRow) -> Applied:
    """Bring the user's list into step with a task of a provider's."""
    task = tasks.find_by_provider_key(session, session.mailbox, source.provider, key_of(item))
    if item.deleted:
        provider_items.remove(session, source.id, item.id)
    if not is_mine(item):
        if task is None:
            return Applied(Outcome.NOTHING, source, None)
        tasks.remove(session, task.id)
        return Applied(Outcome.REMOVED, source, task)
    source = discovered(session, source)
    if task is None:
        return Applied(Outcome.ADDED, source, _add(session, source, item))
    current = pointed(task, source, item)
    if current == task:
        return Applied(Outcome.NOTHING, source, task)
    tasks.replace(session, current)
    return Applied(Outcome.UPDATED, source, current)


def _add(session: WriteSession, source: ProviderListRow, item: ProviderItemRow) -> WorkTaskRow:
    return added(
        session,
        location=source.location,
        modified=second(item.modified),
        provider=source.provider,
        provider_key=key_of(item),
        **told(source, item),
    )
