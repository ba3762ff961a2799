"""Items of lists as JSON, in and out.

Owns which member is which field, and the literals of each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

from afterlook.csom.values import read_date_time
from afterlook.runtime.instants import Instant, to_datetime
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import users
from afterlook.sharepoint.rest.errors import MemberUnknown, ValueInvalid
from afterlook.sharepoint.rest.response_writer import Entity, PrimitiveCollection
from afterlook.sharepoint.rest.select_expand import Related
from afterlook.store.workmanagement.rows import (
    NaiveTicks,
    ProviderItemRow,
    ProviderListRow,
    split_numbers,
)
from afterlook.workmanagement import dates
from afterlook.workmanagement.providers.item_values import ItemValues
from afterlook.workmanagement.providers.lists import ME
from afterlook.workmanagement.providers.progress import is_complete

TASK_TYPE, WORKFLOW_TYPE = "0x0108", "0x010801"
"""What the content types of tasks begin with, and those of a workflow's tasks."""

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9]")
_READ_ONLY = frozenset(
    {"Id", "ID", "GUID", "Created", "Modified", "AuthorId", "EditorId", "Attachments"}
    | {"FileSystemObjectType", "__metadata"}
)


def type_of(provider_list: ProviderListRow) -> str:
    """Return the type of a list's items."""
    return f"SP.Data.{entity_name(provider_list.title)}Item"


def entity_name(title: str) -> str:
    """Return a list's title as part of names."""
    return _NOT_PLAIN.sub(lambda match: f"_x{ord(match[0]):04x}_", title) + "List"


def render_item(provider_list: ProviderListRow, item: ProviderItemRow) -> Entity:
    """Return an item as an entity."""
    members: dict[str, object] = {
        "Id": item.id,
        "ID": item.id,
        "GUID": item.guid,
        "ContentTypeId": WORKFLOW_TYPE if item.is_workflow else TASK_TYPE,
        "Title": item.title,
        "Body": item.body,
        "StartDate": _render_date(item.start),
        "DueDate": _render_date(item.due),
        "PercentComplete": item.percent,
        "Status": item.status,
        "Checkmark": is_complete(item),
        "Priority": item.priority,
        "AssignedToId": _render_numbers(item.assigned),
        "ParentIDId": item.parent,
        "PredecessorsId": _render_numbers(item.predecessors),
        "Created": to_datetime(item.created),
        "Modified": to_datetime(item.modified),
        "AuthorId": ME,
        "EditorId": ME,
        "Attachments": False,
        "FileSystemObjectType": 0,
    }
    address = f"Web/Lists(guid'{provider_list.guid}')/Items({item.id})"
    return Entity(type_of(provider_list), address, members, etag_of(item))


def etag_of(item: ProviderItemRow) -> str:
    """Return an item's version as its ETag."""
    return f'"{item.version}"'


def related_users(context: RequestContext, item: ProviderItemRow) -> Related:
    """Return the users that an item leads to."""
    return {
        "AssignedTo": lambda: users.render_users(context, item.assigned),
        "Author": lambda: users.render_user(context, ME),
        "Editor": lambda: users.render_user(context, ME),
    }


def read_item(provider_list: ProviderListRow, body: dict[str, object]) -> ItemValues:
    """Return what a body says of an item. Raises `MemberUnknown`, `ValueInvalid`."""
    values: dict[str, object] = {}
    for name, value in body.items():
        if name in _READ_ONLY or name.startswith("odata."):
            continue
        if name not in FIELDS:
            raise MemberUnknown(name=name[:128], type=type_of(provider_list))
        column, reader = FIELDS[name]
        try:
            values[column] = reader(value)
        except (TypeError, ValueError, OverflowError) as error:
            raise ValueInvalid(name=name) from error
    return cast("ItemValues", values)


def _render_date(ticks: NaiveTicks | None) -> object:
    return None if ticks is None else to_datetime(Instant(ticks))


def _render_numbers(text: str) -> object:
    return PrimitiveCollection("Edm.Int32", split_numbers(text)) if text else None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _text_or_none(value: object) -> str | None:
    return None if value is None else _text(value) or None


def _moment(value: object) -> NaiveTicks | None:
    text = _text_or_none(value)
    return None if text is None else dates.to_site_ticks(read_date_time(text))


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return float(value)


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(value)
    return value


def _many(value: object) -> list[int]:
    if isinstance(value, dict):
        value = value.get("results")
    if value is None:
        return []
    return [_whole(one) for one in (value if isinstance(value, list) else [value])]


FIELDS: dict[str, tuple[str, Callable[[Any], object]]] = {
    "ContentTypeId": ("is_workflow", lambda value: _text(value).startswith(WORKFLOW_TYPE)),
    "Title": ("title", _text),
    "Body": ("body", _text_or_none),
    "StartDate": ("start", _moment),
    "DueDate": ("due", _moment),
    "PercentComplete": ("percent", _share),
    "Status": ("status", _text),
    "Checkmark": ("checkmark", _truth),
    "Priority": ("priority", _text),
    "AssignedToId": ("assigned", _many),
    "ParentIDId": ("parent", lambda value: None if value is None else _whole(value) or None),
    "PredecessorsId": ("predecessors", _many),
}
