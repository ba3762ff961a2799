"""Routes of the tasks of a task folder that is addressed below its task group.

The service listed and read these; they are written here as well.
"""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import folders, tasks
from afterlook.outlook import entity_responses, openapi, render, task_writes
from afterlook.outlook.addresses import folder_path, read_folder_id
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.call import Call
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.edm import TASK
from afterlook.outlook.expand import expanded
from afterlook.outlook.openapi import responses_of
from afterlook.outlook.response_models import Task, TaskCollection
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.task_writes import Place
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession

router = APIRouter(route_class=CallRoute, tags=["tasks"])

_ALL = "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks"
_ONE = f"{_ALL}('{{task_id}}')"


@router.post(
    _ALL, status_code=201, responses=responses_of(Task, 201), openapi_extra=openapi.body(TaskBody)
)
async def create_group_folder_task(group_id: str, folder_id: str, call: CallDep) -> ODataResponse:
    """Create a task in a task folder of a task group."""
    place = _place(call, group_id, folder_id)
    return await task_writes.create(call, read_folder_id(call, folder_id), place)


@router.get(_ONE, responses=responses_of(Task), openapi_extra=openapi.EXPANDED_READ)
async def get_group_folder_task(
    group_id: str, folder_id: str, task_id: str, call: CallDep
) -> ODataResponse:
    """Get a task of a task folder of a task group."""
    options = call.options(*entity_responses.READ_OPTIONS, "expand")
    view, place = call.view(TASK, options), _place(call, group_id, folder_id)
    folder, key = read_folder_id(call, folder_id), call.ids.read_task(task_id)

    def work(session: ReadSession) -> TaskRow:
        folders.get_folder(session, call.mailbox, folder, place.group)
        return tasks.get_task(session, call.mailbox, key, folder)

    row = await call.store.look_up(work)
    view = await expanded(call, view, options, [row], alone=True)
    return entity_responses.entity(call, place.path, row, render.task, view)


@router.patch(_ONE, responses=responses_of(Task), openapi_extra=openapi.body(TaskBody, change=True))
async def update_group_folder_task(
    group_id: str, folder_id: str, task_id: str, call: CallDep
) -> ODataResponse:
    """Update the writable properties of a task of a task folder of a task group."""
    return await task_writes.update(call, task_id, _place(call, group_id, folder_id))


@router.delete(_ONE, status_code=204, responses=openapi.NO_CONTENT, openapi_extra=openapi.CHANGE)
async def delete_group_folder_task(
    group_id: str, folder_id: str, task_id: str, call: CallDep
) -> ODataResponse:
    """Delete a task of a task folder of a task group."""
    return await task_writes.delete(call, task_id, _place(call, group_id, folder_id))


@router.post(
    f"{_ONE}/complete", responses=responses_of(TaskCollection), openapi_extra=openapi.CHANGE
)
async def complete_group_folder_task(
    group_id: str, folder_id: str, task_id: str, call: CallDep
) -> ODataResponse:
    """Complete a task of a task folder of a task group as of the present date."""
    return await task_writes.complete(call, task_id, _place(call, group_id, folder_id))


def _place(call: Call, group_id: str, folder_id: str) -> Place:
    """Read where a task is addressed. Raises `IdMalformed`, `ItemNotFound`."""
    path = f"{folder_path(call, folder_id, group_id)}/Tasks"
    return Place(path, read_folder_id(call, folder_id), call.ids.read_group(group_id))
