"""Routes of the tasks of a task folder that is addressed below its task group.

The service listed and read these; they are written here as well.
"""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import folders, tasks
from afterlook.outlook import task_writes
from afterlook.outlook.addresses import folder_path, read_folder_id
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.entity_queries import read_entity, read_query
from afterlook.outlook.entity_sets import TASKS
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.response_models import Task, TaskCollection
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.task_writes import TaskAddress
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession

router = APIRouter(route_class=OutlookRoute, tags=["tasks"])

_ALL = "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks"
_ONE = f"{_ALL}('{{task_id}}')"


@router.post(
    _ALL,
    status_code=201,
    responses=responses_of(Task, 201),
    openapi_extra=fragments.describe_body(TaskBody),
)
async def create_group_folder_task(
    group_id: str, folder_id: str, request: RequestDep
) -> ODataResponse:
    """Create a task in a task folder of a task group."""
    address = _address(request, group_id, folder_id)
    return await task_writes.create(request, read_folder_id(request, folder_id), address)


@router.get(_ONE, responses=responses_of(Task), openapi_extra=fragments.EXPANDED_READ)
async def get_group_folder_task(
    group_id: str, folder_id: str, task_id: str, request: RequestDep
) -> ODataResponse:
    """Get a task of a task folder of a task group."""
    query, address = read_query(request, TASKS), _address(request, group_id, folder_id)
    folder, key = read_folder_id(request, folder_id), request.ids.read_task_id(task_id)

    def read(session: ReadSession) -> TaskRow:
        folders.get_folder(session, folder, address.group)
        return tasks.get_task(session, key, folder)

    return await read_entity(request, query, read, address.path)


@router.patch(
    _ONE, responses=responses_of(Task), openapi_extra=fragments.describe_body(TaskBody, change=True)
)
async def update_group_folder_task(
    group_id: str, folder_id: str, task_id: str, request: RequestDep
) -> ODataResponse:
    """Update the writable properties of a task of a task folder of a task group."""
    return await task_writes.update(request, task_id, _address(request, group_id, folder_id))


@router.delete(
    _ONE, status_code=204, responses=fragments.NO_CONTENT, openapi_extra=fragments.CHANGE
)
async def delete_group_folder_task(
    group_id: str, folder_id: str, task_id: str, request: RequestDep
) -> ODataResponse:
    """Delete a task of a task folder of a task group."""
    return await task_writes.delete(request, task_id, _address(request, group_id, folder_id))


@router.post(
    f"{_ONE}/complete", responses=responses_of(TaskCollection), openapi_extra=fragments.CHANGE
)
async def complete_group_folder_task(
    group_id: str, folder_id: str, task_id: str, request: RequestDep
) -> ODataResponse:
    """Complete a task of a task folder of a task group as of the present date."""
    return await task_writes.complete(request, task_id, _address(request, group_id, folder_id))


def _address(request: OutlookRequest, group_id: str, folder_id: str) -> TaskAddress:
    """Read where a task is addressed. Raises `IdMalformed`, `ItemNotFound`."""
    path = f"{folder_path(request, folder_id, group_id)}/Tasks"
    return TaskAddress(
        path, read_folder_id(request, folder_id), request.ids.read_group_id(group_id)
    )
