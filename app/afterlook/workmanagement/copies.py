"""Tasks of one side copied to the other, and the pairs that they make.

Owns what a copy is like, and what is kept of a pair that agrees. Must not know what a pair has come
from, nor when anybody looks. How a task of the mailbox looks is given: it may take long to tell.
"""

from __future__ import annotations

from typing import Any, cast

from afterlook.mailbox import tasks as mailbox_tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import exchange_pairs, tasks
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.workmanagement import images
from afterlook.workmanagement.images import Image
from afterlook.workmanagement.records import added, second


def copy_to_list(session: WriteSession, outlook: TaskRow, image: Image) -> None:
    """Write a task of the mailbox, which looks like `image`, into the list.

    It comes above all others there, as the user's own.
    """
    task = added(
        session,
        name=image.name,
        description=image.description,
        start=image.start,
        due=image.due,
        is_completed=image.is_completed,
        pinned=session.now if image.is_pinned else None,
    )
    pair_with(session, task.id, session.change, outlook, image)


def copy_to_mailbox(
    session: WriteSession, mailbox: MailboxRow, number: int, listed: WorkTaskRow
) -> None:
    """Write a task of the list into the default folder of the mailbox."""
    values = images.outlook_values(images.settled(images.of_listed(listed)), None, None)
    write = session.on(mailbox.id)
    outlook = mailbox_tasks.create_task(write, mailbox, DEFAULT_FOLDER, values, UTC)
    take_over(session, number, listed, outlook, images.of_outlook(outlook))


def take_over(
    session: WriteSession, number: int, listed: WorkTaskRow, outlook: TaskRow, image: Image
) -> None:
    """Make a task of the list look like one of the mailbox; keep both as a pair that agrees."""
    values = images.listed_values(image, listed, session.now)
    if values:
        changed = listed._replace(modified=second(session.now), **cast("dict[str, Any]", values))
        tasks.replace(session, changed)
        number = session.change
    pair_with(session, listed.id, number, outlook, image)


def pair_with(
    session: WriteSession, task: int, number: int, outlook: TaskRow, image: Image
) -> None:
    """Keep two tasks that both look like `image` as a pair that agrees."""
    pair = WorkPairRow(task, outlook.id, number, outlook.change, images.written(image))
    exchange_pairs.add(session, pair)
