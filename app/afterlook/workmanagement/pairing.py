"""Making a task of the list and one of the mailbox the same, each by its own side's means.

Owns what happens to the two of a pair, alive or not. Must not know which pairs have changed,
nor when anybody looks.

Both sides take their numbers from the mailbox's one counter, so the later of two writes is known
whatever the clock says, and what this writes is told from what others do. A deletion is carried
over only if the other task has not been written since both last agreed.

The mailbox has the last word on what it holds: the list takes over what the mailbox has made of
the wish. So an occurrence that is completed or moved leaves its series; its pair goes with it, and
the series goes on as another task of the list.
"""

from __future__ import annotations

from afterlook.mailbox import tasks as mailbox_tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.timezones import UTC
from afterlook.store import tasks as outlook_tasks
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement import images
from afterlook.workmanagement.copies import copy_to_list, copy_to_mailbox, take_over
from afterlook.workmanagement.records import is_personal


def reconcile(session: WriteSession, mailbox: MailboxRow, pair: WorkPairRow) -> None:
    """Make the two of a pair the same, or both gone.

    A pair sleeps while its task of the list is not the user's own, or lies in a location, and while
    that of the mailbox has a text that the list cannot hold. Raises `Unlistable` for the latter.
    """
    listed = exchange_pairs.get_list_task(session, mailbox.id, pair.task)
    outlook = outlook_tasks.get(session, mailbox.id, pair.outlook)
    if listed is None or listed.row is None:
        _part_in_list(session, mailbox, pair, outlook)
    elif outlook is None:
        _part_in_mailbox(session, mailbox, pair, listed.number, listed.row)
    elif _is_awake(listed.row) and not _agree(pair, listed.number, outlook):
        _merge(session, mailbox, pair, listed.number, listed.row, outlook)


def _merge(
    session: WriteSession,
    mailbox: MailboxRow,
    pair: WorkPairRow,
    number: int,
    listed: WorkTaskRow,
    outlook: TaskRow,
) -> None:
    seen = images.of_outlook(outlook)
    wanted = images.merged(
        images.read(pair.base),
        images.of_listed(listed),
        seen,
        listed_is_later=number > outlook.change,
    )
    changed = outlook
    if values := images.outlook_values(wanted, seen, outlook):
        write = session.on(mailbox.id)
        changed = mailbox_tasks.update_task(write, mailbox, _key(outlook), values, UTC, None)
        seen = images.of_outlook(changed)
    exchange_pairs.remove(session, listed.id)
    take_over(session, number, listed, changed, seen)
    if changed.id != outlook.id:
        series = outlook_tasks.get(session, mailbox.id, outlook.id)
        assert series is not None  # noqa: S101
        copy_to_list(session, series, images.of_outlook(series))


def _part_in_list(
    session: WriteSession, mailbox: MailboxRow, pair: WorkPairRow, outlook: TaskRow | None
) -> None:
    """Carry a deletion in the list over, unless the task of the mailbox has been written since."""
    exchange_pairs.remove(session, pair.task)
    if outlook is None:
        return
    if outlook.change == pair.outlook_change:
        mailbox_tasks.delete_task(session.on(mailbox.id), mailbox, _key(outlook), None)
    else:
        copy_to_list(session, outlook, images.of_outlook(outlook))


def _part_in_mailbox(
    session: WriteSession, mailbox: MailboxRow, pair: WorkPairRow, number: int, listed: WorkTaskRow
) -> None:
    """Carry a deletion in the mailbox over, unless the task of the list has been written since."""
    exchange_pairs.remove(session, pair.task)
    if not _is_awake(listed):
        return
    if number == pair.task_change:
        tasks.remove(session, listed.id)
    else:
        copy_to_mailbox(session, mailbox, number, listed)


def _is_awake(listed: WorkTaskRow) -> bool:
    return is_personal(listed) and listed.location == NO_LOCATION


def _agree(pair: WorkPairRow, number: int, outlook: TaskRow) -> bool:
    return (pair.task_change, pair.outlook_change) == (number, outlook.change)


def _key(outlook: TaskRow) -> ItemKey:
    return ItemKey(outlook.folder_id, outlook.id)
