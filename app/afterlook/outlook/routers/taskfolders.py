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
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import TASK_FOLDER
from afterlook.outlook.expand import expanded
from afterlook.outlook.openapi import responses_of
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.response_models import TaskFolder, TaskFolderCollection, TaskFolderSync
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.sync import Synchronised
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import WriteSession

router = APIRouter(route_class=OutlookRoute, tags=["task folders"])


@router.get("/taskfolders", responses=responses_of(TaskFolderSync), openapi_extra=openapi.SYNC)
async def list_folders(request: RequestDep) -> ODataResponse:
    """Get all task folders of the mailbox, or what changed among them."""
    if sync.is_wanted(request):
        return await sync.answer(request, _synchronised(request))
    options = request.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = (
        request.view(TASK_FOLDER, options),
        entity_responses.page(request, options, TASK_FOLDER),
    )
    slice_ = await request.store.turn_to(
        page, lambda session: folders.list_folders(session, request.mailbox, page)
    )
    view = await expanded(request, view, options, slice_.rows, alone=False)
    return entity_responses.collection(
        request, "TaskFolders", slice_, render.task_folder, view, options
    )


@router.post(
    "/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=openapi.body(NewTaskFolder),
)
async def create_folder(request: RequestDep) -> ODataResponse:
    """Create a task folder in the default task group."""
    return await _create(request, DEFAULT_GROUP, "TaskFolders")


@router.get(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.EXPANDED_READ,
)
async def get_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Get a task folder."""
    return await _get(request, folder_id, None, "TaskFolders")


@router.patch(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.body(TaskFolderChanges, change=True),
)
async def update_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task folder; the default one keeps its name."""
    return await _update(request, folder_id, None, "TaskFolders")


@router.delete(
    "/taskfolders('{folder_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task folder with its tasks; the default one stays."""
    return await _delete(request, folder_id, None)


@router.get(
    "/taskgroups('{group_id}')/taskfolders",
    responses=responses_of(TaskFolderCollection),
    openapi_extra=openapi.EXPANDED_LIST,
)
async def list_group_folders(group_id: str, request: RequestDep) -> ODataResponse:
    """Get the task folders of a task group."""
    options = request.options(*entity_responses.LIST_OPTIONS, "expand")
    view, page = (
        request.view(TASK_FOLDER, options),
        entity_responses.page(request, options, TASK_FOLDER),
    )
    group = request.ids.read_group(group_id)
    slice_ = await request.store.turn_to(
        page, lambda session: folders.list_group_folders(session, request.mailbox, group, page)
    )
    path = f"{group_path(request, group_id)}/TaskFolders"
    view = await expanded(request, view, options, slice_.rows, alone=False)
    return entity_responses.collection(request, path, slice_, render.task_folder, view, options)


@router.post(
    "/taskgroups('{group_id}')/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=openapi.body(NewTaskFolder),
)
async def create_group_folder(group_id: str, request: RequestDep) -> ODataResponse:
    """Create a task folder in a task group."""
    group = request.ids.read_group(group_id)
    return await _create(request, group, f"{group_path(request, group_id)}/TaskFolders")


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.EXPANDED_READ,
)
async def get_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Get a task folder of a task group."""
    group = request.ids.read_group(group_id)
    return await _get(request, folder_id, group, f"{group_path(request, group_id)}/TaskFolders")


@router.patch(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=openapi.body(TaskFolderChanges, change=True),
)
async def update_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task folder of a task group."""
    group = request.ids.read_group(group_id)
    return await _update(request, folder_id, group, f"{group_path(request, group_id)}/TaskFolders")


@router.delete(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task folder of a task group with its tasks."""
    return await _delete(request, folder_id, request.ids.read_group(group_id))


def _synchronised(request: OutlookRequest) -> Synchronised[FolderRow]:
    return Synchronised(
        collection=FOLDERS,
        path="TaskFolders",
        name="TaskFolders",
        entity_type=TASK_FOLDER,
        render=render.task_folder,
        key=request.ids.folder,
    )


async def _get(
    request: OutlookRequest, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    options = request.options(*entity_responses.READ_OPTIONS, "expand")
    view = request.view(TASK_FOLDER, options)
    folder = read_folder_id(request, folder_id)
    row = await request.store.look_up(
        lambda session: folders.get_folder(session, request.mailbox, folder, group)
    )
    view = await expanded(request, view, options, [row], alone=True)
    return entity_responses.entity(request, path, row, render.task_folder, view)


async def _update(
    request: OutlookRequest, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    request.options()
    folder = read_folder_id(request, folder_id)
    body = read_body(TaskFolderChanges, await request.body(), TASK_FOLDER)
    name, properties = body.new_name(), body.extended_properties()

    def work(session: WriteSession) -> FolderRow:
        folders.get_folder(session, request.mailbox, folder, group)
        return folders.update_folder(
            session, request.mailbox, folder, name, request.conditions, properties
        )

    row = await request.store.write(request.mailbox.id, work)
    return entity_responses.updated(
        request, path, row, render.task_folder, request.view(TASK_FOLDER)
    )


async def _delete(request: OutlookRequest, folder_id: str, group: int | None) -> ODataResponse:
    request.options()
    folder = read_folder_id(request, folder_id)

    def work(session: WriteSession) -> None:
        folders.get_folder(session, request.mailbox, folder, group)
        folders.delete_folder(session, request.mailbox, folder, request.conditions)

    await request.store.write(request.mailbox.id, work)
    return entity_responses.deleted(request)


async def _create(request: OutlookRequest, group: int, path: str) -> ODataResponse:
    request.options()
    body = read_body(NewTaskFolder, await request.body(), TASK_FOLDER)
    properties = body.extended_properties()
    row = await request.store.write(
        request.mailbox.id,
        lambda session: folders.create_folder(
            session, request.mailbox, body.name, group, properties
        ),
    )
    return entity_responses.created(
        request, path, row, render.task_folder, request.view(TASK_FOLDER)
    )
