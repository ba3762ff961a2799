"""The Outlook part of a seed: task groups with folders with tasks.

A task is the body that a client would POST. It goes through the same schemas and use cases as a
request does, so it can be nothing that a client could not have made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from afterlook.mailbox import folders, groups, tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.timezones import UTC
from afterlook.outlook import schemas
from afterlook.outlook.edm import TASK
from afterlook.outlook.schemas import Name, TaskBody
from afterlook.seeds.parts import Part
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction


class SeedFolder(Part):
    """A task folder; the one named `Tasks` is the default folder."""

    name: Name
    tasks: list[dict[str, Any]] = []


class SeedGroup(Part):
    """A task group; the one named `My Tasks` is the default group."""

    name: Name
    task_folders: list[SeedFolder] = []


def check(given: Iterable[SeedGroup]) -> None:
    """Read the tasks, to no other end. Raises `BadRequest`."""
    for group in given:
        for folder in group.task_folders:
            for body in folder.tasks:
                schemas.read(TaskBody, body, TASK).values()


def load(transaction: Transaction, mailbox: MailboxRow, given: Iterable[SeedGroup]) -> None:
    """Make groups in a mailbox. Raises `BadRequest`, `DuplicateError`."""
    for group in given:
        number = DEFAULT_GROUP
        if group.name != "My Tasks":
            number = groups.create_group(transaction.on(mailbox.id), group.name).id
        for folder in group.task_folders:
            _load_folder(transaction, mailbox, folder, number)


def _load_folder(
    transaction: Transaction, mailbox: MailboxRow, seed: SeedFolder, group: int
) -> None:
    number = DEFAULT_FOLDER
    if seed.name != "Tasks":
        session = transaction.on(mailbox.id)
        number = folders.create_folder(session, mailbox, seed.name, group).id
    for body in seed.tasks:
        task = schemas.read(TaskBody, body, TASK)
        session = transaction.on(mailbox.id)
        tasks.create_task(session, mailbox, number, task.values(), UTC, task.properties())
