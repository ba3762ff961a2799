"""Tasks with every kind of parts, for tests of what becomes of them."""

from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import SQLModel

from afterlook.mailbox import checklists, extensions, identities, linked_resources, tasks
from afterlook.mailbox import upload_sessions as uploads
from afterlook.mailbox.checklists import NewChecklistItem
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEMO
from afterlook.mailbox.linked_resources import NewLinkedResource
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.upload_sessions import NewUpload
from afterlook.mailbox.values import TaskValues
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.sessions import ReadSession
from afterlook.store.store import Store
from afterlook.store.tables import (
    ChecklistItem,
    LinkedResource,
    OpenExtension,
    UploadSession,
    UploadSessionPart,
    table,
)

EXTENSION = "com.example.Shop"
MEMBERS = {"aisle": 4, "tags": ["dairy", "cold"], "share": 0.5, "isUrgent": True}
NOTHING = TaskValues()
_TABLES: list[type[SQLModel]] = [
    ChecklistItem,
    LinkedResource,
    OpenExtension,
    UploadSession,
    UploadSessionPart,
]


class SeenParts(NamedTuple):
    """What hangs on a task, without numbers and GUIDs."""

    mask: int
    items: list[tuple[str | None, bool]]
    resources: list[str | None]
    extensions: list[tuple[str, str]]


def find_demo(store: Store) -> MailboxRow:
    """Return the mailbox that calls without a token open."""
    with store.session() as session:
        found = identities.find(session, DEMO)
    assert found is not None
    return found


def key_of(task: TaskRow) -> ItemKey:
    """Return what a task's id says."""
    return ItemKey(task.folder_id, task.id)


def fill_with_parts(
    store: Store, mailbox: MailboxRow, folder: int = DEFAULT_FOLDER, values: TaskValues = NOTHING
) -> ItemKey:
    """Make a task that has parts of every kind, and an upload that has begun."""
    with store.write_session(mailbox) as session:
        key = key_of(tasks.create_task(session, folder, values, UTC))
        checklists.add_checklist_item(session, key, NewChecklistItem("Milk"))
        checklists.add_checklist_item(session, key, NewChecklistItem("Bread", is_checked=True))
        resource = NewLinkedResource("https://shop.example/1", "Shop", "Basket", "1")
        linked_resources.add_linked_resource(session, key, resource)
        extensions.add_extension(session, key, EXTENSION, MEMBERS)
        upload = uploads.create_upload_session(session, key, NewUpload("plan.txt", 4))
        uploads.receive_piece(session, key, upload.guid, 0, 4, b"pl")
    with store.write_session(mailbox) as session:
        if not extensions.count_extensions(session, folder, None):
            extensions.add_extension(session, folder, EXTENSION, MEMBERS)
    return key


def see_parts(session: ReadSession, task: TaskRow) -> SeenParts:
    """Return what hangs on a task."""
    items = checklists.list_of_tasks(session, [task]).get(task.id, [])
    linked = linked_resources.list_of_tasks(session, [task]).get(task.id, [])
    opened = extensions.list_of_tasks(session, [task]).get(task.id, [])
    return SeenParts(
        task.parts,
        [(item.display_name, item.is_checked) for item in items],
        [resource.web_url for resource in linked],
        [(each.name, each.content) for each in opened],
    )


def count_parts(store: Store, mailbox: MailboxRow) -> dict[str, int]:
    """Count what a mailbox has in each table of parts, those that have something."""
    counts = {}
    with store.session() as session:
        for each in map(table, _TABLES):
            statement = select(func.count()).where(each.c.mailbox == mailbox.id)
            [(count,)] = session.ad_hoc(statement.select_from(each), {})
            if count:
                counts[each.name] = int(count)
    return counts
