"""Routes of task groups: Outlook Task REST, "Create task groups" to "Delete task groups"."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import groups
from afterlook.outlook import entity_responses
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.folders import NewTaskGroup, TaskGroupChanges
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import TASK_GROUP
from afterlook.outlook.entity_queries import list_entities, read_entity, read_page_query, read_query
from afterlook.outlook.entity_sets import TASK_GROUPS
from afterlook.outlook.openapi import fragments
from afterlook.outlook.openapi.fragments import responses_of
from afterlook.outlook.response_models import TaskGroup, TaskGroupCollection
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=OutlookRoute, tags=["task groups"])


@router.get(
    "/taskgroups", responses=responses_of(TaskGroupCollection), openapi_extra=fragments.LIST
)
async def list_groups(request: RequestDep) -> ODataResponse:
    """Get all task groups of the mailbox, the default one first."""
    query = read_page_query(request, TASK_GROUPS)
    return await list_entities(request, query, groups.list_groups)


@router.post(
    "/taskgroups",
    status_code=201,
    responses=responses_of(TaskGroup, 201),
    openapi_extra=fragments.describe_body(NewTaskGroup),
)
async def create_group(request: RequestDep) -> ODataResponse:
    """Create a task group."""
    request.read_options()
    name = read_body(NewTaskGroup, await request.read_json(TASK_GROUP), TASK_GROUP).name
    row = await request.store.write(lambda session: groups.create_group(session, name))
    return entity_responses.answer_created(request, TASK_GROUPS, row, request.view(TASK_GROUP))


@router.get(
    "/taskgroups('{group_id}')", responses=responses_of(TaskGroup), openapi_extra=fragments.READ
)
async def get_group(group_id: str, request: RequestDep) -> ODataResponse:
    """Get a task group."""
    query = read_query(request, TASK_GROUPS)
    group = request.ids.read_group_id(group_id)
    return await read_entity(request, query, lambda session: groups.get_group(session, group))


@router.patch(
    "/taskgroups('{group_id}')",
    responses=responses_of(TaskGroup),
    openapi_extra=fragments.describe_body(TaskGroupChanges, change=True),
)
async def update_group(group_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task group; the default one keeps its name."""
    request.read_options()
    group = request.ids.read_group_id(group_id)
    name = read_body(TaskGroupChanges, await request.read_json(TASK_GROUP), TASK_GROUP).new_name()
    row = await request.store.write(
        lambda session: groups.rename_group(session, group, name, request.precondition)
    )
    return entity_responses.answer_updated(request, TASK_GROUPS, row, request.view(TASK_GROUP))


@router.delete(
    "/taskgroups('{group_id}')",
    status_code=204,
    responses=fragments.NO_CONTENT,
    openapi_extra=fragments.CHANGE,
)
async def delete_group(group_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task group; its folders move to the default one, which itself stays."""
    request.read_options()
    group = request.ids.read_group_id(group_id)
    await request.store.write(
        lambda session: groups.delete_group(session, group, request.precondition)
    )
    return entity_responses.answer_deleted(request)
