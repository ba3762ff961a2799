"""Routes of task folders: Outlook Task REST, "Create task folders" to "Delete task folders"."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import folders
from afterlook.mailbox.identities import DEFAULT_GROUP
from afterlook.mailbox.sync import FOLDERS
from afterlook.outlook import entity_responses, openapi, render, sync
from afterlook.outlook.addresses import group_path, read_folder_id
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.folders import NewTaskFolder, TaskFolderChanges
from afterlook.outlook.call import Call
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.edm import TASK_FOLDER
from afterlook.outlook.expand import expanded
from afterlook.outlook.openapi import responses_of
from afterlook.outlook.response_models import TaskFolder, TaskFolderCollection, TaskFolderSync
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.sync import Synchronised
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import WriteSession

router = APIRouter(route_class=CallRoute, tags=["task folders"])


@router.get("/taskfolders", responses=responses_of(TaskFolderSync), openapi_extra=openapi.SYNC)
async def list_folders(call: CallDep) -> ODataResponse:
    """Get all task folders of the mailbox, or what changed among them."""
    if sync.is_wanted(call):
        return await sync.answer(call, _synchronised(call))
    options = call.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = call.view(TASK_FOLDER, options), entity_responses.page(call, options, TASK_FOLDER)
    slice_ = await call.store.turn_to(
        page, lambda session: folders.list_folders(session, call.mailbox, page)
    )
    view = await expanded(call, view, options, slice_.rows, alone=False)
    return entity_responses.collection(
        call, "TaskFolders", slice_, render.task_folder, view, options
    )


@router.post(
    "/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=openapi.body(NewTaskFolder),
)
async def create_folder(call: CallDep) -> ODataResponse:
    """Create a task folder in the default task group."""
    return await _create(call, DEFAULT_GROUP, "TaskFolders")


@router.get(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.EXPANDED_READ,
)
async def get_folder(folder_id: str, call: CallDep) -> ODataResponse:
    """Get a task folder."""
    return await _get(call, folder_id, None, "TaskFolders")


@router.patch(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.body(TaskFolderChanges, change=True),
)
async def update_folder(folder_id: str, call: CallDep) -> ODataResponse:
    """Rename a task folder; the default one keeps its name."""
    return await _update(call, folder_id, None, "TaskFolders")


@router.delete(
    "/taskfolders('{folder_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_folder(folder_id: str, call: CallDep) -> ODataResponse:
    """Delete a task folder with its tasks; the default one stays."""
    return await _delete(call, folder_id, None)


@router.get(
    "/taskgroups('{group_id}')/taskfolders",
    responses=responses_of(TaskFolderCollection),
    openapi_extra=openapi.EXPANDED_LIST,
)
async def list_group_folders(group_id: str, call: CallDep) -> ODataResponse:
    """Get the task folders of a task group."""
    options = call.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = call.view(TASK_FOLDER, options), entity_responses.page(call, options, TASK_FOLDER)
    group = call.ids.read_group(group_id)
    slice_ = await call.store.turn_to(
        page, lambda session: folders.list_group_folders(session, call.mailbox, group, page)
    )
    path = f"{group_path(call, group_id)}/TaskFolders"
    view = await expanded(call, view, options, slice_.rows, alone=False)
    return entity_responses.collection(call, path, slice_, render.task_folder, view, options)


@router.post(
    "/taskgroups('{group_id}')/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=openapi.body(NewTaskFolder),
)
async def create_group_folder(group_id: str, call: CallDep) -> ODataResponse:
    """Create a task folder in a task group."""
    group = call.ids.read_group(group_id)
    return await _create(call, group, f"{group_path(call, group_id)}/TaskFolders")


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.EXPANDED_READ,
)
async def get_group_folder(group_id: str, folder_id: str, call: CallDep) -> ODataResponse:
    """Get a task folder of a task group."""
    group = call.ids.read_group(group_id)
    return await _get(call, folder_id, group, f"{group_path(call, group_id)}/TaskFolders")


@router.patch(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.body(TaskFolderChanges, change=True),
)
async def update_group_folder(group_id: str, folder_id: str, call: CallDep) -> ODataResponse:
    """Rename a task folder of a task group."""
    group = call.ids.read_group(group_id)
    return await _update(call, folder_id, group, f"{group_path(call, group_id)}/TaskFolders")


@router.delete(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_group_folder(group_id: str, folder_id: str, call: CallDep) -> ODataResponse:
    """Delete a task folder of a task group with its tasks."""
    return await _delete(call, folder_id, call.ids.read_group(group_id))


def _synchronised(call: Call) -> Synchronised[FolderRow]:
    return Synchronised(
        collection=FOLDERS,
        path="TaskFolders",
        name="TaskFolders",
        entity_type=TASK_FOLDER,
        render=render.task_folder,
        key=call.ids.folder,
    )


async def _get(call: Call, folder_id: str, group: int | None, path: str) -> ODataResponse:
    options = call.options(*entity_responses.READ_OPTIONS, "expand")
    view = call.view(TASK_FOLDER, options)
    folder = read_folder_id(call, folder_id)
    row = await call.store.look_up(
        lambda session: folders.get_folder(session, call.mailbox, folder, group)
    )
    view = await expanded(call, view, options, [row], alone=True)
    return entity_responses.entity(call, path, row, render.task_folder, view)


async def _update(call: Call, folder_id: str, group: int | None, path: str) -> ODataResponse:
    call.options()
    folder = read_folder_id(call, folder_id)
    body = read_body(TaskFolderChanges, await call.body(), TASK_FOLDER)
    name, properties = body.new_name(), body.extended_properties()

    def work(session: WriteSession) -> FolderRow:
        folders.get_folder(session, call.mailbox, folder, group)
        return folders.update_folder(
            session, call.mailbox, folder, name, call.conditions, properties
        )

    row = await call.store.write(call.mailbox.id, work)
    return entity_responses.updated(call, path, row, render.task_folder, call.view(TASK_FOLDER))


async def _delete(call: Call, folder_id: str, group: int | None) -> ODataResponse:
    call.options()
    folder = read_folder_id(call, folder_id)

    def work(session: WriteSession) -> None:
        folders.get_folder(session, call.mailbox, folder, group)
        folders.delete_folder(session, call.mailbox, folder, call.conditions)

    await call.store.write(call.mailbox.id, work)
    return entity_responses.deleted(call)


async def _create(call: Call, group: int, path: str) -> ODataResponse:
    call.options()
    body = read_body(NewTaskFolder, await call.body(), TASK_FOLDER)
    properties = body.extended_properties()
    row = await call.store.write(
        call.mailbox.id,
        lambda session: folders.create_folder(session, call.mailbox, body.name, group, properties),
    )
    return entity_responses.created(call, path, row, render.task_folder, call.view(TASK_FOLDER))
