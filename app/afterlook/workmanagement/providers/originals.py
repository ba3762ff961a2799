"""How a task on the user's list names its original, a task in a provider list."""

from __future__ import annotations

from typing import NamedTuple

from afterlook.store.workmanagement.rows import ProviderItemRow, WorkTaskRow
from afterlook.workmanagement.locations import WITH_LISTS


def provider_key(item: ProviderItemRow) -> str:
    """Return what a provider knows a task by."""
    return f"{item.list}/{item.id}"


class OriginalKey(NamedTuple):
    """The original of a task: the numbers of its provider list and, within that, of itself."""

    list: int
    item: int


def locate_original(task: WorkTaskRow) -> OriginalKey | None:
    """Return the key of the original of a task. None for the user's own, and what is in no list."""
    list_id, _, item_id = (task.provider_key or "").partition("/")
    if not (has_original(task) and list_id.isdecimal() and item_id.isdecimal()):
        return None
    return OriginalKey(int(list_id), int(item_id))


def has_original(task: WorkTaskRow) -> bool:
    """Tell whether the original of a task is in a list of a provider's."""
    return task.provider in WITH_LISTS
