"""What becomes of a pair of Exchange sync when either of its tasks was written or deleted.

Owns that each side is written by its own use cases, so that its own rules hold there. Both sides
take their change numbers from the mailbox's one counter: the later of two writes is known whatever
the clock says, and so is whether anybody has written since a job did. A deletion is carried over
only if the other task has not been written since both last agreed.

The mailbox has the last word on what it holds: the list takes over what the mailbox has made of
the values that it was given. So an occurrence that is completed or moved leaves its series; its
pair goes with it, and the series goes on as another task of the list.
"""

from __future__ import annotations

from afterlook.mailbox import tasks as mailbox_tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.timezones import UTC
from afterlook.store import tasks as task_rows
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.copy import (
    copy_to_list,
    copy_to_mailbox,
    overwrite_list_task,
)
from afterlook.workmanagement.exchange_sync.merge import merge, outlook_task_changes
from afterlook.workmanagement.records import is_personal


def reconcile(session: WriteSession, pair: WorkPairRow) -> None:
    """Make the two tasks of a pair the same, or delete both.

    A pair is suspended while its task of the list is not the user's own, or is in a location, and
    while that of the mailbox has a text that the list cannot hold. Raises `Unlistable` for the
    latter.
    """
    entry = exchange_pairs.get_list_task(session, pair.list_task)
    outlook_task = task_rows.get(session, pair.outlook_task)
    if entry is None or entry.row is None:
        _carry_list_deletion(session, pair, outlook_task)
    elif outlook_task is None:
        _carry_mailbox_deletion(session, pair, entry.change_number, entry.row)
    elif _is_synchronised(entry.row) and not _is_unchanged(pair, entry.change_number, outlook_task):
        _merge(session, pair, entry.change_number, entry.row, outlook_task)


def _merge(
    session: WriteSession,
    pair: WorkPairRow,
    list_change: int,
    list_task: WorkTaskRow,
    outlook_task: TaskRow,
) -> None:
    synced = synced_fields.from_outlook_task(outlook_task)
    wanted = merge(
        synced_fields.from_json(pair.base),
        synced_fields.from_list_task(list_task),
        synced,
        list_is_later=list_change > outlook_task.change,
    )
    updated = outlook_task
    if values := outlook_task_changes(wanted, synced, outlook_task):
        write = session.begin_next_write()
        key = _item_key(outlook_task)
        updated = mailbox_tasks.update_task(write, key, values, UTC)
        synced = synced_fields.from_outlook_task(updated)
    exchange_pairs.remove(session, list_task.id)
    overwrite_list_task(session, list_change, list_task, updated, synced)
    if updated.id != outlook_task.id:
        # What was written has become a task of its own; the series is left under its old id.
        series = task_rows.get(session, outlook_task.id)
        assert series is not None  # noqa: S101
        copy_to_list(session, series, synced_fields.from_outlook_task(series))


def _carry_list_deletion(
    session: WriteSession, pair: WorkPairRow, outlook_task: TaskRow | None
) -> None:
    """Delete in the mailbox what was deleted in the list, unless it has been written since."""
    exchange_pairs.remove(session, pair.list_task)
    if outlook_task is None:
        return
    if outlook_task.change == pair.outlook_change:
        write = session.begin_next_write()
        mailbox_tasks.delete_task(write, _item_key(outlook_task))
    else:
        copy_to_list(session, outlook_task, synced_fields.from_outlook_task(outlook_task))


def _carry_mailbox_deletion(
    session: WriteSession, pair: WorkPairRow, list_change: int, list_task: WorkTaskRow
) -> None:
    """Delete in the list what was deleted in the mailbox, unless it has been written since."""
    exchange_pairs.remove(session, pair.list_task)
    if not _is_synchronised(list_task):
        return
    if list_change == pair.list_change:
        tasks.remove(session, list_task.id)
    else:
        copy_to_mailbox(session, list_change, list_task)


def _is_synchronised(list_task: WorkTaskRow) -> bool:
    return is_personal(list_task) and list_task.location == NO_LOCATION


def _is_unchanged(pair: WorkPairRow, list_change: int, outlook_task: TaskRow) -> bool:
    return (pair.list_change, pair.outlook_change) == (list_change, outlook_task.change)


def _item_key(outlook_task: TaskRow) -> ItemKey:
    return ItemKey(outlook_task.folder_id, outlook_task.id)
