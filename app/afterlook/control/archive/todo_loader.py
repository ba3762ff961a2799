"""Loading lists of To Do into a mailbox, by the use cases that a client's requests go by."""

from __future__ import annotations

from collections.abc import Sequence

from afterlook.control.archive.todo_reader import ParsedList, ParsedTask
from afterlook.mailbox import attachments, extensions, folders, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.new_parts import NewParts, add_parts
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
            extensions.add_extensions(session, folder, one.extensions)
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
    parts = NewParts(given.checklist_items, given.linked_resources, given.extensions)
    add_parts(session, key, parts)
    for file in given.files:
        attachments.add_attachment(transaction.begin_write(mailbox), key, file)
    if given.modified is not None:
        # Last, since each part that is added is a change of the task.
        rows.replace(session, tasks.get_task(session, key)._replace(modified=given.modified))
