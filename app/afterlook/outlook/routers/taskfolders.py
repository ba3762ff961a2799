"""Routes of task folders: Outlook Task REST, "Create task folders" to "Delete task folders"."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import folders
from afterlook.mailbox.identities import DEFAULT_GROUP
from afterlook.mailbox.sync import FOLDERS
from afterlook.outlook import entity_responses, sync
from afterlook.outlook.addresses import group_path, read_folder_id
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.folders import NewTaskFolder, TaskFolderChanges
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import TASK_FOLDER
from afterlook.outlook.entity_queries import list_entities, read_entity, read_page_query, read_query
from afterlook.outlook.entity_sets import TASK_FOLDERS
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.response_models import TaskFolder, TaskFolderCollection, TaskFolderSync
from afterlook.outlook.responses import ODataResponse
from afterlook.outlook.sync import SyncedCollection
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import WriteSession

router = APIRouter(route_class=OutlookRoute, tags=["task folders"])


@router.get("/taskfolders", responses=responses_of(TaskFolderSync), openapi_extra=fragments.SYNC)
async def list_folders(request: RequestDep) -> ODataResponse:
    """Get all task folders of the mailbox, or what changed among them."""
    if sync.is_wanted(request):
        return await sync.synchronise(request, _synced_collection(request))
    query = read_page_query(request, TASK_FOLDERS)
    return await list_entities(request, query, folders.list_folders)


@router.post(
    "/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=fragments.describe_body(NewTaskFolder),
)
async def create_folder(request: RequestDep) -> ODataResponse:
    """Create a task folder in the default task group."""
    return await _create(request, DEFAULT_GROUP, "TaskFolders")


@router.get(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=fragments.EXPANDED_READ,
)
async def get_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Get a task folder."""
    return await _get(request, folder_id, None, "TaskFolders")


@router.patch(
    "/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=fragments.describe_body(TaskFolderChanges, change=True),
)
async def update_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task folder; the default one keeps its name."""
    return await _update(request, folder_id, None, "TaskFolders")


@router.delete(
    "/taskfolders('{folder_id}')",
    status_code=204,
    responses=fragments.NO_CONTENT,
    openapi_extra=fragments.CHANGE,
)
async def delete_folder(folder_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task folder with its tasks; the default one stays."""
    return await _delete(request, folder_id, None)


@router.get(
    "/taskgroups('{group_id}')/taskfolders",
    responses=responses_of(TaskFolderCollection),
    openapi_extra=fragments.EXPANDED_LIST,
)
async def list_group_folders(group_id: str, request: RequestDep) -> ODataResponse:
    """Get the task folders of a task group."""
    query = read_page_query(request, TASK_FOLDERS)
    group = request.ids.read_group_id(group_id)
    return await list_entities(
        request,
        query,
        lambda session, page: folders.list_group_folders(session, group, page),
        f"{group_path(request, group_id)}/TaskFolders",
    )


@router.post(
    "/taskgroups('{group_id}')/taskfolders",
    status_code=201,
    responses=responses_of(TaskFolder, 201),
    openapi_extra=fragments.describe_body(NewTaskFolder),
)
async def create_group_folder(group_id: str, request: RequestDep) -> ODataResponse:
    """Create a task folder in a task group."""
    group = request.ids.read_group_id(group_id)
    return await _create(request, group, f"{group_path(request, group_id)}/TaskFolders")


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=fragments.EXPANDED_READ,
)
async def get_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Get a task folder of a task group."""
    group = request.ids.read_group_id(group_id)
    return await _get(request, folder_id, group, f"{group_path(request, group_id)}/TaskFolders")


@router.patch(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    responses=responses_of(TaskFolder),
    openapi_extra=fragments.describe_body(TaskFolderChanges, change=True),
)
async def update_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task folder of a task group."""
    group = request.ids.read_group_id(group_id)
    return await _update(request, folder_id, group, f"{group_path(request, group_id)}/TaskFolders")


@router.delete(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')",
    status_code=204,
    responses=fragments.NO_CONTENT,
    openapi_extra=fragments.CHANGE,
)
async def delete_group_folder(group_id: str, folder_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task folder of a task group with its tasks."""
    return await _delete(request, folder_id, request.ids.read_group_id(group_id))


def _synced_collection(request: OutlookRequest) -> SyncedCollection[FolderRow]:
    return SyncedCollection(
        collection=FOLDERS,
        path="TaskFolders",
        entity_set=TASK_FOLDERS,
        write_id=request.ids.write_folder_id,
    )


async def _get(
    request: OutlookRequest, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    query = read_query(request, TASK_FOLDERS)
    folder = read_folder_id(request, folder_id)
    return await read_entity(
        request,
        query,
        lambda session: folders.get_folder(session, folder, group),
        path,
    )


async def _update(
    request: OutlookRequest, folder_id: str, group: int | None, path: str
) -> ODataResponse:
    request.read_options()
    folder = read_folder_id(request, folder_id)
    body = read_body(TaskFolderChanges, await request.read_json(TASK_FOLDER), TASK_FOLDER)
    name, properties = body.new_name(), body.extended_properties()

    def work(session: WriteSession) -> FolderRow:
        folders.get_folder(session, folder, group)
        return folders.update_folder(session, folder, name, request.precondition, properties)

    row = await request.store.write(work)
    return entity_responses.answer_updated(
        request, TASK_FOLDERS, row, request.view(TASK_FOLDER), path
    )


async def _delete(request: OutlookRequest, folder_id: str, group: int | None) -> ODataResponse:
    request.read_options()
    folder = read_folder_id(request, folder_id)

    def work(session: WriteSession) -> None:
        folders.get_folder(session, folder, group)
        folders.delete_folder(session, folder, request.precondition)

    await request.store.write(work)
    return entity_responses.answer_deleted(request)


async def _create(request: OutlookRequest, group: int, path: str) -> ODataResponse:
    request.read_options()
    body = read_body(NewTaskFolder, await request.read_json(TASK_FOLDER), TASK_FOLDER)
    properties = body.extended_properties()
    row = await request.store.write(
        lambda session: folders.create_folder(session, body.name, group, properties)
    )
    return entity_responses.answer_created(
        request, TASK_FOLDERS, row, request.view(TASK_FOLDER), path
    )
