"""A job of Exchange sync: the list is brought into step with the default folder of the mailbox.

Owns which tasks are looked at, so that a job costs by what has changed: it follows the change log
of the mailbox, and the change numbers of the list's tasks, each from where the last job got to.

It is done in portions. Each is a transaction that keeps how far it got together with what it did,
so a job that is cut off is gone on with. It looks at tasks as they are now, and so may look at one
twice; the second time there is nothing to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from afterlook.mailbox import sync
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.store import mailboxes
from afterlook.store.feeds import ChangeEntry
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, exchange_skips, settings
from afterlook.store.workmanagement.rows import WorkPairRow, WorkSettingsRow, WorkTaskRow
from afterlook.workmanagement.exchange_sync import synced_fields
from afterlook.workmanagement.exchange_sync.copy import add_pair, copy_to_list, copy_to_mailbox
from afterlook.workmanagement.exchange_sync.reconcile import reconcile
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields, Unlistable

PAIRING = -1
"""How far the list has been followed while the first job pairs what is alike on both sides."""

MAX_PORTION = 200
"""How many tasks of each side one transaction looks at."""

MAX_PORTION_TEXT = 1024 * 1024
"""Characters with which a page ends early: reading HTML takes long, while other writers wait."""

Candidates = dict[SyncedFields, list[ChangeEntry[WorkTaskRow]]]
"""Tasks of the list that have no pair, by their fields."""


def run_portion(session: WriteSession) -> bool:
    """Do the next page of a job; tell whether more comes after it.

    The mailbox is followed to its end before the list is, so that the first job has paired what is
    alike on both sides before it copies what is left of the list.
    """
    stored = settings.get(session)
    if _follow_mailbox(session, stored):
        return True
    return _follow_list(session, stored)


def has_skipped_tasks(session: WriteSession) -> bool:
    """Tell whether jobs have skipped tasks of the mailbox that are still there."""
    return exchange_skips.has_any(session, DEFAULT_FOLDER)


def _follow_mailbox(session: WriteSession, stored: WorkSettingsRow) -> bool:
    """Look at the next tasks that were written in the mailbox; tell whether there are more."""
    feed, scope, _ = sync.tasks_in(DEFAULT_FOLDER)
    followed = stored.exchange_outlook
    slice_ = feed.read_changes(session, scope, followed, MAX_PORTION, MAX_PORTION_TEXT)
    entries = slice_.entries
    is_last = slice_.next_change is None
    if followed < slice_.purged_through and (
        is_last or slice_.purged_through <= entries[-1].change_number
    ):
        # The log may no longer know of every deletion up to here: look for them by the pairs.
        for pair in exchange_pairs.list_orphaned(session):
            _reconcile_or_skip(session, pair)
    candidates: Candidates = {}
    if stored.exchange_change == PAIRING:
        candidates = _find_candidates(session, entries)
    for entry in entries:
        with _noting_skips(session, entry.entity):
            _carry_to_list(session, entry, candidates)
    if is_last:
        return False
    _save_position(session, outlook=entries[-1].change_number)
    return True


def _carry_to_list(
    session: WriteSession, entry: ChangeEntry[TaskRow], candidates: Candidates
) -> None:
    pair = exchange_pairs.find_by_outlook_task(session, entry.entity)
    if pair is not None:
        reconcile(session, pair)
    elif entry.row is not None:
        synced = synced_fields.from_outlook_task(entry.row)
        if same := candidates.get(synced):
            twin = same.pop(0)
            add_pair(session, twin.entity, twin.change_number, entry.row, synced)
        else:
            copy_to_list(session, entry.row, synced)


def _find_candidates(session: WriteSession, entries: Sequence[ChangeEntry[TaskRow]]) -> Candidates:
    """Return tasks of the list that may be the same as those of the mailbox, by their fields.

    So whoever opts in again does not find every task twice.
    """
    names = {synced_fields.list_name(entry.row) for entry in entries if entry.row is not None}
    candidates: Candidates = defaultdict(list)
    for entry in exchange_pairs.list_unpaired(session, names):
        if entry.row is not None:
            candidates[synced_fields.from_list_task(entry.row)].append(entry)
    return candidates


def _follow_list(session: WriteSession, stored: WorkSettingsRow) -> bool:
    """Look at the next tasks of the list that were written or deleted; tell whether more were.

    The mailbox has been caught up with: nobody else writes to it while this transaction lasts.
    """
    deleted = exchange_pairs.list_deleted_in_list(session, MAX_PORTION + 1)
    for pair in deleted[:MAX_PORTION]:
        _reconcile_or_skip(session, pair)
    change, after = stored.exchange_change, stored.exchange_task
    entries = exchange_pairs.list_unsynchronised(session, change, after, MAX_PORTION + 1)
    for entry in entries[:MAX_PORTION]:
        _carry_to_mailbox(session, entry)
    head = mailboxes.get_change_number(session)
    if len(entries) > MAX_PORTION:
        last = entries[MAX_PORTION - 1]
        _save_position(session, head, last.change_number, last.entity)
        return True
    _save_position(session, head, head)
    return len(deleted) > MAX_PORTION


def _carry_to_mailbox(session: WriteSession, entry: ChangeEntry[WorkTaskRow]) -> None:
    pair = exchange_pairs.find_by_list_task(session, entry.entity)
    if pair is not None:
        _reconcile_or_skip(session, pair)
    elif entry.row is not None:
        copy_to_mailbox(session, entry.change_number, entry.row)


def _reconcile_or_skip(session: WriteSession, pair: WorkPairRow) -> None:
    with _noting_skips(session, pair.outlook_task):
        reconcile(session, pair)


@contextmanager
def _noting_skips(session: WriteSession, outlook_task_id: int) -> Iterator[None]:
    """Skip a task of the mailbox that the list cannot hold, and note whether it was skipped."""
    try:
        yield
    except Unlistable:
        exchange_skips.set_skipped(session, outlook_task_id, is_skipped=True)
    else:
        exchange_skips.set_skipped(session, outlook_task_id, is_skipped=False)


def _save_position(
    session: WriteSession, outlook: int, change: int | None = None, task: int = 0
) -> None:
    """Keep how far either side has been followed."""
    stored = settings.get(session)._replace(exchange_outlook=outlook)
    if change is not None:
        stored = stored._replace(exchange_change=change, exchange_task=task)
    settings.put(session, stored)
