"""Tasks of one side copied to the other, and the pairs that they make.

Owns what a copy is like, and what is kept of a pair that agrees. Must not know what a pair has come
from, nor when anybody looks.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.mailbox import tasks as mailbox_tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import pairs, tasks
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.workmanagement import images
from afterlook.workmanagement.records import added, second


def copy_to_list(session: WriteSession, outlook: TaskRow) -> None:
    """Write a task of the mailbox into the list, above all others: the user's own, as any there.

    Raises `Unlistable`.
    """
    image = images.of_outlook(outlook)
    task = added(
        session,
        name=image.name,
        description=image.description,
        start=image.start,
        due=image.due,
        is_completed=image.is_completed,
        pinned=session.now if image.is_pinned else None,
    )
    pair_with(session, task.id, session.change, outlook)


def copy_to_mailbox(
    session: WriteSession, mailbox: MailboxRow, number: int, listed: WorkTaskRow
) -> None:
    """Write a task of the list into the default folder of the mailbox."""
    values = images.outlook_values(images.settled(images.of_listed(listed)), None, None)
    write = session.on(mailbox.id)
    outlook = mailbox_tasks.create_task(write, mailbox, DEFAULT_FOLDER, values, UTC)
    pair_with(session, listed.id, take_over(session, number, listed, outlook), outlook)


def take_over(session: WriteSession, number: int, listed: WorkTaskRow, outlook: TaskRow) -> int:
    """Make a task of the list look like one of the mailbox; return the number it then has."""
    values = images.listed_values(images.of_outlook(outlook), listed, session.now)
    if not values:
        return number
    changed = listed._replace(modified=second(session.now), **cast("dict[str, Any]", values))
    tasks.replace(session, changed)
    return session.change


def pair_with(session: WriteSession, task: int, number: int, outlook: TaskRow) -> None:
    """Keep two tasks as a pair that agrees."""
    base = images.of_outlook(outlook)
    pairs.add(session, WorkPairRow(task, outlook.id, number, outlook.change, images.written(base)))
