"""Loading lists of To Do into a mailbox, by the use cases that a client's requests go by."""

from __future__ import annotations

from collections.abc import Sequence

from afterlook.control.archive.todo_reader import ParsedList, ParsedTask
from afterlook.mailbox import attachments, checklists, extensions, folders, linked_resources, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.seeds.parts import entry
from afterlook.store import tasks as rows
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction


def load(transaction: Transaction, mailbox: MailboxRow, lists: Sequence[ParsedList]) -> None:
    """Add lists to a mailbox. Raises `InvalidEntryError` for what a client could not have made."""
    for one in lists:
        with entry(one.path):
            session = transaction.begin_write(mailbox)
            folder = DEFAULT_FOLDER
            if not one.is_default:
                folder = folders.create_folder(session, one.name).id
            for name, members in one.extensions:
                extensions.add_extension(session, folder, name, members)
            for index, task in enumerate(one.tasks):
                with entry("tasks", index):
                    _load_task(transaction, mailbox, folder, task)


def _load_task(
    transaction: Transaction, mailbox: MailboxRow, folder: int, given: ParsedTask
) -> None:
    session = transaction.begin_write(mailbox)
    if given.created is not None:
        session.now = given.created
    key = ItemKey(folder, tasks.create_task(session, folder, given.values, UTC).id)
    session.now = transaction.now
    for item in given.checklist_items:
        checklists.add_checklist_item(session, key, item)
    for resource in given.linked_resources:
        linked_resources.add_linked_resource(session, key, resource)
    for name, members in given.extensions:
        extensions.add_extension(session, key, name, members)
    for file in given.files:
        attachments.add_attachment(transaction.begin_write(mailbox), key, file)
    if given.modified is not None:
        # Last, since each part that is added is a change of the task.
        rows.replace(session, tasks.get_task(session, key)._replace(modified=given.modified))
