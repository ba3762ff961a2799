"""Routes of the tasks of a list: docs/reference/graph.md §4."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.graph import quirks, responses
from afterlook.graph.addresses import expect_id, read_list_id, tasks_path
from afterlook.graph.bodies.new_parts import read_new_parts
from afterlook.graph.bodies.recurrences import expect_no_range
from afterlook.graph.bodies.tasks import read_changes, read_new_task
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TODO_TASK
from afterlook.graph.expansions import (
    INLINE,
    LoadedParts,
    load_parts,
    read_expanded,
    read_task_expansions,
    show_parts,
)
from afterlook.graph.queries import is_of_open_tasks, read_page_query, read_query
from afterlook.graph.render import TodoView, render_task
from afterlook.mailbox import task_lists, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.new_parts import add_parts
from afterlook.mailbox.parts import truncate_for_parts
from afterlook.mailbox.result_pages import ResultPage
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

if TYPE_CHECKING:
    from afterlook.graph.request import GraphRequest

router = APIRouter(route_class=GraphRoute, tags=["tasks"])

Written = tuple[TaskRow, LoadedParts | None]

_ALL = "/todo/lists('{list_id}')/tasks"
_ONE = "/todo/lists('{list_id}')/tasks('{task_id}')"


@router.get(_ONE)
async def get_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Get a task."""
    options, select = read_query(request, TODO_TASK)
    expansions = read_task_expansions(request, options)
    expect_id(list_id)
    folder, key = request.ids.read_folder_id(list_id), request.ids.read_task_id(task_id)

    def read(session: ReadSession) -> tuple[TaskRow, LoadedParts | None]:
        row = tasks.get_task(session, key, folder)
        return row, load_parts(session, [row], expansions)

    row, loaded = await request.store.read_by_key(read)
    if request.has_current(row.change):
        return responses.answer_unchanged(request, row.change)
    view = TodoView(request.ids, request.zone, select)
    rendered = render_task(row, show_parts(request, view, [row], expansions, loaded))
    path = tasks_path(request.ids.write_folder_id(folder))
    return responses.answer_entity(request, path, rendered, select=select)


@router.get(_ALL)
async def list_tasks(list_id: str, request: RequestDep) -> ODataResponse:
    """Get the tasks of a list."""
    options, select, page = read_page_query(request, TODO_TASK)
    expansions = read_task_expansions(request, options)
    folder = read_list_id(request, list_id)

    def read(session: ReadSession) -> tuple[ResultPage[TaskRow], LoadedParts | None]:
        result = task_lists.list_tasks(session, folder, page)
        result = truncate_for_parts(session, result, expansions.kinds)
        return result, load_parts(session, result.rows, expansions)

    result, loaded = await read_expanded(request, page, expansions, read)
    view = TodoView(request.ids, request.zone, select)
    view = show_parts(request, view, result.rows, expansions, loaded)
    entities = [render_task(row, view) for row in result.rows]
    if quirks.RECURRENCE_HIDDEN in request.quirks and not is_of_open_tasks(options):
        for entity in entities:
            entity.pop("recurrence", None)
    path = tasks_path(request.ids.write_folder_id(folder))
    return responses.answer_collection(request, path, entities, result, options, select)


@router.get(f"{_ALL}/$count")
async def count_tasks(list_id: str, request: RequestDep) -> Response:
    """Count the tasks of a list."""
    filter_ = request.read_filter(request.read_options("filter"), TODO_TASK)
    folder = read_list_id(request, list_id)
    count = await request.store.scan(
        lambda session: task_lists.count_tasks(session, folder, filter_)
    )
    return responses.answer_count(request, count)


@router.post(_ALL, status_code=201)
async def create_task(list_id: str, request: RequestDep) -> ODataResponse:
    """Create a task in a list."""
    request.read_options()
    folder = read_list_id(request, list_id)
    body = await request.read_json()
    values = read_new_task(body, request.zone)
    parts = read_new_parts(body)
    task_lists.expect_own(folder)

    def is_short(_: ReadSession) -> bool:
        return request.has_short_body and not any(parts)

    def work(session: WriteSession) -> Written:
        row = tasks.create_task(session, folder, values, request.zone)
        if any(parts):
            row = add_parts(session, ItemKey(folder, row.id), parts)
        return row, load_parts(session, [row], INLINE)

    return _answer(request, *await request.store.write(work, is_short=is_short), status=201)


@router.patch(_ONE)
async def update_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Update a task; of a series that goes on, the answer has its next occurrence."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)
    body = await request.read_json()
    if quirks.RANGE_REFUSED in request.quirks:
        expect_no_range(body)
    view = TodoView(request.ids, request.zone)

    def work(session: WriteSession) -> Written:
        stored = tasks.get_task(session, key, folder)
        values = read_changes(body, stored, view)
        tasks.update_task(session, key, values, request.zone, request.precondition)
        # Not the one that left its series: clients go on with the id they know.
        row = tasks.get_task(session, key, folder)
        return row, load_parts(session, [row], INLINE)

    def is_short(session: ReadSession) -> bool:
        return request.has_short_body and tasks.is_light(session, key)

    return _answer(request, *await request.store.write(work, is_short=is_short))


@router.delete(_ONE, status_code=204)
async def delete_task(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task."""
    request.read_options()
    folder, key = read_list_id(request, list_id), request.ids.read_task_id(task_id)

    def work(session: WriteSession) -> None:
        tasks.get_task(session, key, folder)
        tasks.delete_task(session, key, request.precondition)

    await request.store.write(work)
    return responses.answer_deleted(request)


def _answer(
    request: GraphRequest, row: TaskRow, loaded: LoadedParts | None, status: int = 200
) -> ODataResponse:
    view = TodoView(request.ids, request.zone)
    rendered = render_task(row, show_parts(request, view, [row], INLINE, loaded))
    path = tasks_path(request.ids.write_folder_id(row.folder_id))
    is_new = status == HTTPStatus.CREATED
    location = f"{request.address.rstrip('/')}/{rendered['id']}" if is_new else ""
    return responses.answer_entity(request, path, rendered, status, location=location)
