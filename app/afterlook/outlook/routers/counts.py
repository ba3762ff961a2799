"""Routes of `/$count`: how many entities a collection has (OData URL Conventions 4.0, §4.8)."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.mailbox import folders, groups, tasks
from afterlook.outlook import entity_responses, openapi
from afterlook.outlook.addresses import read_folder_id
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP

router = APIRouter(
    route_class=CallRoute,
    tags=["counts"],
    responses=openapi.NUMBER,
    default_response_class=Response,
)


@router.get("/tasks/$count", openapi_extra=openapi.COUNT)
async def count_tasks(call: CallDep) -> Response:
    """Count the tasks of the mailbox."""
    return await entity_responses.count(
        call, TASK, lambda session, filter_: tasks.count_tasks(session, call.mailbox, filter_)
    )


@router.get("/taskfolders('{folder_id}')/tasks/$count", openapi_extra=openapi.COUNT)
async def count_folder_tasks(folder_id: str, call: CallDep) -> Response:
    """Count the tasks of a task folder."""
    folder = read_folder_id(call, folder_id)
    return await entity_responses.count(
        call,
        TASK,
        lambda session, filter_: tasks.count_folder_tasks(session, call.mailbox, folder, filter_),
    )


@router.get(
    "/taskgroups('{group_id}')/taskfolders('{folder_id}')/tasks/$count",
    openapi_extra=openapi.COUNT,
)
async def count_group_folder_tasks(group_id: str, folder_id: str, call: CallDep) -> Response:
    """Count the tasks of a task folder of a task group."""
    group, folder = call.ids.read_group(group_id), read_folder_id(call, folder_id)
    return await entity_responses.count(
        call,
        TASK,
        lambda session, filter_: tasks.count_folder_tasks(
            session, call.mailbox, folder, filter_, group
        ),
    )


@router.get("/taskfolders/$count", openapi_extra=openapi.COUNT)
async def count_folders(call: CallDep) -> Response:
    """Count the task folders of the mailbox."""
    return await entity_responses.count(
        call,
        TASK_FOLDER,
        lambda session, filter_: folders.count_folders(session, call.mailbox, filter_),
    )


@router.get("/taskgroups('{group_id}')/taskfolders/$count", openapi_extra=openapi.COUNT)
async def count_group_folders(group_id: str, call: CallDep) -> Response:
    """Count the task folders of a task group."""
    group = call.ids.read_group(group_id)
    return await entity_responses.count(
        call,
        TASK_FOLDER,
        lambda session, filter_: folders.count_group_folders(session, call.mailbox, group, filter_),
    )


@router.get("/taskgroups/$count", openapi_extra=openapi.COUNT)
async def count_groups(call: CallDep) -> Response:
    """Count the task groups of the mailbox."""
    return await entity_responses.count(
        call,
        TASK_GROUP,
        lambda session, filter_: groups.count_groups(session, call.mailbox, filter_),
    )
