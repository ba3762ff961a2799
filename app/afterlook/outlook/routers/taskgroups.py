"""Routes of task groups: Outlook Task REST, "Create task groups" to "Delete task groups"."""

from __future__ import annotations

from fastapi import APIRouter

from afterlook.mailbox import groups
from afterlook.outlook import entity_responses, openapi, render
from afterlook.outlook.bodies.base import read_body
from afterlook.outlook.bodies.folders import NewTaskGroup, TaskGroupChanges
from afterlook.outlook.dependencies import CallDep, CallRoute
from afterlook.outlook.edm import TASK_GROUP
from afterlook.outlook.openapi import responses_of
from afterlook.outlook.response_models import TaskGroup, TaskGroupCollection
from afterlook.outlook.responses import ODataResponse

router = APIRouter(route_class=CallRoute, tags=["task groups"])


@router.get("/taskgroups", responses=responses_of(TaskGroupCollection), openapi_extra=openapi.LIST)
async def list_groups(call: CallDep) -> ODataResponse:
    """Get all task groups of the mailbox, the default one first."""
    options = call.options(*entity_responses.LIST_OPTIONS)
    view, page = call.view(TASK_GROUP, options), entity_responses.page(call, options, TASK_GROUP)
    slice_ = await call.store.turn_to(
        page, lambda session: groups.list_groups(session, call.mailbox, page)
    )
    return entity_responses.collection(call, "TaskGroups", slice_, render.task_group, view, options)


@router.post(
    "/taskgroups",
    status_code=201,
    responses=responses_of(TaskGroup, 201),
    openapi_extra=openapi.body(NewTaskGroup),
)
async def create_group(call: CallDep) -> ODataResponse:
    """Create a task group."""
    call.options()
    name = read_body(NewTaskGroup, await call.body(), TASK_GROUP).name
    row = await call.store.write(
        call.mailbox.id, lambda session: groups.create_group(session, name)
    )
    return entity_responses.created(
        call, "TaskGroups", row, render.task_group, call.view(TASK_GROUP)
    )


@router.get(
    "/taskgroups('{group_id}')", responses=responses_of(TaskGroup), openapi_extra=openapi.READ
)
async def get_group(group_id: str, call: CallDep) -> ODataResponse:
    """Get a task group."""
    view = call.view(TASK_GROUP, call.options("select"))
    group = call.ids.read_group(group_id)
    row = await call.store.look_up(lambda session: groups.get_group(session, call.mailbox, group))
    return entity_responses.entity(call, "TaskGroups", row, render.task_group, view)


@router.patch(
    "/taskgroups('{group_id}')",
    responses=responses_of(TaskGroup),
    openapi_extra=openapi.body(TaskGroupChanges, change=True),
)
async def update_group(group_id: str, call: CallDep) -> ODataResponse:
    """Rename a task group; the default one keeps its name."""
    call.options()
    group = call.ids.read_group(group_id)
    name = read_body(TaskGroupChanges, await call.body(), TASK_GROUP).new_name()
    row = await call.store.write(
        call.mailbox.id,
        lambda session: groups.rename_group(session, call.mailbox, group, name, call.conditions),
    )
    return entity_responses.updated(
        call, "TaskGroups", row, render.task_group, call.view(TASK_GROUP)
    )


@router.delete(
    "/taskgroups('{group_id}')",
    status_code=204,
    responses=openapi.NO_CONTENT,
    openapi_extra=openapi.CHANGE,
)
async def delete_group(group_id: str, call: CallDep) -> ODataResponse:
    """Delete a task group; its folders move to the default one, which itself stays."""
    call.options()
    group = call.ids.read_group(group_id)
    await call.store.write(
        call.mailbox.id,
        lambda session: groups.delete_group(session, call.mailbox, group, call.conditions),
    )
    return entity_responses.deleted(call)
