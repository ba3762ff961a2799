"""`WmaAggregatorList_User` by REST: the hidden list of a personal site that all tasks are in.

Owns how it and its items are shown: by the names that lists of tasks have, and by those of a Task
([MS-WMCSOM] 3.1.5.36). It is read here and written by the methods of Work Management.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from afterlook.odata.edm import BOOLEAN, DOUBLE, INT32, MOMENT, STRING, EntityType
from afterlook.runtime.instants import Instant, to_datetime
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import errors, users
from afterlook.sharepoint.rest.item_bodies import entity_name
from afterlook.sharepoint.rest.item_pages import AUTHORSHIP, queryable
from afterlook.sharepoint.rest.list_pages import Pages, read_page
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.query_options import Sort, Sorts
from afterlook.sharepoint.rest.response_writer import Entity, Feed, PrimitiveCollection
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import Related, select_members
from afterlook.sharepoint.web import web_id
from afterlook.store.folding import fold
from afterlook.store.keyset import Key, KeysetPage
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.workmanagement import aggregator_list, tasks
from afterlook.workmanagement.aggregator_list import TEMPLATE, TITLE, AggregatorList
from afterlook.workmanagement.list_pages import ListPage
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.results import PinAge, TaskWithPinAge

_CONTENT_TYPE = "0x01"
_ITEM_TYPE = f"SP.Data.{entity_name(TITLE)}Item"
_ITEM = EntityType(
    "SP.ListItem",
    properties=(
        queryable("Id", INT32, "id"),
        queryable("Title", STRING, "name"),
        queryable("StartDate", MOMENT, "start", nullable=True),
        queryable("DueDate", MOMENT, "due", nullable=True),
        queryable("PercentComplete", DOUBLE, "percent"),
        queryable("Status", STRING, "status"),
        queryable("Checkmark", BOOLEAN, "is_completed"),
        queryable("IsCompleted", BOOLEAN, "is_completed"),
        queryable("IsPersonal", BOOLEAN, "is_personal"),
        queryable("IsPinned", BOOLEAN, "is_pinned"),
        queryable("IsReadOnly", BOOLEAN, "is_read_only"),
        queryable("LocationId", INT32, "location"),
        queryable("Created", MOMENT, "discovered"),
        queryable("Modified", MOMENT, "modified"),
        queryable("LastModified", MOMENT, "modified"),
        *AUTHORSHIP,
    ),
)
_SORTS: Sorts = {
    name: Sort("author_title", STRING, f"{name}/Title") for name in ("Author", "Editor")
}


def is_named(context: RequestContext, named: RestSegment) -> bool:
    """Tell whether a segment names the list, by title, GUID or address."""
    if not aggregator_list.has_list(context.web):
        return False
    name = fold(str(named.one))
    match named.key:
        case "getbytitle":
            return name == fold(TITLE)
        case "getlist":
            return name.rstrip("/") == fold(f"{context.web}/Lists/{TITLE}")
    return name.strip("{}") == str(_guid(context))


async def read_list(context: RequestContext) -> Entity:
    """Return the list."""
    return await context.store.scan(lambda session: load_list(session, context))


def load_list(session: ReadSession, context: RequestContext) -> Entity:
    """Return the list, within a session."""
    list_ = aggregator_list.get_list(session, context.store.now())
    return _render_list(context, list_)


async def read_items(request: RestRequest) -> Feed:
    """Return a page of the tasks. Raises `QueryError`."""
    request.expect_method("GET")
    return (await read_page(request, _pages(request.context)))._replace(type=_ITEM_TYPE)


async def read_item(request: RestRequest, named: RestSegment) -> Entity:
    """Return a task. Raises `QueryError`."""
    request.expect_method("GET")
    context, number = request.context, named.number
    if number is None:
        raise errors.ItemMissing
    request.expect_options("$select", "$expand")
    task = await context.store.read_by_key(
        lambda session: tasks.get_task(session, number, context.store.now())
    )
    if task is None:
        raise errors.ItemMissing
    entity, related = _render_item(context, task)
    return select_members(entity, request, related)


def _pages(context: RequestContext) -> Pages[TaskWithPinAge]:
    now = context.store.now()

    def read_page(session: ReadSession, page: KeysetPage) -> ListPage[TaskWithPinAge]:
        return aggregator_list.list_page(session, page, now)

    def sort_key(session: ReadSession, order: Order, task: int) -> Key | None:
        return aggregator_list.get_sort_key(session, order, task)

    def render(task: TaskWithPinAge) -> tuple[Entity, Related]:
        return _render_item(context, task)

    return Pages(f"{_address(context)}/Items", _ITEM, _SORTS, read_page, sort_key, render)


def _guid(context: RequestContext) -> UUID:
    return uuid5(web_id(context), TITLE)


def _address(context: RequestContext) -> str:
    return f"Web/Lists(guid'{_guid(context)}')"


def _render_list(context: RequestContext, list_: AggregatorList) -> Entity:
    name = entity_name(TITLE)
    members: dict[str, object] = {
        "Id": str(_guid(context)),
        "Title": TITLE,
        "Description": "",
        "BaseTemplate": TEMPLATE,
        "BaseType": 0,
        "Hidden": True,
        "ItemCount": list_.items,
        "EntityTypeName": name,
        "ListItemEntityTypeFullName": _ITEM_TYPE,
        "ParentWebUrl": context.web,
        "Created": to_datetime(list_.created),
        "LastItemModifiedDate": to_datetime(list_.modified),
    }
    return Entity("SP.List", _address(context), members)


def _render_item(context: RequestContext, task: TaskWithPinAge) -> tuple[Entity, Related]:
    row = task.row
    modified = to_datetime(row.modified)
    members: dict[str, object] = {
        "Id": row.id,
        "ID": row.id,
        "GUID": str(uuid5(_guid(context), str(row.id))),
        "ContentTypeId": _CONTENT_TYPE,
        "Title": row.name,
        "Body": row.description,
        "StartDate": _render_date(row.start),
        "DueDate": _render_date(row.due),
        "PercentComplete": 1.0 if row.is_completed else 0.0,
        "Status": "Completed" if row.is_completed else "Not Started",
        "Checkmark": row.is_completed,
        "CustomAttributes": PrimitiveCollection("Edm.String", task.attributes),
        "Description": row.description,
        "EditUrl": task.edit_url,
        "IsCompleted": row.is_completed,
        "IsPersonal": is_personal(row),
        "IsPinned": task.pin_age != PinAge.NO_VALUE,
        "IsReadOnly": row.is_read_only,
        "LastModified": modified,
        "LocationId": row.location,
        "PinAge": int(task.pin_age),
        "SerializedCustomDataForClient": row.custom_data,
        "Created": to_datetime(row.discovered),
        "Modified": modified,
        "AuthorId": ME,
        "EditorId": ME,
        "Attachments": False,
        "FileSystemObjectType": 0,
    }
    address = f"{_address(context)}/Items({row.id})"
    related: Related = {
        name: lambda: users.render_user(context, ME) for name in ("Author", "Editor")
    }
    return Entity(_ITEM_TYPE, address, members), related


def _render_date(ticks: NaiveTicks | None) -> object:
    return None if ticks is None else to_datetime(Instant(ticks))
