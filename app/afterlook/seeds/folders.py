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
from afterlook.outlook.bodies.base import Name, read_body
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import TASK
from afterlook.seeds.parts import InvalidEntryError, Part, body, entry
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
    """Read the tasks, to no other end. Raises `InvalidEntryError`."""
    for number, group in enumerate(given):
        for place, folder in enumerate(group.task_folders):
            with entry("TaskGroups", number), entry("TaskFolders", place):
                for index, task in enumerate(folder.tasks):
                    with entry("Tasks", index), body(task, _read):
                        if "Attachments" in task:
                            raise InvalidEntryError("Attachments", "a seed cannot attach files")
                        _read(task)


def load(transaction: Transaction, mailbox: MailboxRow, given: Iterable[SeedGroup]) -> None:
    """Make groups in a mailbox. Raises `InvalidEntryError`."""
    for number, group in enumerate(given):
        with entry("TaskGroups", number):
            group_id = DEFAULT_GROUP
            if group.name != "My Tasks":
                group_id = groups.create_group(transaction.begin_write(mailbox), group.name).id
            for place, folder in enumerate(group.task_folders):
                with entry("TaskFolders", place):
                    _load_folder(transaction, mailbox, folder, group_id)


def _load_folder(
    transaction: Transaction, mailbox: MailboxRow, seed: SeedFolder, group: int
) -> None:
    folder = DEFAULT_FOLDER
    if seed.name != "Tasks":
        session = transaction.begin_write(mailbox)
        folder = folders.create_folder(session, seed.name, group).id
    for index, given in enumerate(seed.tasks):
        with entry("Tasks", index):
            task = read_body(TaskBody, given, TASK)
            session = transaction.begin_write(mailbox)
            properties = task.extended_properties()
            tasks.create_task(session, folder, task.values(), UTC, properties)


def _read(task: dict[str, object]) -> object:
    return read_body(TaskBody, task, TASK).values()
