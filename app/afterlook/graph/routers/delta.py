"""Routes of delta queries: docs/reference/graph.md §9."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from fastapi import APIRouter

from afterlook.graph.addresses import read_list_id
from afterlook.graph.delta import TrackedCollection, track
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TODO_TASK, TODO_TASK_LIST
from afterlook.graph.expansions import (
    load_parts,
    read_kinds,
    read_task_expansions,
    show_parts,
)
from afterlook.graph.render import TodoView, render_list, render_task
from afterlook.mailbox import task_lists
from afterlook.mailbox.parts import count_fitting_tasks
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from afterlook.graph.render import Entity
    from afterlook.graph.request import GraphRequest
    from afterlook.odata.options import QueryOptions
    from afterlook.store.rows import FolderRow, TaskRow
    from afterlook.store.sessions import ReadSession

router = APIRouter(route_class=GraphRoute, tags=["delta queries"])

_EXPANDABLE = frozenset({"checklistitems", "linkedresources"})


@router.get("/todo/lists/delta")
async def track_lists(request: RequestDep) -> ODataResponse:
    """Get the task lists that were added, changed or deleted since a token was handed out."""
    return await track(
        request,
        TrackedCollection(
            task_lists.LISTS,
            TODO_TASK_LIST,
            frozenset(),
            request.ids.write_folder_id,
            render_list,
            limit_page=lambda _, __: len,
            show_parts=_show_nothing,
        ),
    )


@router.get("/todo/lists('{list_id}')/tasks/delta")
async def track_tasks(list_id: str, request: RequestDep) -> ODataResponse:
    """Get the tasks of a list that were added, changed or deleted since a token was handed out."""
    folder = read_list_id(request, list_id)
    return await track(
        request,
        TrackedCollection(
            task_lists.tasks_in(folder),
            TODO_TASK,
            _EXPANDABLE,
            lambda task: request.ids.write_task_id(folder, task),
            _render_task,
            limit_page=_limit_page,
            show_parts=_show_parts,
        ),
    )


def _render_task(row: TaskRow, view: TodoView) -> Entity:
    return {"@odata.type": f"#{TODO_TASK.name}", **render_task(row, view)}


async def _show_nothing(
    _: GraphRequest, view: TodoView, __: QueryOptions, ___: Sequence[FolderRow]
) -> TodoView:
    return view


def _limit_page(
    options: QueryOptions, session: ReadSession
) -> Callable[[Sequence[TaskRow | None]], int]:
    kinds = read_kinds(options)
    if not kinds:
        return len

    def fit(rows: Sequence[TaskRow | None]) -> int:
        places = [place for place, row in enumerate(rows) if row is not None]
        fitting = count_fitting_tasks(session, [row for row in rows if row is not None], kinds)
        return places[fitting] if fitting < len(places) else len(rows)

    return fit


async def _show_parts(
    request: GraphRequest, view: TodoView, options: QueryOptions, rows: Sequence[TaskRow]
) -> TodoView:
    expansions = read_task_expansions(request, options, inline=False)
    loaded = await request.store.scan(lambda session: load_parts(session, rows, expansions))
    return show_parts(request, view, rows, expansions, loaded)
