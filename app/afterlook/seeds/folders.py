"""The Outlook part of a seed: task groups with folders with tasks.

A task is the body that a client would POST, and so is each of its `Attachments`; the parts that
only Microsoft Graph shows stand beside them (`taskparts`). They go through
the same schemas and use cases as a request does, so they can be nothing that a client could not
have made.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from afterlook.mailbox import attachments, folders, groups, tasks
from afterlook.mailbox.attachments import NewAttachment
from afterlook.mailbox.extended_properties import PropertyUpdate
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.timezones import UTC
from afterlook.outlook.bodies.attachments import read_attachment
from afterlook.outlook.bodies.base import Name, read_body
from afterlook.outlook.bodies.folders import NewTaskFolder
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import NAMESPACE, TASK, TASK_FOLDER
from afterlook.seeds.parts import InvalidEntryError, Part, body, entry
from afterlook.seeds.taskparts import NAMES, SeedParts, load_parts, read_parts
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction

_ATTACHMENTS = "Attachments"
_LEAST: dict[str, dict[str, object]] = {
    "fileattachment": {"Name": "a", "ContentBytes": ""},
    "itemattachment": {"Name": "a", "Item": {"@odata.type": f"#{NAMESPACE}.Event"}},
    "referenceattachment": {"Name": "a", "SourceUrl": "a"},
}
"""What an attachment needs, so that each of its members can be tried by itself."""


class SeedFolder(Part):
    """A task folder; the one named `Tasks` is the default folder."""

    name: Name
    single_value_extended_properties: list[dict[str, Any]] = []
    multi_value_extended_properties: list[dict[str, Any]] = []
    tasks: list[dict[str, Any]] = []

    def properties(self) -> list[PropertyUpdate]:
        """Return its extended properties. Raises a `ServiceError`."""
        members = {
            name: given
            for name, given in self.model_dump(by_alias=True, exclude={"tasks"}).items()
            if given or name == "Name"
        }
        return read_body(NewTaskFolder, members, TASK_FOLDER).extended_properties()


class SeedGroup(Part):
    """A task group; the one named `My Tasks` is the default group."""

    name: Name
    task_folders: list[SeedFolder] = []


def check(given: Iterable[SeedGroup]) -> None:
    """Read what the folders hold, to no other end. Raises `InvalidEntryError`."""
    for number, group in enumerate(given):
        for position, folder in enumerate(group.task_folders):
            with entry("TaskGroups", number), entry("TaskFolders", position):
                folder.properties()
                for index, task in enumerate(folder.tasks):
                    with entry("Tasks", index):
                        _read(task)


def load(transaction: Transaction, mailbox: MailboxRow, given: Iterable[SeedGroup]) -> None:
    """Make groups in a mailbox. Raises `InvalidEntryError`."""
    for number, group in enumerate(given):
        with entry("TaskGroups", number):
            group_id = DEFAULT_GROUP
            if group.name != "My Tasks":
                group_id = groups.create_group(transaction.begin_write(mailbox), group.name).id
            for position, folder in enumerate(group.task_folders):
                with entry("TaskFolders", position):
                    _load_folder(transaction, mailbox, folder, group_id)


def _load_folder(
    transaction: Transaction, mailbox: MailboxRow, seed: SeedFolder, group: int
) -> None:
    folder, properties = DEFAULT_FOLDER, seed.properties()
    if seed.name != "Tasks":
        session = transaction.begin_write(mailbox)
        folder = folders.create_folder(session, seed.name, group, properties).id
    elif properties:
        session = transaction.begin_write(mailbox)
        folders.update_folder(session, folder, None, properties=properties)
    for index, given in enumerate(seed.tasks):
        with entry("Tasks", index):
            _load_task(transaction, mailbox, folder, given)


def _load_task(
    transaction: Transaction, mailbox: MailboxRow, folder: int, given: dict[str, object]
) -> None:
    body, attached, parts = _read(given)
    session = transaction.begin_write(mailbox)
    task = tasks.create_task(session, folder, body.values(), UTC, body.extended_properties())
    key = ItemKey(folder, task.id)
    load_parts(session, key, parts)
    for index, new in enumerate(attached):
        with entry(_ATTACHMENTS, index):
            session = transaction.begin_write(mailbox)
            attachments.add_attachment(session, key, new)


def _read(given: dict[str, object]) -> tuple[TaskBody, list[NewAttachment], SeedParts]:
    """Read a task, what is attached to it, and its parts. Raises `InvalidEntryError`."""
    others = {_ATTACHMENTS, *NAMES}
    task = {name: value for name, value in given.items() if name not in others}
    with body(task, _read_task):
        _read_task(task)
    attached = given.get(_ATTACHMENTS, [])
    if not isinstance(attached, list):
        raise InvalidEntryError(_ATTACHMENTS, "it must be a list")
    read = [_read_attachment(index, one) for index, one in enumerate(attached)]
    return read_body(TaskBody, task, TASK), read, read_parts(given)


def _read_task(task: dict[str, object]) -> object:
    whole = read_body(TaskBody, task, TASK)
    return whole.values(), whole.extended_properties()


def _read_attachment(index: int, given: object) -> NewAttachment:
    with entry(_ATTACHMENTS, index):
        if not isinstance(given, dict):
            raise InvalidEntryError("", "it must be an object")
        kind = {"@odata.type": given.get("@odata.type")}
        least = _LEAST.get(str(kind["@odata.type"]).rpartition(".")[2].lower())
        members = {name: value for name, value in given.items() if name not in kind and least}
        with body(members, lambda alone: read_attachment({**(least or {}), **kind, **alone})):
            return read_attachment(given)
