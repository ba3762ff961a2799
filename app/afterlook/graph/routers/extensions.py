"""Routes of open extensions, of lists and of tasks: docs/reference/graph.md §11."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.graph import responses
from afterlook.graph.addresses import lists_path, tasks_path
from afterlook.graph.bodies.parts import read_extension, read_open_members
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import OPEN_EXTENSION
from afterlook.graph.queries import read_page_query, select_open_members
from afterlook.graph.render import render_extension
from afterlook.mailbox import extensions
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.tasks import get_task
from afterlook.odata.options import select_members
from afterlook.outlook.responses import ODataResponse

if TYPE_CHECKING:
    from collections.abc import Sequence

    from afterlook.graph.request import GraphRequest
    from afterlook.mailbox.extensions import Owner
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.store.rows import ExtensionRow
    from afterlook.store.sessions import ReadSession, WriteSession

router = APIRouter(route_class=GraphRoute, tags=["open extensions"])

_LIST = "/todo/lists('{list_id}')/extensions"
_TASK = "/todo/lists('{list_id}')/tasks('{task_id}')/extensions"
_ONE = "('{extension_id}')"


class _Address(NamedTuple):
    """Whose extensions are addressed, in which list, and how context URLs name them."""

    owner: Owner
    folder: int
    path: str

    def expect_there(self, session: ReadSession) -> None:
        """Raise `ItemNotFound` where a task is in another list."""
        if isinstance(self.owner, ItemKey):
            get_task(session, self.owner, self.folder)


def _read_address(request: GraphRequest, list_id: str, task_id: str | None) -> _Address:
    """Read whose extensions they are; the default list's name is no id here (§4)."""
    folder = request.ids.read_folder_id(list_id)
    list_id = request.ids.write_folder_id(folder)
    if task_id is None:
        return _Address(folder, folder, f"{lists_path(list_id)}/extensions")
    key = request.ids.read_task_id(task_id)
    return _Address(
        key, folder, f"{tasks_path(list_id, request.ids.write_task_id(*key))}/extensions"
    )


