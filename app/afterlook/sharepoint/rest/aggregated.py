"""`WmaAggregatorList_User` by REST: the hidden list of a personal site that all tasks are in.

Owns how it and its items are shown: by the names that lists of tasks have, and by those of a Task
([MS-WMCSOM] 3.1.5.36). It is read here and written by the methods of Work Management.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from afterlook.odata.edm import BOOLEAN, DOUBLE, INT32, MOMENT, STRING, EntityType
from afterlook.runtime.instants import Instant, to_datetime
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import errors, users
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.itembodies import entity_name
from afterlook.sharepoint.rest.itempages import asked_of, user_of
from afterlook.sharepoint.rest.listpages import Pages, page_of
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.querying import Sort, Sorts
from afterlook.sharepoint.rest.replies import Entity, Feed, Numbers
from afterlook.sharepoint.rest.selecting import Related, selected
from afterlook.sharepoint.web import web_id
from afterlook.store.folding import fold
from afterlook.store.keyset import Key, Slice
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.workmanagement import aggregator_list, tasks
from afterlook.workmanagement.aggregator_list import TEMPLATE, TITLE, AggregatedList
from afterlook.workmanagement.list_pages import ListPage
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.results import PinAge, TaskWithPinAge

_CONTENT_TYPE = "0x01"
_ITEM_TYPE = f"SP.Data.{entity_name(TITLE)}Item"
_AUTHOR = ("author", "author_title", "author_mail")
_ITEM = EntityType(
    "SP.ListItem",
    properties=(
        asked_of("Id", INT32, "id"),
        asked_of("Title", STRING, "name"),
        asked_of("StartDate", MOMENT, "start", nullable=True),
        asked_of("DueDate", MOMENT, "due", nullable=True),
        asked_of("PercentComplete", DOUBLE, "percent"),
        asked_of("Status", STRING, "status"),
        asked_of("Checkmark", BOOLEAN, "is_completed"),
        asked_of("IsCompleted", BOOLEAN, "is_completed"),
        asked_of("IsPersonal", BOOLEAN, "is_personal"),
        asked_of("IsPinned", BOOLEAN, "is_pinned"),
        asked_of("IsReadOnly", BOOLEAN, "is_read_only"),
        asked_of("LocationId", INT32, "location"),
        asked_of("Created", MOMENT, "discovered"),
        asked_of("Modified", MOMENT, "modified"),
        asked_of("LastModified", MOMENT, "modified"),
        asked_of("AuthorId", INT32, "author"),
        asked_of("EditorId", INT32, "author"),
        user_of("Author", *_AUTHOR),
        user_of("Editor", *_AUTHOR),
    ),
)
_SORTS: Sorts = {
    name: Sort("author_title", STRING, f"{name}/Title") for name in ("Author", "Editor")
}


def is_meant(caller: Caller, named: Segment) -> bool:
    """Tell whether a segment names the list, by title, GUID or address."""
    if not aggregator_list.has_list(caller.web):
        return False
    name = fold(str(named.one))
    match named.key:
        case "getbytitle":
            return name == fold(TITLE)
        case "getlist":
            return name.rstrip("/") == fold(f"{caller.web}/Lists/{TITLE}")
    return name.strip("{}") == str(_guid(caller))


async def list_of(caller: Caller) -> Entity:
    """Return the list."""
    return await caller.store.scan(lambda session: read(session, caller))


def read(session: ReadSession, caller: Caller) -> Entity:
    """Return the list, within a session."""
    found = aggregator_list.get_list(session, caller.mailbox, caller.store.now())
    return _shown_list(caller, found)


async def items_of(asked: Asked) -> Feed:
    """Return a page of the tasks. Raises `QueryError`."""
    asked.only("GET")
    return (await page_of(asked, _pages(asked.caller)))._replace(type=_ITEM_TYPE)


async def item_of(asked: Asked, named: Segment) -> Entity:
    """Return a task. Raises `QueryError`."""
    asked.only("GET")
    caller, number = asked.caller, named.number
    if number is None:
        raise errors.ItemMissing
    asked.only_options("$select", "$expand")
    found = await caller.store.look_up(
        lambda session: tasks.get_task(session, caller.mailbox, number, caller.store.now())
    )
    if found is None:
        raise errors.ItemMissing
    entity, related = _shown(caller, found)
    return selected(entity, asked, related)


def _pages(caller: Caller) -> Pages[TaskWithPinAge]:
    now = caller.store.now()

    def read_page(session: ReadSession, asked: Slice) -> ListPage[TaskWithPinAge]:
        return aggregator_list.list_page(session, caller.mailbox, asked, now)

    def sort_key(session: ReadSession, order: Order, task: int) -> Key | None:
        return aggregator_list.get_sort_key(session, caller.mailbox, order, task)

    def shown(task: TaskWithPinAge) -> tuple[Entity, Related]:
        return _shown(caller, task)

    return Pages(f"{_address(caller)}/Items", _ITEM, _SORTS, read_page, sort_key, shown)


def _guid(caller: Caller) -> UUID:
    return uuid5(web_id(caller), TITLE)


def _address(caller: Caller) -> str:
    return f"Web/Lists(guid'{_guid(caller)}')"


def _shown_list(caller: Caller, found: AggregatedList) -> Entity:
    name = entity_name(TITLE)
    members: dict[str, object] = {
        "Id": str(_guid(caller)),
        "Title": TITLE,
        "Description": "",
        "BaseTemplate": TEMPLATE,
        "BaseType": 0,
        "Hidden": True,
        "ItemCount": found.items,
        "EntityTypeName": name,
        "ListItemEntityTypeFullName": _ITEM_TYPE,
        "ParentWebUrl": caller.web,
        "Created": to_datetime(found.created),
        "LastItemModifiedDate": to_datetime(found.modified),
    }
    return Entity("SP.List", _address(caller), members)


def _shown(caller: Caller, task: TaskWithPinAge) -> tuple[Entity, Related]:
    row = task.row
    modified = to_datetime(row.modified)
    members: dict[str, object] = {
        "Id": row.id,
        "ID": row.id,
        "GUID": str(uuid5(_guid(caller), str(row.id))),
        "ContentTypeId": _CONTENT_TYPE,
        "Title": row.name,
        "Body": row.description,
        "StartDate": _date(row.start),
        "DueDate": _date(row.due),
        "PercentComplete": 1.0 if row.is_completed else 0.0,
        "Status": "Completed" if row.is_completed else "Not Started",
        "Checkmark": row.is_completed,
        "CustomAttributes": Numbers("Edm.String", task.attributes),
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
    address = f"{_address(caller)}/Items({row.id})"
    related: Related = {name: lambda: users.of_item(caller, ME) for name in ("Author", "Editor")}
    return Entity(_ITEM_TYPE, address, members), related


def _date(ticks: NaiveTicks | None) -> object:
    return None if ticks is None else to_datetime(Instant(ticks))
