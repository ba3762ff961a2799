"""What the routes that write tasks share, at whichever address.

Owns the way from a body to its use case, and the form of the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from afterlook.mailbox import folders, tasks
from afterlook.mailbox.extended_properties import PropertyUpdate
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.result_pages import ResultPage
from afterlook.mailbox.values import TaskValues
from afterlook.outlook import entity_responses, render
from afterlook.outlook.bodies.attachment_echoes import check_echoes, copy_echoes, split_attachments
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.partial_updates import has_parts, merge
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.edm import TASK
from afterlook.outlook.entity_sets import TASKS
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession


class TaskAddress(NamedTuple):
    """Where a task is addressed: `path` names its collection; the folder and the group, if any."""

    path: str = "Tasks"
    folder: int | None = None
    group: int | None = None


ANYWHERE = TaskAddress()


async def create(request: OutlookRequest, folder: int, address: TaskAddress) -> ODataResponse:
    """Create a task in a folder."""
    request.read_options()
    body, copied = split_attachments(await request.read_json(TASK))
    values, properties = _read_task(body)

    def work(session: WriteSession) -> TaskRow:
        if address.group is not None:
            folders.get_folder(session, folder, address.group)
        task = tasks.create_task(session, folder, values, request.zone, properties)
        return copy_echoes(session, request, copied, task)

    def is_short(_: ReadSession) -> bool:
        return request.has_short_body and not copied

    row = await request.store.write(work, is_short=is_short)
    return entity_responses.answer_created(request, TASKS, row, request.view(TASK), address.path)


async def update(request: OutlookRequest, task_id: str, address: TaskAddress) -> ODataResponse:
    """Write over a task."""
    request.read_options()
    key = request.ids.read_task_id(task_id)
    given, echoed = split_attachments(await request.read_json(TASK))
    view = request.view(TASK)
    # What is whole is read before there is a transaction.
    whole = None if has_parts(given, TASK) else _read_task(given)

    def work(session: WriteSession) -> TaskRow:
        _expect_at(session, key, address)
        check_echoes(session, request, echoed, key)
        written = whole
        if written is None:
            stored = render.render_task(tasks.get_task(session, key), view)
            written = _read_task(merge(given, stored, TASK))
        values, properties = written
        return tasks.update_task(
            session, key, values, request.zone, request.precondition, properties
        )

    def is_short(session: ReadSession) -> bool:
        is_small = request.has_short_body and not echoed
        return is_small and tasks.is_light(session, key)

    row = await request.store.write(work, is_short=is_short)
    # An occurrence that left its series is another task.
    return entity_responses.answer_updated(
        request, TASKS, row, view, address.path, is_new=row.id != key.item
    )


async def delete(request: OutlookRequest, task_id: str, address: TaskAddress) -> ODataResponse:
    """Delete a task."""
    request.read_options()
    key = request.ids.read_task_id(task_id)

    def work(session: WriteSession) -> None:
        _expect_at(session, key, address)
        tasks.delete_task(session, key, request.precondition)

    await request.store.write(work)
    return entity_responses.answer_deleted(request)


async def complete(request: OutlookRequest, task_id: str, address: TaskAddress) -> ODataResponse:
    """Complete a task as of the present date; the answer is a collection."""
    options = request.read_options()
    key = request.ids.read_task_id(task_id)
    await request.expect_no_body()

    def work(session: WriteSession) -> list[TaskRow]:
        _expect_at(session, key, address)
        return tasks.complete_task(session, key, request.zone, request.precondition)

    rows = await request.store.write(work)
    view = request.view(TASK)
    if request.returns_minimal():
        location = str(render.render_task(rows[0], view)["@odata.id"])
        return entity_responses.answer_without_body(
            request, {"Location": location} if rows[0].id != key.item else {}
        )
    result = ResultPage(rows, more=False)
    return entity_responses.answer_collection(request, TASKS, result, view, options, address.path)


def _expect_at(session: ReadSession, key: ItemKey, address: TaskAddress) -> None:
    """Raise `ItemNotFound` unless a task is where it is addressed."""
    if address.folder is not None:
        folders.get_folder(session, address.folder, address.group)
        tasks.get_task(session, key, address.folder)


def _read_task(body: Mapping[str, object]) -> tuple[TaskValues, list[PropertyUpdate]]:
    """Read what a body says of a task. Raises as `base.read_body` and its dates do."""
    read = read_body(TaskBody, body, TASK)
    return read.values(), read.extended_properties()
