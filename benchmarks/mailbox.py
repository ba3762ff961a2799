"""The mailbox that everything is measured on.

Owns what is in it and how it is made: in bulk, through the store's own sessions. Must not know a
server.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import insert, text

from afterlook.mailbox import identities
from afterlook.mailbox.identifiers import identifiers_of
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEMO
from afterlook.runtime.clock import SystemClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.store import tasks
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from afterlook.store.tables import Change, table

_BATCH = 10_000
_SAMPLES = 997
_FIRST_DAY = Instant(739_300 * TICKS_PER_DAY)
BODY = "Milk, bread, apples, two kinds of cheese, and something for the children. " * 2
_LOG = insert(table(Change))


def fill(url: str, count: int) -> list[str]:
    """Make the demo user's mailbox with `count` tasks; return the ids of some all over it."""
    store = Store(url, "normal", SystemClock(), RandomIds())
    try:
        with store.new_mailbox_session() as transaction:
            mailbox = identities.create_mailbox(transaction, DEMO)
        for start in range(0, count, _BATCH):
            with store.write_session(mailbox) as session:
                write(session, min(_BATCH, count - start), task)
        if not url.startswith("sqlite"):
            _analyse(store, mailbox)
    finally:
        store.close()
    ids = identifiers_of(mailbox)
    step = max(1, count // _SAMPLES)
    return [
        ids.write_task_id(DEFAULT_FOLDER, DEFAULT_FOLDER + n) for n in range(1, count + 1, step)
    ]


def _analyse(store: Store, mailbox: MailboxRow) -> None:
    """Tell PostgreSQL's planner how large the tables are now, as it would find out by itself."""
    with store.write_session(mailbox) as session:
        session.execute(text("ANALYZE"), {})


def write(session: WriteSession, count: int, draw: Callable[[int], TaskRow]) -> None:
    """Write the next `count` tasks, drawn up by number, as if each had been a write of its own."""
    session.advance_counter(count - 1)
    rows = [draw(number) for number in range(session.change_number, session.change_number + count)]
    for row in rows:
        tasks.add(session, row)
    session.execute(
        _LOG,
        [
            {
                "mailbox": session.mailbox.id,
                "scope": row.folder_id,
                "entity": row.id,
                "number": row.change,
                "deleted": False,
                "at": row.modified,
            }
            for row in rows
        ],
    )


def task(number: int) -> TaskRow:
    """Draw up a task; among any 60 neighbours everything that a task can have occurs."""
    created = Instant(_FIRST_DAY + number * 37 * TICKS_PER_SECOND + number * 1_234_567 % 10_000_000)
    day = Instant(created - created % TICKS_PER_DAY)
    has_due, is_done, has_reminder = number % 3 > 0, number % 4 == 0, number % 5 == 0
    return TaskRow(
        id=number,
        folder_id=DEFAULT_FOLDER,
        change=number,
        created=created,
        modified=created,
        subject=f"Shop for dinner no. {number}",
        body_type=number % 2,
        body=BODY if has_due else "",
        categories='["Home","Red category"]' if number % 6 == 0 else None,
        assigned_to=None,
        completed=day if is_done else None,
        due=Instant(day + 5 * TICKS_PER_DAY) if has_due else None,
        start=Instant(day + 3 * TICKS_PER_DAY) if has_due else None,
        reminder=Instant(day + 4 * TICKS_PER_DAY + 8 * 3600 * TICKS_PER_SECOND)
        if has_reminder
        else None,
        is_reminder_on=has_reminder,
        has_attachments=False,
        importance=number % 3,
        sensitivity=0,
        status=2 if is_done else 0,
        recurrence=None,
    )
