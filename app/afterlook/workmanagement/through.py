"""Writing to a provider what a user writes on the list.

Owns what a provider takes, and that nobody writes over what has changed at the source unseen: the
first to have written a field wins, and the other is shown it. Must not know the user's own tasks.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import provider_items, provider_lists, tasks
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow, WorkTaskRow
from afterlook.workmanagement.aggregating import apply
from afterlook.workmanagement.items import delete_item, place_of, update_item
from afterlook.workmanagement.itemvalues import ItemValues
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.pointing import is_mine, pointed, told
from afterlook.workmanagement.records import done, failed
from afterlook.workmanagement.results import Unfit, WriteError, Written

_FIELDS = {
    "name": "title",
    "description": "body",
    "start": "start",
    "due": "due",
    "is_completed": "checkmark",
}
"""What the columns of a task are in its source. An address is the provider's to say."""


class Source(NamedTuple):
    """Where the original of a task is."""

    list: ProviderListRow
    item: ProviderItemRow


def source_of(session: WriteSession, task: WorkTaskRow) -> Source | None:
    """Return where the original of a task is. Raises `Unfit` if its provider can't be asked."""
    place = place_of(task)
    if place is None:
        return None
    source = provider_lists.get(session, session.mailbox, place.list)
    if source is None:
        return None
    if source.is_down:
        raise Unfit(WriteError.UNKNOWN)
    item = provider_items.get(session, session.mailbox, *place)
    return None if item is None or not is_mine(item) else Source(source, item)


def write_through(session: WriteSession, task: WorkTaskRow, values: dict[str, object]) -> Written:
    """Write columns of a task to its source, and read the source again. Raises `Unfit`."""
    if not values.keys() <= _FIELDS.keys():
        raise Unfit(WriteError.ACCESS_DENIED)
    source, item = _original(session, task)
    theirs = cast("dict[str, Any]", told(source, item))
    if any(theirs[name] != getattr(task, name) for name in values):
        return failed(session, _reread(session, task, source, item), WriteError.FIELD_CONFLICT)
    given = cast("ItemValues", {_FIELDS[name]: value for name, value in values.items()})
    written = update_item(session, source, item.id, given)
    return done(session, _reread(session, task, source, written))


def delete_through(session: WriteSession, task: WorkTaskRow) -> Written:
    """Delete a task at its source, and from the list. Raises `Unfit`."""
    if task.provider == Provider.PROJECT_SERVER:
        raise Unfit(WriteError.ACCESS_DENIED)
    source, item = _original(session, task)
    tasks.remove(session, task.id)
    delete_item(session, source, item.id)
    return Written()


def reread(session: WriteSession, task: WorkTaskRow) -> WorkTaskRow | None:
    """Read one task from its source; return it, or None where it is not the user's any more.

    Raises `Unfit` if its provider can't be asked.
    """
    found = source_of(session, task)
    if found is None:
        tasks.remove(session, task.id)
        return None
    return apply(session, *found).task


def _original(session: WriteSession, task: WorkTaskRow) -> Source:
    found = source_of(session, task)
    if found is None:
        raise Unfit(WriteError.TASK_DELETED)
    return found


def _reread(
    session: WriteSession, task: WorkTaskRow, source: ProviderListRow, item: ProviderItemRow
) -> WorkTaskRow:
    current = pointed(task, source, item)
    tasks.replace(session, current)
    return current