@router.get(_TASK)
async def list_task_extensions(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Get the extensions of a task."""
    return await _list(request, list_id, task_id)


@router.get(_LIST)
async def list_extensions(list_id: str, request: RequestDep) -> ODataResponse:
    """Get the extensions of a list."""
    return await _list(request, list_id)


@router.get(f"{_TASK}/$count")
async def count_task_extensions(list_id: str, task_id: str, request: RequestDep) -> Response:
    """Count the extensions of a task."""
    return await _count(request, list_id, task_id)


@router.get(f"{_LIST}/$count")
async def count_extensions(list_id: str, request: RequestDep) -> Response:
    """Count the extensions of a list."""
    return await _count(request, list_id)


@router.post(_TASK, status_code=201)
async def create_task_extension(list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
    """Give a task an extension."""
    return await _create(request, list_id, task_id)


@router.post(_LIST, status_code=201)
async def create_extension(list_id: str, request: RequestDep) -> ODataResponse:
    """Give a list an extension."""
    return await _create(request, list_id)


@router.get(_TASK + _ONE)
async def get_task_extension(
    list_id: str, task_id: str, extension_id: str, request: RequestDep
) -> ODataResponse:
    """Get an extension of a task, by its name or its id."""
    return await _get(request, extension_id, list_id, task_id)


@router.get(_LIST + _ONE)
async def get_extension(list_id: str, extension_id: str, request: RequestDep) -> ODataResponse:
    """Get an extension of a list, by its name or its id."""
    return await _get(request, extension_id, list_id)


@router.patch(_TASK + _ONE)
async def update_task_extension(
    list_id: str, task_id: str, extension_id: str, request: RequestDep
) -> ODataResponse:
    """Write members over an extension of a task; null takes one away."""
    return await _update(request, extension_id, list_id, task_id)


@router.patch(_LIST + _ONE)
async def update_extension(list_id: str, extension_id: str, request: RequestDep) -> ODataResponse:
    """Write members over an extension of a list; null takes one away."""
    return await _update(request, extension_id, list_id)


@router.delete(_TASK + _ONE, status_code=204)
async def delete_task_extension(
    list_id: str, task_id: str, extension_id: str, request: RequestDep
) -> ODataResponse:
    """Take an extension off a task."""
    return await _delete(request, extension_id, list_id, task_id)


@router.delete(_LIST + _ONE, status_code=204)
async def delete_extension(list_id: str, extension_id: str, request: RequestDep) -> ODataResponse:
    """Take an extension off a list."""
    return await _delete(request, extension_id, list_id)


async def _list(request: GraphRequest, list_id: str, task_id: str | None = None) -> ODataResponse:
    options, names, page = read_page_query(request, OPEN_EXTENSION, has_open_members=True)
    address = _read_address(request, list_id, task_id)

    def read(session: ReadSession) -> tuple[ResultPage[ExtensionRow], tuple[str, ...]]:
        address.expect_there(session)
        # Of all, not of this page: no link leads to a refusal.
        having = extensions.list_all(session, address.owner) if names else ()
        select = _read_select(names, having)
        return extensions.list_extensions(session, address.owner, page), select

    result, select = await request.store.scan(read)
    entities = [select_members(render_extension(row), select, "id") for row in result.rows]
    return responses.answer_collection(request, address.path, entities, result, options, select)


def _read_select(names: tuple[str, ...], having: Sequence[ExtensionRow]) -> tuple[str, ...]:
    """Return which members `$select` names, which one of some extensions must have."""
    open_members = {name for row in having for name in extensions.read_members(row)}
    return select_open_members(OPEN_EXTENSION, names, open_members)


async def _count(request: GraphRequest, list_id: str, task_id: str | None = None) -> Response:
    filter_ = request.read_filter(request.read_options("filter"), OPEN_EXTENSION)
    address = _read_address(request, list_id, task_id)

    def read(session: ReadSession) -> int:
        address.expect_there(session)
        return extensions.count_extensions(session, address.owner, filter_)

    return responses.answer_count(request, await request.store.scan(read))


async def _create(request: GraphRequest, list_id: str, task_id: str | None = None) -> ODataResponse:
    request.read_options()
    address = _read_address(request, list_id, task_id)
    name, members = read_extension(await request.read_json())

    def work(session: WriteSession) -> ExtensionRow:
        address.expect_there(session)
        precondition = request.precondition.for_creation()
        return extensions.add_extension(session, address.owner, name, members, precondition)

    rendered = render_extension(await request.store.write(work))
    # In parentheses no name is taken for a part of the path, as `..` and `$count` would be.
    key = quote(str(rendered["extensionName"]).replace("'", "''"), safe="'")
    location = f"{request.address.rstrip('/')}('{key}')"
    return responses.answer_entity(request, address.path, rendered, 201, location=location)


async def _get(
    request: GraphRequest, extension_id: str, list_id: str, task_id: str | None = None
) -> ODataResponse:
    options = request.read_options("select")
    address, name = _read_address(request, list_id, task_id), extensions.read_name(extension_id)

    def read(session: ReadSession) -> ExtensionRow:
        address.expect_there(session)
        return extensions.get_extension(session, address.owner, name)

    row = await request.store.read_by_key(read)
    select = _read_select(options.select, [row])
    rendered = select_members(render_extension(row), select, "id")
    return responses.answer_entity(request, address.path, rendered, select=select)


async def _update(
    request: GraphRequest, extension_id: str, list_id: str, task_id: str | None = None
) -> ODataResponse:
    request.read_options()
    address, name = _read_address(request, list_id, task_id), extensions.read_name(extension_id)
    members = read_open_members(await request.read_json())

    def work(session: WriteSession) -> ExtensionRow:
        address.expect_there(session)
        owner, precondition = address.owner, request.precondition
        return extensions.update_extension(session, owner, name, members, precondition)

    row = await request.store.write(work)
    return responses.answer_entity(request, address.path, render_extension(row))


async def _delete(
    request: GraphRequest, extension_id: str, list_id: str, task_id: str | None = None
) -> ODataResponse:
    request.read_options()
    address, name = _read_address(request, list_id, task_id), extensions.read_name(extension_id)

    def work(session: WriteSession) -> None:
        address.expect_there(session)
        extensions.delete_extension(session, address.owner, name, request.precondition)

    await request.store.write(work)
    return responses.answer_deleted(request)
