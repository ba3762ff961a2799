"""Routes of delta queries: docs/reference/graph.md §9."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter

from afterlook.graph.addresses import read_list_id
from afterlook.graph.delta import TrackedCollection, track
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TODO_TASK, TODO_TASK_LIST
from afterlook.graph.render import TodoView, render_list, render_task
from afterlook.mailbox import sync
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from afterlook.graph.render import Entity
    from afterlook.store.rows import TaskRow

router = APIRouter(route_class=GraphRoute, tags=["delta queries"])

_EXPANDABLE = frozenset({"checklistitems", "linkedresources"})


@router.get("/todo/lists/delta")
async def track_lists(request: RequestDep) -> ODataResponse:
    """Get the task lists that were added, changed or deleted since a token was handed out."""
    return await track(
        request,
        TrackedCollection(
            sync.FOLDERS, TODO_TASK_LIST, frozenset(), request.ids.folder, render_list
        ),
    )


@router.get("/todo/lists('{list_id}')/tasks/delta")
async def track_tasks(list_id: str, request: RequestDep) -> ODataResponse:
    """Get the tasks of a list that were added, changed or deleted since a token was handed out."""
    folder = read_list_id(request, list_id)
    return await track(
        request,
        TrackedCollection(
            sync.tasks_in(folder),
            TODO_TASK,
            _EXPANDABLE,
            lambda task: request.ids.task(folder, task),
            _render_task,
        ),
    )


def _render_task(row: TaskRow, view: TodoView) -> Entity:
    return {"@odata.type": f"#{TODO_TASK.name}", **render_task(row, view)}
