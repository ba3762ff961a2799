"""Writing a mailbox as lists of To Do, as Microsoft Graph answers: with tasks, and parts within.

Owns what of a mailbox is in it: what To Do has no place for is not.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import orjson

from afterlook.graph.render import (
    Entity,
    TodoView,
    render_checklist_item,
    render_extension,
    render_file,
    render_linked_resource,
    render_list,
    render_task,
)
from afterlook.mailbox.attachments import AttachmentKind
from afterlook.mailbox.identifiers import Identifiers, identifiers_of
from afterlook.mailbox.result_pages import list_pages
from afterlook.store import attachments, extensions, folders, tasks
from afterlook.store.checklists import CHECKLIST_ITEMS
from afterlook.store.linked_resources import LINKED_RESOURCES
from afterlook.store.rows import AttachmentRow, FolderRow, TaskRow
from afterlook.store.sessions import ReadSession

_PAGE = 200

ExpectFitting = Callable[[int], None]
"""Raises where so many bytes are too much."""


def write(session: ReadSession, expect_fitting: ExpectFitting) -> dict[str, Any]:
    """Write the lists of a mailbox; what is too much ends it early."""
    ids = identifiers_of(session.mailbox)
    size, lists = 0, []
    pages = list_pages(_PAGE, lambda page: folders.list_page(session, page))
    for folder in chain.from_iterable(pages):
        written = _write_list(session, folder, ids)
        size += len(orjson.dumps(written))
        expect_fitting(size)
        for task in _write_tasks(session, folder, ids):
            written["tasks"].append(task)
            size += len(orjson.dumps(task))
            expect_fitting(size)
        lists.append(written)
    return {"value": lists}


def _write_list(session: ReadSession, folder: FolderRow, ids: Identifiers) -> dict[str, Any]:
    written: dict[str, Any] = render_list(folder, TodoView(ids))
    held = extensions.list_of_entities(session, [folder.id])
    if held:
        written["extensions"] = [render_extension(row) for row in held]
    return {**written, "tasks": []}


def _write_tasks(session: ReadSession, folder: FolderRow, ids: Identifiers) -> Iterator[Entity]:
    for page in list_pages(_PAGE, lambda page: tasks.list_page_in_folder(session, folder.id, page)):
        parts = _write_parts(session, page, ids)
        files = attachments.list_tasks_with(session, [row.id for row in page], AttachmentKind.FILE)
        others = frozenset(row.id for row in page) - files
        view = TodoView(ids, parts=parts, without_files=others)
        yield from (render_task(row, view) for row in page)


def _write_parts(
    session: ReadSession, page: Sequence[TaskRow], ids: Identifiers
) -> Mapping[int, Entity]:
    numbers = [row.id for row in page]
    folders = {row.id: row.folder_id for row in page}
    parts: dict[int, dict[str, Any]] = {}

    def add(task: int, name: str, entity: Entity) -> None:
        parts.setdefault(task, {}).setdefault(name, []).append(entity)

    for item in CHECKLIST_ITEMS.list_of_tasks(session, numbers):
        add(item.task, "checklistItems", render_checklist_item(item))
    for resource in LINKED_RESOURCES.list_of_tasks(session, numbers):
        add(resource.task, "linkedResources", render_linked_resource(resource))
    for extension in extensions.list_of_entities(session, numbers):
        add(extension.entity, "extensions", render_extension(extension))
    for file in attachments.list_of_tasks(session, numbers):
        if file.kind == AttachmentKind.FILE:
            id_ = ids.write_attachment_id(folders[file.task], file.task, file.id)
            add(file.task, "attachments", render_file(file, id_, _read_content(session, file)))
    return parts


def _read_content(session: ReadSession, file: AttachmentRow) -> str:
    content, number = bytearray(), 0
    while part := attachments.get_part(session, file.content, number):
        content += part
        number += 1
    return base64.b64encode(content).decode("ascii")
