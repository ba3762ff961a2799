"""Routes of tasks: Outlook Task REST, "Create tasks" to "Complete tasks"."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter

from afterlook.errors import NavigationNotSupported
from afterlook.mailbox import tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.sync import tasks_in
from afterlook.outlook import sync, task_writes
from afterlook.outlook.addresses import folder_path, read_folder_id
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.entity_queries import list_entities, read_entity, read_page_query, read_query
from afterlook.outlook.entity_sets import TASKS
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.response_models import Task, TaskCollection, TaskSync
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.sync import SyncedCollection
from afterlook.outlook.task_writes import ANYWHERE, TaskAddress
from afterlook.store.rows import TaskRow

router = APIRouter(route_class=OutlookRoute, tags=["tasks"])


@router.get(
    "/tasks('{task_id}')", responses=responses_of(Task), openapi_extra=fragments.EXPANDED_READ
)
async def get_task(task_id: str, request: RequestDep) -> ODataResponse:
    """Get a task."""
    query = read_query(request, TASKS)
    key = request.ids.read_task_id(task_id)
    return await read_entity(request, query, lambda session: tasks.get_task(session, key))


@router.get("/tasks", responses=responses_of(TaskCollection), openapi_extra=fragments.EXPANDED_LIST)
async def list_tasks(request: RequestDep) -> ODataResponse:
    """Get all tasks of the mailbox."""
    query = read_page_query(request, TASKS)
    return await list_entities(request, query, tasks.list_tasks)


@router.post(
    "/tasks",
    status_code=201,
    responses=responses_of(Task, 201),
    openapi_extra=fragments.describe_body(TaskBody),
)
async def create_task(request: RequestDep) -> ODataResponse:
    """Create a task in the default task folder."""
    return await task_writes.create(request, DEFAULT_FOLDER, ANYWHERE)


@router.patch(
    "/tasks('{task_id}')",
    responses=responses_of(Task),
    openapi_extra=fragments.describe_body(TaskBody, change=True),
)
async def update_task(task_id: str, request: RequestDep) -> ODataResponse:
    """Update the writable properties of a task."""
    return await task_writes.update(request, task_id, ANYWHERE)


@router.delete(
    "/tasks('{task_id}')",
    status_code=204,
    responses=fragments.NO_CONTENT,
    openapi_extra=fragments.CHANGE,
)
async def delete_task(task_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task."""
    return await task_writes.delete(request, task_id, ANYWHERE)


@router.post(
    "/tasks('{task_id}')/complete",
    responses=responses_of(TaskCollection),
    openapi_extra=fragments.CHANGE,
)
async def complete_task(task_id: str, request: RequestDep) -> ODataResponse:
    """Complete a task as of the present date; the answer is a collection."""
    return await task_writes.complete(request, task_id, ANYWHERE)


@router.get(
    "/taskfolders('{folder_id}')/tasks",
    responses=responses_of(TaskSync),
    openapi_extra=fragments.SYNC,
)
async def list_folder_tasks(folder_id: str, request: RequestDep) -> ODataResponse:
    """Get all tasks of a task folder, or what changed among them."""
    if sync.is_wanted(request):
        return await sync.synchronise(request, _synced_collection(request, folder_id))
    return await _list_in_folder(
        request, folder_id, None, f"{folder_path(request, folder_id)}/Tasks"
    )


@router.post(
    "/taskfolders('{folder_id}')/tasks",
    status_code=201,
    responses=responses_of(Task, 201),
    openapi_extra=fragments.describe_body(TaskBody),
)
async def create_folder_task(folder_id: str, request: RequestDep) -> ODataResponse:
    """Create a task in a task folder."""
    address = TaskAddress(f"{folder_path(request, folder_id)}/Tasks")
    return await task_writes.create(request, read_folder_id(request, folder_id), address)


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks",
    responses=responses_of(TaskCollection),
    openapi_extra=fragments.EXPANDED_LIST,
)
async def list_group_folder_tasks(
    group_id: str, folder_id: str, request: RequestDep
) -> ODataResponse:
    """Get all tasks of a task folder of a task group."""
    path = f"{folder_path(request, folder_id, group_id)}/Tasks"
    return await _list_in_folder(request, folder_id, request.ids.read_group_id(group_id), path)


@router.get(
    "/taskfolders('{folder_id}')/tasks('{task_id}')",
    responses=responses_of(Task),
    openapi_extra=fragments.EXPANDED_READ,
)
async def get_folder_task(folder_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Get a task of a task folder."""
    query = read_query(request, TASKS)
    folder, key = read_folder_id(request, folder_id), request.ids.read_task_id(task_id)
    return await read_entity(
        request,
        query,
        lambda session: tasks.get_task(session, key, folder),
        f"{folder_path(request, folder_id)}/Tasks",
    )


async def write_folder_task(folder_id: str, task_id: str, request: RequestDep) -> ODataResponse:  # noqa: ARG001
    """Refuse what the service refused: tasks are written at their own address.

    See docs/reference/outlook.md §2.6.
    """
    raise NavigationNotSupported(property="Tasks")


for _path, _methods in (
    ("/taskfolders('{folder_id}')/tasks('{task_id}')", ["PATCH", "DELETE"]),
    ("/taskfolders('{folder_id}')/tasks('{task_id}')/complete", ["POST"]),
):
    router.add_api_route(_path, write_folder_task, methods=_methods, include_in_schema=False)


def _synced_collection(request: OutlookRequest, folder_id: str) -> SyncedCollection[TaskRow]:
    folder = read_folder_id(request, folder_id)
    return SyncedCollection(
        collection=tasks_in(folder),
        path=f"{folder_path(request, folder_id)}/Tasks",
        entity_set=TASKS,
        write_id=partial(request.ids.write_task_id, folder),
    )


async def _list_in_folder(
    request: OutlookRequest, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    query = read_page_query(request, TASKS)
    folder = read_folder_id(request, folder_id)
    return await list_entities(
        request,
        query,
        lambda session, page: tasks.list_folder_tasks(session, folder, page, group),
        path,
    )
