"""Routes of `/$count`: how many entities a collection has (OData URL Conventions 4.0, §4.8)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.mailbox import folders, groups, tasks
from afterlook.outlook.addresses import read_folder_id
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from afterlook.outlook.entity_queries import count_entities
from afterlook.outlook.openapi import fragments

router = APIRouter(
    route_class=OutlookRoute,
    tags=["counts"],
    responses=fragments.NUMBER,
    default_response_class=Response,
)


@router.get("/tasks/$count", openapi_extra=fragments.COUNT)
async def count_tasks(request: RequestDep) -> Response:
    """Count the tasks of the mailbox."""
    return await count_entities(request, TASK, tasks.count_tasks)


@router.get("/taskfolders('{folder_id}')/tasks/$count", openapi_extra=fragments.COUNT)
async def count_folder_tasks(folder_id: str, request: RequestDep) -> Response:
    """Count the tasks of a task folder."""
    folder = read_folder_id(request, folder_id)
    return await count_entities(
        request,
        TASK,
        lambda session, filter_: tasks.count_folder_tasks(session, folder, filter_),
    )


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks/$count",
    openapi_extra=fragments.COUNT,
)
async def count_group_folder_tasks(group_id: str, folder_id: str, request: RequestDep) -> Response:
    """Count the tasks of a task folder of a task group."""
    group, folder = request.ids.read_group_id(group_id), read_folder_id(request, folder_id)
    return await count_entities(
        request,
        TASK,
        lambda session, filter_: tasks.count_folder_tasks(session, folder, filter_, group),
    )


@router.get("/taskfolders/$count", openapi_extra=fragments.COUNT)
async def count_folders(request: RequestDep) -> Response:
    """Count the task folders of the mailbox."""
    return await count_entities(
        request,
        TASK_FOLDER,
        folders.count_folders,
    )


@router.get("/taskgroups('{group_id}')/taskfolders/$count", openapi_extra=fragments.COUNT)
async def count_group_folders(group_id: str, request: RequestDep) -> Response:
    """Count the task folders of a task group."""
    group = request.ids.read_group_id(group_id)
    return await count_entities(
        request,
        TASK_FOLDER,
        lambda session, filter_: folders.count_group_folders(session, group, filter_),
    )


@router.get("/taskgroups/$count", openapi_extra=fragments.COUNT)
async def count_groups(request: RequestDep) -> Response:
    """Count the task groups of the mailbox."""
    return await count_entities(
        request,
        TASK_GROUP,
        groups.count_groups,
    )
