"""Routes of single properties: OData 4.0 Protocol §11.2.3, "Requesting Individual Properties".

Owns which properties have an address, and how one is shown there. The entity model names them, and
their values are those of the rendered entity.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import APIRouter, Path
from starlette.convertors import PathConvertor, register_url_convertor
from starlette.responses import Response

from afterlook.mailbox import folders, groups, tasks
from afterlook.odata import etag, levels
from afterlook.odata.edm import CollectionType, EntityType, Property, StructuredType
from afterlook.odata.formats import Level
from afterlook.outlook import entity_responses, render
from afterlook.outlook.addresses import folder_path, group_path, read_folder_id
from afterlook.outlook.dependencies import OutlookRoute, RequestDep
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from afterlook.outlook.entity_sets import TASK_FOLDERS, TASK_GROUPS, TASKS, EntitySet
from afterlook.outlook.openapi import fragments
from afterlook.outlook.render import EntityRow
from afterlook.outlook.request import OutlookRequest
from afterlook.outlook.responses import ODataResponse, TextResponse

Endpoint = TypeVar("Endpoint", bound=Callable[..., Awaitable[ODataResponse]])

router = APIRouter(route_class=OutlookRoute, tags=["properties"])

_BARE = "/$value"
_NAME = "In any case of letters. A part stands below its property: `DueDateTime/DateTime`."


def walk_paths(parts: Iterable[Property], above: str = "") -> Iterator[tuple[str, Property]]:
    """Walk through properties and their parts, whatever the depth."""
    for part in parts:
        path = f"{above}{part.name}"
        yield path, part
        inner = part.type.properties if isinstance(part.type, StructuredType) else ()
        yield from walk_paths(part.parts or inner, f"{path}/")


def _is_primitive(part: Property) -> bool:
    return not isinstance(part.type, StructuredType | CollectionType)


def _kind(name: str, paths: Iterable[str]) -> str:
    """Make a kind of path parameter that is one of `paths` and nothing else; return its name."""
    register_url_convertor(name, type(name, (PathConvertor,), {"regex": "|".join(paths)})())
    return name


def _at(address: str, of: EntityType) -> Callable[[Endpoint], Endpoint]:
    """Route to the properties of the entities at an address, and to the bare primitive ones.

    What is no property of theirs matches no route, and so is an unknown segment as any other.
    """
    paths = dict(walk_paths(of))
    shown = _kind(of.short_name, paths)
    bare = _kind(f"{of.short_name}Value", (path for path in paths if _is_primitive(paths[path])))

    def route(endpoint: Endpoint) -> Endpoint:
        router.add_api_route(
            f"{address}/{{name:{shown}}}",
            endpoint,
            responses=fragments.PROPERTY,
            openapi_extra=fragments.ZONED,
        )
        router.add_api_route(
            f"{address}/{{name:{bare}}}{_BARE}",
            endpoint,
            responses=fragments.BARE,
            openapi_extra=fragments.ZONED,
            response_class=Response,
        )
        return endpoint

    return route


def _names(of: EntityType) -> Any:
    """Return what the published contract says of a path parameter that names a property."""
    return Path(description=_NAME, json_schema_extra={"enum": [part.name for part in of]})


OfTask = Annotated[str, _names(TASK)]
OfFolder = Annotated[str, _names(TASK_FOLDER)]
OfGroup = Annotated[str, _names(TASK_GROUP)]


@_at("/tasks('{task_id}')", TASK)
async def get_task_property(task_id: str, name: OfTask, request: RequestDep) -> ODataResponse:
    """Get a property of a task."""
    return await _of_task(request, task_id, None, "Tasks", name)


@_at("/taskfolders('{folder_id}')/tasks('{task_id}')", TASK)
async def get_folder_task_property(
    folder_id: str, task_id: str, name: OfTask, request: RequestDep
) -> ODataResponse:
    """Get a property of a task of a task folder."""
    folder, path = read_folder_id(request, folder_id), f"{folder_path(request, folder_id)}/Tasks"
    return await _of_task(request, task_id, folder, path, name)


@_at("/taskfolders('{folder_id}')", TASK_FOLDER)
async def get_folder_property(folder_id: str, name: OfFolder, request: RequestDep) -> ODataResponse:
    """Get a property of a task folder."""
    return await _of_folder(request, folder_id, None, "TaskFolders", name)


@_at("/taskgroups('{group_id}')/taskfolders('{folder_id}')", TASK_FOLDER)
async def get_group_folder_property(
    group_id: str, folder_id: str, name: OfFolder, request: RequestDep
) -> ODataResponse:
    """Get a property of a task folder of a task group."""
    group, path = (
        request.ids.read_group_id(group_id),
        f"{group_path(request, group_id)}/TaskFolders",
    )
    return await _of_folder(request, folder_id, group, path, name)


@_at("/taskgroups('{group_id}')", TASK_GROUP)
async def get_group_property(group_id: str, name: OfGroup, request: RequestDep) -> ODataResponse:
    """Get a property of a task group."""
    request.read_options()
    group = request.ids.read_group_id(group_id)
    row = await request.store.read_by_key(lambda session: groups.get_group(session, group))
    return _property_response(request, TASK_GROUPS, row, "TaskGroups", name)


async def _of_task(
    request: OutlookRequest, task_id: str, folder: int | None, path: str, name: str
) -> ODataResponse:
    request.read_options()
    key = request.ids.read_task_id(task_id)
    row = await request.store.read_by_key(lambda session: tasks.get_task(session, key, folder))
    return _property_response(request, TASKS, row, path, name)


async def _of_folder(
    request: OutlookRequest, folder_id: str, group: int | None, path: str, name: str
) -> ODataResponse:
    request.read_options()
    folder = read_folder_id(request, folder_id)
    row = await request.store.read_by_key(
        lambda session: folders.get_folder(session, folder, group)
    )
    return _property_response(request, TASK_FOLDERS, row, path, name)


def _property_response(
    request: OutlookRequest, entity_set: EntitySet[EntityRow], row: EntityRow, path: str, name: str
) -> ODataResponse:
    """Answer with what an entity of the collection at `path` has below `name`; null is a 204."""
    if request.has_current(row.change):
        return entity_responses.answer_unchanged(request, row.change)
    view = request.view(entity_set.type)
    entity = entity_set.render(row, view)
    value: object = entity
    for part in name.split("/"):
        value = value.get(part) if isinstance(value, dict) else None
    type_ = dict(walk_paths(entity_set.type))[name].type
    value = request.present_value(value, type_)
    headers = request.headers(ETag=etag.write_weak(request.ids.write_change_key(row.change)))
    if value is None:
        return ODataResponse(status_code=204, headers=headers)
    if request.http.scope["path"].endswith(_BARE):
        text = value if isinstance(value, str) else orjson.dumps(value).decode("utf-8")
        return TextResponse(text, headers)
    content: render.Entity = {
        "@odata.context": request.context(f"{path}('{entity['Id']}')/{name}", view)
    }
    content |= value if isinstance(value, dict) else {"value": value}
    if request.level is not Level.MINIMAL:
        content = levels.apply_level_to_property(content, request.level, type_)
    return ODataResponse(content, 200, headers, request.level)
