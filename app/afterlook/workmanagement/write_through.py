"""Writes to a provider list what a user writes on their own list.

Owns which fields a provider takes, and that nobody overwrites what has changed there without having
seen it: the first to have written a field wins, and the other gets the task as it is now.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_items, provider_lists, tasks
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow, WorkTaskRow
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.providers.item_values import ItemValues
from afterlook.workmanagement.providers.items import delete_item, update_item
from afterlook.workmanagement.providers.lists import is_down
from afterlook.workmanagement.providers.originals import locate_original
from afterlook.workmanagement.records import report_failure, report_success
from afterlook.workmanagement.refresh.apply import apply_item
from afterlook.workmanagement.refresh.projection import (
    apply_provider_fields,
    is_mine,
    provider_fields,
)
from afterlook.workmanagement.results import WriteError, WriteRejected, WriteResult

_FIELDS = {
    "name": "title",
    "description": "body",
    "start": "start",
    "due": "due",
    "is_completed": "checkmark",
}
"""The columns of a task by the fields of its original. `edit_url` is the provider's to write."""


class Original(NamedTuple):
    """What a task on the user's list stands for: a task in a provider list."""

    list: ProviderListRow
    item: ProviderItemRow


def find_original(session: WriteSession, task: WorkTaskRow) -> Original | None:
    """Return the original of a task. Raises `WriteRejected` if its provider cannot be read."""
    key = locate_original(task)
    if key is None:
        return None
    provider_list = provider_lists.get(session, key.list)
    if provider_list is None:
        return None
    if is_down(session, provider_list):
        raise WriteRejected(WriteError.UNKNOWN)
    item = provider_items.get(session, *key)
    return None if item is None or not is_mine(item) else Original(provider_list, item)


def write_through(
    session: WriteSession, task: WorkTaskRow, values: dict[str, object]
) -> WriteResult:
    """Write columns of a task to its original, and read that again. Raises `WriteRejected`."""
    if not values.keys() <= _FIELDS.keys():
        raise WriteRejected(WriteError.ACCESS_DENIED)
    provider_list, item = _get_original(session, task)
    theirs = cast("dict[str, Any]", provider_fields(provider_list, item))
    if any(theirs[name] != getattr(task, name) for name in values):
        return report_failure(
            session, _update_from(session, task, provider_list, item), WriteError.FIELD_CONFLICT
        )
    item_values = cast("ItemValues", {_FIELDS[name]: value for name, value in values.items()})
    updated = update_item(session, provider_list, item.id, item_values)
    return report_success(session, _update_from(session, task, provider_list, updated))


def delete_through(session: WriteSession, task: WorkTaskRow) -> WriteResult:
    """Delete a task at its provider, and from the user's list. Raises `WriteRejected`."""
    if task.provider == Provider.PROJECT_SERVER:
        raise WriteRejected(WriteError.ACCESS_DENIED)
    provider_list, item = _get_original(session, task)
    tasks.remove(session, task.id)
    delete_item(session, provider_list, item.id)
    return WriteResult()


def reread(session: WriteSession, task: WorkTaskRow) -> WorkTaskRow | None:
    """Read a task from its original again; return it, or None where it is not the user's any more.

    Raises `WriteRejected` if its provider cannot be read.
    """
    original = find_original(session, task)
    if original is None:
        tasks.remove(session, task.id)
        return None
    return apply_item(session, *original).task


def _get_original(session: WriteSession, task: WorkTaskRow) -> Original:
    original = find_original(session, task)
    if original is None:
        raise WriteRejected(WriteError.TASK_DELETED)
    return original


def _update_from(
    session: WriteSession, task: WorkTaskRow, provider_list: ProviderListRow, item: ProviderItemRow
) -> WorkTaskRow:
    current = apply_provider_fields(task, provider_list, item)
    tasks.replace(session, current)
    return current
