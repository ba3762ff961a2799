"""Writing a task of one side over to the other, and the pair that the two are from then on.

Owns what a copy is like, and what is kept of a pair whose sides agree. The synced fields of a task
of the mailbox are handed in, since reading them from HTML may take long.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.mailbox import tasks as mailbox_tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.workmanagement.exchange_sync import merge, synced_fields
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields
from afterlook.workmanagement.records import insert, truncate_to_second


def copy_to_list(session: WriteSession, outlook_task: TaskRow, synced: SyncedFields) -> None:
    """Write a task of the mailbox, which has these fields, into the list.

    It comes above all others there, as the user's own.
    """
    list_task = insert(
        session,
        name=synced.name,
        description=synced.description,
        start=synced.start,
        due=synced.due,
        is_completed=synced.is_completed,
        pinned=session.now if synced.is_pinned else None,
    )
    add_pair(session, list_task.id, session.change_number, outlook_task, synced)


def copy_to_mailbox(session: WriteSession, list_change: int, list_task: WorkTaskRow) -> None:
    """Write a task of the list into the default folder of the mailbox."""
    wanted = merge.settle_dates(synced_fields.from_list_task(list_task))
    values = merge.outlook_task_changes(wanted, None, None)
    write = session.begin_next_write()
    outlook_task = mailbox_tasks.create_task(write, DEFAULT_FOLDER, values, UTC)
    synced = synced_fields.from_outlook_task(outlook_task)
    overwrite_list_task(session, list_change, list_task, outlook_task, synced)


def overwrite_list_task(
    session: WriteSession,
    list_change: int,
    list_task: WorkTaskRow,
    outlook_task: TaskRow,
    synced: SyncedFields,
) -> None:
    """Write the fields of a task of the mailbox over one of the list; keep both as a pair."""
    values = merge.list_task_changes(synced, list_task, session.now)
    if values:
        modified = truncate_to_second(session.now)
        current = list_task._replace(modified=modified, **cast("dict[str, Any]", values))
        tasks.replace(session, current)
        list_change = session.change_number
    add_pair(session, list_task.id, list_change, outlook_task, synced)


def add_pair(
    session: WriteSession,
    task_id: int,
    list_change: int,
    outlook_task: TaskRow,
    synced: SyncedFields,
) -> None:
    """Keep two tasks that both have these fields as a pair, and the change numbers of both."""
    base = synced_fields.to_json(synced)
    pair = WorkPairRow(task_id, outlook_task.id, list_change, outlook_task.change, base)
    exchange_pairs.add(session, pair)
