"""Routes of task lists: docs/reference/graph.md §4."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.graph import responses
from afterlook.graph.addresses import lists_path, read_list_id
from afterlook.graph.bodies.lists import read_display_name
from afterlook.graph.bodies.parts import read_extension, read_inline
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import TODO_TASK_LIST
from afterlook.graph.expansions import (
    LoadedExtensions,
    load_extensions,
    read_expanded,
    read_list_expansions,
    show_extensions,
)
from afterlook.graph.queries import read_page_query, read_query
from afterlook.graph.render import TodoView, render_list
from afterlook.mailbox import task_lists
from afterlook.mailbox.extensions import add_extensions, truncate_for_extensions
from afterlook.mailbox.folders import create_folder, get_folder
from afterlook.mailbox.result_pages import ResultPage
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import FolderRow
from afterlook.store.sessions import ReadSession, WriteSession

router = APIRouter(route_class=GraphRoute, tags=["task lists"])

_ALL = "/todo/lists"
_ONE = "/todo/lists('{list_id}')"


@router.get(_ALL)
async def list_lists(request: RequestDep) -> ODataResponse:
    """Get the task lists of the mailbox."""
    options, select, page = read_page_query(request, TODO_TASK_LIST)
    expansions = read_list_expansions(request, options)

    def read(session: ReadSession) -> tuple[ResultPage[FolderRow], LoadedExtensions]:
        result = task_lists.list_lists(session, page)
        if expansions.kinds:
            result = truncate_for_extensions(session, result)
        return result, load_extensions(session, result.rows, expansions)

    result, loaded = await read_expanded(request, page, expansions, read)
    view = TodoView(request.ids, select=select)
    view = show_extensions(request, view, result.rows, expansions, loaded)
    entities = [render_list(row, view) for row in result.rows]
    return responses.answer_collection(request, lists_path(), entities, result, options, select)


@router.get(f"{_ALL}/$count")
async def count_lists(request: RequestDep) -> Response:
    """Count the task lists."""
    filter_ = request.read_filter(request.read_options("filter"), TODO_TASK_LIST)
    count = await request.store.scan(lambda session: task_lists.count_lists(session, filter_))
    return responses.answer_count(request, count)


@router.post(_ALL, status_code=201)
async def create_list(request: RequestDep) -> ODataResponse:
    """Create a task list; a name that is taken gets a number."""
    request.read_options()
    body = await request.read_json()
    name = read_display_name(body, is_required=True)
    assert name is not None  # noqa: S101
    extensions = read_inline(body, "extensions", read_extension)

    def work(session: WriteSession) -> FolderRow:
        row = create_folder(session, name, numbered=True)
        add_extensions(session, row.id, extensions)
        return get_folder(session, row.id)

    row = await request.store.write(work)
    rendered = render_list(row, TodoView(request.ids))
    location = f"{request.address.rstrip('/')}/{rendered['id']}"
    return responses.answer_entity(request, lists_path(), rendered, 201, location=location)


@router.get(_ONE)
async def get_list(list_id: str, request: RequestDep) -> ODataResponse:
    """Get a task list."""
    options, select = read_query(request, TODO_TASK_LIST)
    expansions = read_list_expansions(request, options)
    folder = read_list_id(request, list_id)

    def read(session: ReadSession) -> tuple[FolderRow, LoadedExtensions]:
        row = task_lists.get_list(session, folder)
        return row, load_extensions(session, [row], expansions)

    row, loaded = await request.store.read_by_key(read)
    if request.has_current(row.change):
        return responses.answer_unchanged(request, row.change)
    view = TodoView(request.ids, select=select)
    rendered = render_list(row, show_extensions(request, view, [row], expansions, loaded))
    return responses.answer_entity(request, lists_path(), rendered, select=select)


@router.patch(_ONE)
async def update_list(list_id: str, request: RequestDep) -> ODataResponse:
    """Rename a task list; the built-in ones keep their names."""
    request.read_options()
    folder = read_list_id(request, list_id)
    name = read_display_name(await request.read_json(), is_required=False)

    def work(session: WriteSession) -> FolderRow:
        return task_lists.update_list(session, folder, name, request.precondition)

    row = await request.store.write(work)
    return responses.answer_entity(request, lists_path(), render_list(row, TodoView(request.ids)))


@router.delete(_ONE, status_code=204)
async def delete_list(list_id: str, request: RequestDep) -> ODataResponse:
    """Delete a task list with its tasks; the built-in ones stay."""
    request.read_options()
    folder = read_list_id(request, list_id)
    await request.store.write(
        lambda session: task_lists.delete_list(session, folder, request.precondition)
    )
    return responses.answer_deleted(request)
