"""Routes of the tasks of a list: docs/reference/graph.md §4."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.graph import responses
from afterlook.graph.addresses import expect_id, read_list_id, tasks_path
from afterlook.graph.bodies.tasks import read_changes, read_new_task
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TODO_TASK
from afterlook.graph.queries import read_page_query, read_query
from afterlook.graph.render import TodoView, render_task
from afterlook.mailbox import tasks
from afterlook.outlook.edm import TASK
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

router = APIRouter(route_class=GraphRoute, tags=["tasks"])

_ALL = "/todo/lists('{list_id}')/tasks"
_ONE = "/todo/lists('{list_id}')/tasks('{task_id}')"


@router.get(_ONE)
async def get_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Get a task."""
    _, select = read_query(request, TODO_TASK)
    expect_id(list_id)
    folder, key = request.ids.read_folder(list_id), request.ids.read_task(task_id)
    row = await request.store.read_by_key(lambda session: tasks.get_task(session, key, folder))
    if request.has_current(row.change):
        return responses.unchanged(request, row.change)
    rendered = render_task(row, TodoView(request.ids, request.zone, select))
    path = tasks_path(request.ids.folder(folder))
    return responses.entity(request, path, rendered, select=select)


@router.get(_ALL)
async def list_tasks(list_id: str, request: RequestDep) -> ODataResponse:
    """Get the tasks of a list."""
    options, select, page = read_page_query(request, TODO_TASK)
    folder = read_list_id(request, list_id)
    result = await request.store.read_page(
        page, lambda session: tasks.list_folder_tasks(session, folder, page)
    )
    view = TodoView(request.ids, request.zone, select)
    entities = [render_task(row, view) for row in result.rows]
    path = tasks_path(request.ids.folder(folder))
    return responses.collection(request, path, entities, result, options, select)


@router.get(f"{_ALL}/$count")
async def count_tasks(list_id: str, request: RequestDep) -> Response:
    """Count the tasks of a list."""
    filter_ = request.filter(request.options("filter"), TODO_TASK)
    folder = read_list_id(request, list_id)
    count = await request.store.scan(
        lambda session: tasks.count_folder_tasks(session, folder, filter_)
    )
    return responses.number(request, count)


@router.post(_ALL, status_code=201)
async def create_task(list_id: str, request: RequestDep) -> ODataResponse:
    """Create a task in a list."""
    request.options()
    folder = read_list_id(request, list_id)
    values = read_new_task(await request.body(), request.zone)

    def is_short(_: ReadSession) -> bool:
        return request.has_short_body

    row = await request.store.write(
        lambda session: tasks.create_task(session, folder, values, request.zone), is_short=is_short
    )
    return _answer(request, row, 201)


@router.patch(_ONE)
async def update_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Update a task; of a series that goes on, the answer has its next occurrence."""
    request.options()
    folder, key = read_list_id(request, list_id), request.ids.read_task(task_id)
    body = await request.body()
    outlook_view = request.view(TASK)

    def work(session: WriteSession) -> TaskRow:
        stored = tasks.get_task(session, key, folder)
        values = read_changes(body, stored, outlook_view)
        tasks.update_task(session, key, values, request.zone, request.precondition)
        # Not the one that left its series: clients go on with the id they know.
        return tasks.get_task(session, key, folder)

    def is_short(session: ReadSession) -> bool:
        return request.has_short_body and tasks.is_light(session, key)

    row = await request.store.write(work, is_short=is_short)
    return _answer(request, row)


@router.delete(_ONE, status_code=204)
async def delete_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task."""
    request.options()
    folder, key = read_list_id(request, list_id), request.ids.read_task(task_id)

    def work(session: WriteSession) -> None:
        tasks.get_task(session, key, folder)
        tasks.delete_task(session, key, request.precondition)

    await request.store.write(work)
    return responses.deleted(request)


def _answer(request: RequestDep, row: TaskRow, status: int = 200) -> ODataResponse:
    rendered = render_task(row, TodoView(request.ids, request.zone))
    path = tasks_path(request.ids.folder(row.folder_id))
    location = f"{request.address.rstrip('/')}/{rendered['id']}" if status == 201 else ""  # noqa: PLR2004
    return responses.entity(request, path, rendered, status, location=location)
