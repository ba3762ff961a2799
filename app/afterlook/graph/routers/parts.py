"""Routes of checklist items and linked resources: docs/reference/graph.md §4."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from fastapi import APIRouter
from starlette.responses import Response

from afterlook.graph import responses
from afterlook.graph.addresses import read_list_id, tasks_path
from afterlook.graph.bodies import parts as bodies
from afterlook.graph.dependencies import GraphRoute, RequestDep
from afterlook.graph.edm import CHECKLIST_ITEM, LINKED_RESOURCE
from afterlook.graph.queries import read_page_query, read_query
from afterlook.graph.render import Entity, render_checklist_item, render_linked_resource
from afterlook.mailbox import checklists, linked_resources
from afterlook.mailbox.tasks import get_task
from afterlook.odata.options import select_members
from afterlook.outlook.responses import ODataResponse
from afterlook.store.rows import ChecklistItemRow, LinkedResourceRow
from afterlook.store.sessions import ReadSession, WriteSession

if TYPE_CHECKING:
    from afterlook.graph.request import GraphRequest
    from afterlook.mailbox.identifiers import ItemKey
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.edm import EntityType
    from afterlook.odata.etag import Precondition
    from afterlook.odata.filter.tree import Expression
    from afterlook.store.pages import Page

Row = TypeVar("Row", ChecklistItemRow, LinkedResourceRow)
New = TypeVar("New")
Values = TypeVar("Values")

router = APIRouter(route_class=GraphRoute)

_TASK = "/todo/lists('{list_id}')/tasks('{task_id}')"


@dataclass(frozen=True, slots=True)
class UseCases(Generic[Row, New, Values]):
    """What is done with a kind of parts."""

    find: Callable[[ReadSession, ItemKey, Page], ResultPage[Row]]
    count: Callable[[ReadSession, ItemKey, Expression | None], int]
    get: Callable[[ReadSession, ItemKey, str], Row]
    add: Callable[[WriteSession, ItemKey, New, Precondition], Row]
    update: Callable[[WriteSession, ItemKey, str, Values, Precondition], Row]
    delete: Callable[[WriteSession, ItemKey, str, Precondition], None]


@dataclass(frozen=True, slots=True)
class PartSet(Generic[Row, New, Values]):
    """A kind of parts: its name in contexts, its use cases, its bodies, and how one is shown."""

    name: str
    one: str
    type: EntityType
    use_cases: UseCases[Row, New, Values]
    read_new: Callable[[Mapping[str, object]], New]
    read_values: Callable[[Mapping[str, object]], Values]
    render: Callable[[Row], Entity]


CHECKLIST_ITEMS = PartSet(
    "checklistItems",
    "checklist item",
    CHECKLIST_ITEM,
    UseCases(
        checklists.list_checklist_items,
        checklists.count_checklist_items,
        checklists.get_checklist_item,
        checklists.add_checklist_item,
        checklists.update_checklist_item,
        checklists.delete_checklist_item,
    ),
    bodies.read_new_checklist_item,
    bodies.read_checklist_values,
    render_checklist_item,
)
LINKED_RESOURCES = PartSet(
    "linkedResources",
    "linked resource",
    LINKED_RESOURCE,
    UseCases(
        linked_resources.list_linked_resources,
        linked_resources.count_linked_resources,
        linked_resources.get_linked_resource,
        linked_resources.add_linked_resource,
        linked_resources.update_linked_resource,
        linked_resources.delete_linked_resource,
    ),
    bodies.read_new_linked_resource,
    bodies.read_linked_values,
    render_linked_resource,
)


class _Routes(Generic[Row, New, Values]):
    """The routes of one kind of parts."""

    def __init__(self, parts: PartSet[Row, New, Values]) -> None:
        self._parts: PartSet[Row, New, Values] = parts
        self._cases: UseCases[Row, New, Values] = parts.use_cases

    async def list_parts(self, list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
        options, select, page = read_page_query(request, self._parts.type)
        folder, key = _read_address(request, list_id, task_id)

        def read(session: ReadSession) -> ResultPage[Row]:
            get_task(session, key, folder)
            return self._cases.find(session, key, page)

        result = await request.store.scan(read)
        entities = [self._show(row, select) for row in result.rows]
        path = self._path(request, key)
        return responses.answer_collection(request, path, entities, result, options, select)

    async def count_parts(self, list_id: str, task_id: str, request: RequestDep) -> Response:
        filter_ = request.read_filter(request.read_options("filter"), self._parts.type)
        folder, key = _read_address(request, list_id, task_id)

        def read(session: ReadSession) -> int:
            get_task(session, key, folder)
            return self._cases.count(session, key, filter_)

        return responses.answer_count(request, await request.store.scan(read))

    async def create_part(self, list_id: str, task_id: str, request: RequestDep) -> ODataResponse:
        request.read_options()
        folder, key = _read_address(request, list_id, task_id)
        given = self._parts.read_new(await request.read_json())

        def work(session: WriteSession) -> Row:
            get_task(session, key, folder)
            return self._cases.add(session, key, given, request.precondition.for_creation())

        rendered = self._parts.render(await request.store.write(work))
        location = f"{request.address.rstrip('/')}/{rendered['id']}"
        path = self._path(request, key)
        return responses.answer_entity(request, path, rendered, 201, location=location)

    async def get_part(
        self, list_id: str, task_id: str, part_id: str, request: RequestDep
    ) -> ODataResponse:
        _, select = read_query(request, self._parts.type)
        folder, key = _read_address(request, list_id, task_id)

        def read(session: ReadSession) -> Row:
            get_task(session, key, folder)
            return self._cases.get(session, key, part_id)

        row = await request.store.read_by_key(read)
        rendered = self._show(row, select)
        return responses.answer_entity(request, self._path(request, key), rendered, select=select)

    async def update_part(
        self, list_id: str, task_id: str, part_id: str, request: RequestDep
    ) -> ODataResponse:
        request.read_options()
        folder, key = _read_address(request, list_id, task_id)
        values = self._parts.read_values(await request.read_json())

        def work(session: WriteSession) -> Row:
            get_task(session, key, folder)
            return self._cases.update(session, key, part_id, values, request.precondition)

        rendered = self._parts.render(await request.store.write(work))
        return responses.answer_entity(request, self._path(request, key), rendered)

    async def delete_part(
        self, list_id: str, task_id: str, part_id: str, request: RequestDep
    ) -> ODataResponse:
        request.read_options()
        folder, key = _read_address(request, list_id, task_id)

        def work(session: WriteSession) -> None:
            get_task(session, key, folder)
            self._cases.delete(session, key, part_id, request.precondition)

        await request.store.write(work)
        return responses.answer_deleted(request)

    def _show(self, row: Row, select: tuple[str, ...]) -> Entity:
        return select_members(self._parts.render(row), select, "id")

    def _path(self, request: GraphRequest, key: ItemKey) -> str:
        task = tasks_path(request.ids.write_folder_id(key.folder), request.ids.write_task_id(*key))
        return f"{task}/{self._parts.name}"


def _read_address(request: GraphRequest, list_id: str, task_id: str) -> tuple[int, ItemKey]:
    return read_list_id(request, list_id), request.ids.read_task_id(task_id)


def _mount(parts: PartSet[Row, New, Values]) -> None:
    routes = _Routes(parts)
    every = f"{_TASK}/{parts.name.lower()}"
    one = f"{every}('{{part_id}}')"
    many = f"{parts.one}s"
    for path, method, status, endpoint, summary in (
        (every, "GET", 200, routes.list_parts, f"Get the {many} of a task."),
        (f"{every}/$count", "GET", 200, routes.count_parts, f"Count the {many} of a task."),
        (every, "POST", 201, routes.create_part, f"Give a task a {parts.one}."),
        (one, "GET", 200, routes.get_part, f"Get a {parts.one}."),
        (one, "PATCH", 200, routes.update_part, f"Update a {parts.one}."),
        (one, "DELETE", 204, routes.delete_part, f"Take a {parts.one} off a task."),
    ):
        name = f"{endpoint.__name__.replace('part', parts.one.replace(' ', '_'))}"
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            status_code=status,
            name=name,
            description=summary,
            tags=[many],
        )


_mount(CHECKLIST_ITEMS)
_mount(LINKED_RESOURCES)
