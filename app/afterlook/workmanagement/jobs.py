"""A job that synchronises the list with the default task folder of the mailbox.

Owns which tasks it looks at, so that it costs by what has changed: it follows the change log on
the one side, the numbers of the list's tasks on the other, from where the last job got to. Must
not know what it takes to make two tasks the same.

It is done in portions. Each is a transaction that keeps how far it got together with what it did,
so a job that is cut off is gone on with. It looks at tasks as they are, and so may look at one
twice; the second time there is nothing to do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from afterlook.mailbox import sync
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.store import mailboxes
from afterlook.store.feeds import Entry
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, exchange_skips, settings
from afterlook.store.workmanagement.rows import WorkPairRow, WorkSettingsRow, WorkTaskRow
from afterlook.workmanagement import images
from afterlook.workmanagement.copies import copy_to_list, copy_to_mailbox, pair_with
from afterlook.workmanagement.images import Image, Unlistable
from afterlook.workmanagement.pairing import reconcile

PAIRING = -1
"""How far the list has been followed before it is: while the mailbox is gone through first."""

PORTION = 200
"""How many tasks of each side one transaction looks at."""

PORTION_TEXT = 1024 * 1024
"""Characters with which a portion ends before: reading HTML takes its time, while others wait."""

Alike = dict[Image, list[Entry[WorkTaskRow]]]


def run_portion(session: WriteSession, mailbox: MailboxRow) -> bool:
    """Do what comes next; tell whether more comes after it."""
    stored = settings.get(session, mailbox.id)
    if _follow_mailbox(session, mailbox, stored):
        return True
    return _follow_list(session, mailbox, stored)


def has_unlisted(session: WriteSession, mailbox: MailboxRow) -> bool:
    """Tell whether jobs have left tasks of the mailbox out that are still there."""
    return exchange_skips.has_any(session, mailbox.id, DEFAULT_FOLDER)


def _follow_mailbox(session: WriteSession, mailbox: MailboxRow, stored: WorkSettingsRow) -> bool:
    """Look at the next tasks that were written in the mailbox; tell whether there are more."""
    feed, scope = sync.tasks_in(DEFAULT_FOLDER)
    seen = stored.exchange_outlook
    stretch = feed.oldest(session, mailbox.id, scope, seen, PORTION, PORTION_TEXT)
    entries = stretch.entries
    is_last = stretch.following is None
    if seen < stretch.forgotten and (is_last or stretch.forgotten <= entries[-1].number):
        # The log may no longer know of every deletion up to here.
        for pair in exchange_pairs.list_orphaned(session, mailbox.id):
            _reconcile(session, mailbox, pair)
    alike: Alike = {}
    if stored.exchange_change == PAIRING:
        alike = _alike(session, mailbox, entries)
    for entry in entries:
        with _noting(session, entry.entity):
            _take(session, mailbox, entry, alike)
    if is_last:
        return False
    _reached(session, outlook=entries[-1].number)
    return True


def _take(session: WriteSession, mailbox: MailboxRow, entry: Entry[TaskRow], alike: Alike) -> None:
    pair = exchange_pairs.find_by_outlook_task(session, mailbox.id, entry.entity)
    if pair is not None:
        reconcile(session, mailbox, pair)
    elif entry.row is not None:
        image = images.of_outlook(entry.row)
        if same := alike.get(image):
            listed = same.pop(0)
            pair_with(session, listed.entity, listed.number, entry.row, image)
        else:
            copy_to_list(session, entry.row, image)


def _alike(session: WriteSession, mailbox: MailboxRow, entries: Sequence[Entry[TaskRow]]) -> Alike:
    """Return tasks of the list that may be those of the mailbox, by how they look.

    So whoever opts in again does not find every task twice.
    """
    names = {images.name_of(entry.row) for entry in entries if entry.row is not None}
    found: Alike = defaultdict(list)
    for listed in exchange_pairs.list_unpaired(session, mailbox.id, names):
        if listed.row is not None:
            found[images.of_listed(listed.row)].append(listed)
    return found


def _follow_list(session: WriteSession, mailbox: MailboxRow, stored: WorkSettingsRow) -> bool:
    """Look at the next tasks of the list that were written or deleted; tell whether more were.

    The mailbox has been caught up with: nobody else writes to it while this transaction lasts.
    """
    gone = exchange_pairs.list_deleted_in_list(session, mailbox.id, PORTION + 1)
    for pair in gone[:PORTION]:
        _reconcile(session, mailbox, pair)
    change, after = stored.exchange_change, stored.exchange_task
    listed = exchange_pairs.list_unsynchronised(session, mailbox.id, change, after, PORTION + 1)
    for entry in listed[:PORTION]:
        _carry(session, mailbox, entry)
    head = mailboxes.change(session, mailbox.id)
    if len(listed) > PORTION:
        last = listed[PORTION - 1]
        _reached(session, head, last.number, last.entity)
        return True
    _reached(session, head, head)
    return len(gone) > PORTION


def _carry(session: WriteSession, mailbox: MailboxRow, entry: Entry[WorkTaskRow]) -> None:
    pair = exchange_pairs.find_by_list_task(session, mailbox.id, entry.entity)
    if pair is not None:
        _reconcile(session, mailbox, pair)
    elif entry.row is not None:
        copy_to_mailbox(session, mailbox, entry.number, entry.row)


def _reconcile(session: WriteSession, mailbox: MailboxRow, pair: WorkPairRow) -> None:
    with _noting(session, pair.outlook):
        reconcile(session, mailbox, pair)


@contextmanager
def _noting(session: WriteSession, outlook: int) -> Iterator[None]:
    """Leave a task of the mailbox out where the list cannot hold it, and keep that in mind."""
    try:
        yield
    except Unlistable:
        exchange_skips.set_skipped(session, outlook, is_left_out=True)
    else:
        exchange_skips.set_skipped(session, outlook, is_left_out=False)


def _reached(
    session: WriteSession,
    outlook: int,
    change: int | None = None,
    task: int = 0,
) -> None:
    """Keep how far either side has been followed."""
    changed = settings.get(session, session.mailbox)._replace(exchange_outlook=outlook)
    if change is not None:
        changed = changed._replace(exchange_change=change, exchange_task=task)
    settings.put(session, changed)
