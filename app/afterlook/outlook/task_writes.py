"""What the routes that write tasks share, at whichever address.

Owns from a body to its use case, and the shape of the answer. Must not know an address.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from afterlook.mailbox import folders, tasks
from afterlook.mailbox.extended import Given
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.slices import Slice
from afterlook.mailbox.values import TaskValues
from afterlook.outlook import entity_responses, render
from afterlook.outlook.bodies.attachment_echoes import check_echoes, copy_echoes, split_attachments
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.partial_updates import has_parts, merge
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.call import Call
from afterlook.outlook.edm import TASK
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession


class Place(NamedTuple):
    """Where a task is addressed: `path` names its collection; the folder and the group, if any."""

    path: str = "Tasks"
    folder: int | None = None
    group: int | None = None


ANYWHERE = Place()


async def create(call: Call, folder: int, place: Place) -> ODataResponse:
    """Create a task in a folder."""
    call.options()
    body, copied = split_attachments(await call.body())
    values, properties = _asked(body)

    def work(session: WriteSession) -> TaskRow:
        if place.group is not None:
            folders.get_folder(session, call.mailbox, folder, place.group)
        task = tasks.create_task(session, call.mailbox, folder, values, call.zone, properties)
        return copy_echoes(session, call, copied, task)

    row = await call.store.write(call.mailbox.id, work)
    return entity_responses.created(call, place.path, row, render.task, call.view(TASK))


async def update(call: Call, task_id: str, place: Place) -> ODataResponse:
    """Write over a task."""
    call.options()
    key = call.ids.read_task(task_id)
    given, echoed = split_attachments(await call.body())
    view = call.view(TASK)
    # What is whole is read before there is a transaction.
    whole = None if has_parts(given, TASK) else _asked(given)

    def work(session: WriteSession) -> TaskRow:
        _expect(session, call, key, place)
        check_echoes(session, call, echoed, key)
        asked = whole
        if asked is None:
            stored = render.task(tasks.get_task(session, call.mailbox, key), view)
            asked = _asked(merge(given, stored, TASK))
        values, properties = asked
        return tasks.update_task(
            session, call.mailbox, key, values, call.zone, call.conditions, properties
        )

    row = await call.store.write(call.mailbox.id, work)
    # An occurrence that left its series is another task.
    return entity_responses.updated(
        call, place.path, row, render.task, view, is_new=row.id != key.item
    )


async def delete(call: Call, task_id: str, place: Place) -> ODataResponse:
    """Delete a task."""
    call.options()
    key = call.ids.read_task(task_id)

    def work(session: WriteSession) -> None:
        _expect(session, call, key, place)
        tasks.delete_task(session, call.mailbox, key, call.conditions)

    await call.store.write(call.mailbox.id, work)
    return entity_responses.deleted(call)


async def complete(call: Call, task_id: str, place: Place) -> ODataResponse:
    """Complete a task as of the present date; the answer is a collection."""
    options = call.options()
    key = call.ids.read_task(task_id)
    await call.no_body()

    def work(session: WriteSession) -> list[TaskRow]:
        _expect(session, call, key, place)
        return tasks.complete_task(session, call.mailbox, key, call.zone, call.conditions)

    rows = await call.store.write(call.mailbox.id, work)
    view = call.view(TASK)
    if call.returns_minimal():
        address = str(render.task(rows[0], view)["@odata.id"])
        return entity_responses.bodiless(
            call, {"Location": address} if rows[0].id != key.item else {}
        )
    slice_ = Slice(rows, more=False)
    return entity_responses.collection(call, place.path, slice_, render.task, view, options)


def _expect(session: ReadSession, call: Call, key: ItemKey, place: Place) -> None:
    """Raise `ItemNotFound` unless a task is where it is addressed."""
    if place.folder is not None:
        folders.get_folder(session, call.mailbox, place.folder, place.group)
        tasks.get_task(session, call.mailbox, key, place.folder)


def _asked(body: Mapping[str, object]) -> tuple[TaskValues, list[Given]]:
    """Read what a body asks of a task. Raises what `schemas.read` and its dates do."""
    read = read_body(TaskBody, body, TASK)
    return read.values(), read.extended_properties()
