"""Routes of tasks: Outlook Task REST, "Create tasks" to "Complete tasks"."""

from __future__ import annotations

from functools import partial

from fastapi import APIRouter

from afterlook.errors import NavigationNotSupported
from afterlook.mailbox import tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.sync import tasks_in
from afterlook.outlook import (
    attachment_rendering,
    entity_responses,
    openapi,
    render,
    sync,
    task_writes,
)
from afterlook.outlook.addresses import folder_path, read_folder_id
from afterlook.outlook.bodies.tasks import TaskBody
from afterlook.outlook.call import Call
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.edm import TASK
from afterlook.outlook.expand import expanded
from afterlook.outlook.openapi import responses_of
from afterlook.outlook.response_models import Task, TaskCollection, TaskSync
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.sync import Synchronised
from afterlook.outlook.task_writes import ANYWHERE, Place
from afterlook.store.rows import TaskRow

router = APIRouter(route_class=CallRoute, tags=["tasks"])


@router.get(
    "/tasks('{task_id}')", responses=responses_of(Task), openapi_extra=openapi.EXPANDED_READ
)
async def get_task(task_id: str, call: CallDep) -> ODataResponse:
    """Get a task."""
    options = call.options(*entity_responses.READ_OPTIONS, "expand")
    view = call.view(TASK, options)
    key = call.ids.read_task(task_id)
    row = await call.store.look_up(lambda session: tasks.get_task(session, call.mailbox, key))
    view = await expanded(call, view, options, [row], alone=True)
    return entity_responses.entity(call, "Tasks", row, render.task, view)


@router.get("/tasks", responses=responses_of(TaskCollection), openapi_extra=openapi.EXPANDED_LIST)
async def list_tasks(call: CallDep) -> ODataResponse:
    """Get all tasks of the mailbox."""
    options = call.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = call.view(TASK, options), entity_responses.page(call, options, TASK)
    slice_ = await call.store.turn_to(
        page, lambda session: tasks.list_tasks(session, call.mailbox, page)
    )
    slice_ = await attachment_rendering.bound_page(call, options, slice_)
    view = await expanded(call, view, options, slice_.rows, alone=False)
    return entity_responses.collection(call, "Tasks", slice_, render.task, view, options)


@router.post(
    "/tasks",
    status_code=201,
    responses=responses_of(Task, 201),
    openapi_extra=openapi.body(TaskBody),
)
async def create_task(call: CallDep) -> ODataResponse:
    """Create a task in the default task folder."""
    return await task_writes.create(call, DEFAULT_FOLDER, ANYWHERE)


@router.patch(
    "/tasks('{task_id}')",
    responses=responses_of(Task),
    openapi_extra=openapi.body(TaskBody, change=True),
)
async def update_task(task_id: str, call: CallDep) -> ODataResponse:
    """Update the writable properties of a task."""
    return await task_writes.update(call, task_id, ANYWHERE)


@router.delete(
    "/tasks('{task_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_task(task_id: str, call: CallDep) -> ODataResponse:
    """Delete a task."""
    return await task_writes.delete(call, task_id, ANYWHERE)


@router.post(
    "/tasks('{task_id}')/complete",
    responses=responses_of(TaskCollection),
    openapi_extra=openapi.CHANGE,
)
async def complete_task(task_id: str, call: CallDep) -> ODataResponse:
    """Complete a task as of the present date; the answer is a collection."""
    return await task_writes.complete(call, task_id, ANYWHERE)


@router.get(
    "/taskfolders('{folder_id}')/tasks",
    responses=responses_of(TaskSync),
    openapi_extra=openapi.SYNC,
)
async def list_folder_tasks(folder_id: str, call: CallDep) -> ODataResponse:
    """Get all tasks of a task folder, or what changed among them."""
    if sync.is_wanted(call):
        return await sync.answer(call, _synchronised(call, folder_id))
    return await _list_in_folder(call, folder_id, None, f"{folder_path(call, folder_id)}/Tasks")


@router.post(
    "/taskfolders('{folder_id}')/tasks",
    status_code=201,
    responses=responses_of(Task, 201),
    openapi_extra=openapi.body(TaskBody),
)
async def create_folder_task(folder_id: str, call: CallDep) -> ODataResponse:
    """Create a task in a task folder."""
    place = Place(f"{folder_path(call, folder_id)}/Tasks")
    return await task_writes.create(call, read_folder_id(call, folder_id), place)


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks",
    responses=responses_of(TaskCollection),
    openapi_extra=openapi.EXPANDED_LIST,
)
async def list_group_folder_tasks(group_id: str, folder_id: str, call: CallDep) -> ODataResponse:
    """Get all tasks of a task folder of a task group."""
    path = f"{folder_path(call, folder_id, group_id)}/Tasks"
    return await _list_in_folder(call, folder_id, call.ids.read_group(group_id), path)


@router.get(
    "/taskfolders('{folder_id}')/tasks('{task_id}')",
    responses=responses_of(Task),
    openapi_extra=openapi.EXPANDED_READ,
)
async def get_folder_task(folder_id: str, task_id: str, call: CallDep) -> ODataResponse:
    """Get a task of a task folder."""
    options = call.options(*entity_responses.READ_OPTIONS, "expand")
    view = call.view(TASK, options)
    folder, key = read_folder_id(call, folder_id), call.ids.read_task(task_id)
    row = await call.store.look_up(
        lambda session: tasks.get_task(session, call.mailbox, key, folder)
    )
    view = await expanded(call, view, options, [row], alone=True)
    path = f"{folder_path(call, folder_id)}/Tasks"
    return entity_responses.entity(call, path, row, render.task, view)


async def write_folder_task(folder_id: str, task_id: str, call: CallDep) -> ODataResponse:  # noqa: ARG001
    """Refuse what the service refused: tasks are written at their own address (contract §2.6)."""
    raise NavigationNotSupported(property="Tasks")


for _path, _methods in (
    ("/taskfolders('{folder_id}')/tasks('{task_id}')", ["PATCH", "DELETE"]),
    ("/taskfolders('{folder_id}')/tasks('{task_id}')/complete", ["POST"]),
):
    router.add_api_route(_path, write_folder_task, methods=_methods, include_in_schema=False)


def _synchronised(call: Call, folder_id: str) -> Synchronised[TaskRow]:
    folder = read_folder_id(call, folder_id)
    return Synchronised(
        collection=tasks_in(folder),
        path=f"{folder_path(call, folder_id)}/Tasks",
        name="Tasks",
        entity_type=TASK,
        render=render.task,
        key=partial(call.ids.task, folder),
    )


async def _list_in_folder(
    call: Call, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    options = call.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = call.view(TASK, options), entity_responses.page(call, options, TASK)
    folder = read_folder_id(call, folder_id)
    slice_ = await call.store.turn_to(
        page, lambda session: tasks.list_folder_tasks(session, call.mailbox, folder, page, group)
    )
    slice_ = await attachment_rendering.bound_page(call, options, slice_)
    view = await expanded(call, view, options, slice_.rows, alone=False)
    return entity_responses.collection(call, path, slice_, render.task, view, options)
