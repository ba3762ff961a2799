"""Brings a single task of a provider's onto the user's list, into step with it, or off it."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_items, tasks
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow, WorkTaskRow
from afterlook.workmanagement.providers.originals import provider_key
from afterlook.workmanagement.records import insert, truncate_to_second
from afterlook.workmanagement.refresh.locations import ensure_location
from afterlook.workmanagement.refresh.projection import (
    apply_provider_fields,
    is_mine,
    provider_fields,
)


class Outcome(Enum):
    """What became of a task on the user's list."""

    NOTHING = "nothing"
    ADDED = "added"
    UPDATED = "updated"
    REMOVED = "removed"


class ApplyResult(NamedTuple):
    """What became of a task, and its list, which may have got a location by it."""

    outcome: Outcome
    provider_list: ProviderListRow
    task: WorkTaskRow | None


def apply_item(
    session: WriteSession, provider_list: ProviderListRow, item: ProviderItemRow
) -> ApplyResult:
    """Bring the user's list into step with a task of a provider's."""
    task = tasks.find_by_provider_key(session, provider_list.provider, provider_key(item))
    if item.deleted:
        provider_items.remove(session, provider_list.id, item.id)
    if not is_mine(item):
        if task is None:
            return ApplyResult(Outcome.NOTHING, provider_list, None)
        tasks.remove(session, task.id)
        return ApplyResult(Outcome.REMOVED, provider_list, task)
    provider_list = ensure_location(session, provider_list)
    if task is None:
        return ApplyResult(Outcome.ADDED, provider_list, _add(session, provider_list, item))
    current = apply_provider_fields(task, provider_list, item)
    if current == task:
        return ApplyResult(Outcome.NOTHING, provider_list, task)
    tasks.replace(session, current)
    return ApplyResult(Outcome.UPDATED, provider_list, current)


def _add(
    session: WriteSession, provider_list: ProviderListRow, item: ProviderItemRow
) -> WorkTaskRow:
    return insert(
        session,
        location=provider_list.location,
        modified=truncate_to_second(item.modified),
        provider=provider_list.provider,
        provider_key=provider_key(item),
        **provider_fields(provider_list, item),
    )
