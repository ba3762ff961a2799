"""What a mailbox has in a document: entities, their members, and what is within them.

Owns how columns are called. A test holds it against the tables: each column is a member, or what
the place of an entity says.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import orjson

from afterlook.control.archive.values import (
    ATTRIBUTES,
    BOOLEAN,
    BYTES,
    DOUBLE,
    GUID,
    LARGE,
    NAME,
    NUMBER,
    SMALL,
    TEXT,
    TICKS,
    Value,
    checked_text,
    json,
    member,
    one_of,
    text,
    whole,
)
from afterlook.http.webs import is_web
from afterlook.mailbox import extensions, walls
from afterlook.mailbox.attachments import AttachmentKind
from afterlook.mailbox.extended_properties import read_name
from afterlook.mailbox.extended_values import read_number
from afterlook.mailbox.parts import MAX_TEXT
from afterlook.outlook.edm import (
    BODY_TYPE,
    IMPORTANCE,
    PERMISSION,
    PROVIDER_TYPE,
    SENSITIVITY,
    STATUS,
)
from afterlook.runtime.instants import FIRST_INSTANT, LAST_INSTANT
from afterlook.workmanagement.exchange_sync.state import SyncResult
from afterlook.workmanagement.exchange_sync.synced_fields import SyncedFields
from afterlook.workmanagement.locations import WITH_LISTS, Provider
from afterlook.workmanagement.providers.lists import TEMPLATES
from afterlook.workmanagement.providers.progress import PRIORITIES, STATUSES
from afterlook.workmanagement.refresh.report import Changes, ProviderStatus, RefreshState
from afterlook.workmanagement.settings import PersistedProperties, UserSettings

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """Rows of a table; `members` are columns by how they are called, with the kind of each.

    Entities of `within` lie in each of them: by the name of their list, with the column that holds
    the number of what they are in. `complete` fills in columns that follow from others, and raises
    `ValueError` where they contradict each other. Lists that are `later` than the first exports
    may be missing.
    """

    table: str
    members: dict[str, tuple[str, Value]]
    within: tuple[tuple[str, Entity, str], ...] = ()
    complete: Callable[[Columns], None] | None = None
    later: frozenset[str] = frozenset()


def _check_walls(written: str) -> None:
    for name, wall in walls.read(written).items():
        if name not in walls.NAMES or not FIRST_INSTANT <= wall.ticks <= LAST_INSTANT:
            raise ValueError(name)


def _complete_property(columns: Columns) -> None:
    name = read_name(columns["property_id"])
    if name.text != columns["property_id"] or name.is_multi != columns["is_multi"]:
        reason = "PropertyId is not as it is kept"
        raise ValueError(reason)
    columns["number"] = None
    if not name.is_multi:
        columns["number"] = read_number(name.type, columns["value"])
    else:
        checked_text(list[str]).read(columns["value"])


def _complete_extension(columns: Columns) -> None:
    if extensions.read_name(columns["name"]) != columns["name"]:
        reason = "Name is an id, and not a name"
        raise ValueError(reason)
    columns["content"] = extensions.write_members(orjson.loads(columns["content"]))


def _complete_list(columns: Columns) -> None:
    if not is_web(columns["web"]):
        reason = "Web is no address of a site"
        raise ValueError(reason)


_LIST = re.compile(r"(?:,\d{1,10}(?:,\d{1,10})*,)?")
_WORD = re.compile(r"\S+")
_ANYTHING = re.compile(r"(?s:.+)")
_PART_TEXT = text(MAX_TEXT).or_null()
_NUMBERS = text(8 * 1024 * 1024, _LIST)
_SHARE = Value(DOUBLE.read, DOUBLE.write, {"type": "number", "minimum": 0, "maximum": 1})

EXTENDED_PROPERTY = Entity(
    table="extended_property",
    members={
        "PropertyId": ("property_id", TEXT),
        "IsMulti": ("is_multi", BOOLEAN),
        "Value": ("value", TEXT),
    },
    complete=_complete_property,
)
ATTACHMENT = Entity(
    table="attachment",
    members={
        "Number": ("id", NUMBER),
        "Kind": ("kind", member([kind.name.title() for kind in AttachmentKind])),
        "LastModifiedDateTime": ("modified", TICKS),
        "Name": ("name", NAME),
        "ContentType": ("content_type", TEXT.or_null()),
        "Size": ("size", NUMBER),
        "Length": ("length", NUMBER),
        "Content": ("content", NUMBER),
        "IsInline": ("is_inline", BOOLEAN),
        "ContentId": ("content_id", TEXT.or_null()),
        "ContentLocation": ("content_location", TEXT.or_null()),
        "SourceUrl": ("source_url", TEXT.or_null()),
        "ProviderType": ("provider_type", member(PROVIDER_TYPE.members).or_null()),
        "ThumbnailUrl": ("thumbnail_url", TEXT.or_null()),
        "PreviewUrl": ("preview_url", TEXT.or_null()),
        "Permission": ("permission", member(PERMISSION.members).or_null()),
        "IsFolder": ("is_folder", BOOLEAN.or_null()),
    },
)
CHECKLIST_ITEM = Entity(
    table="checklist_item",
    members={
        "Number": ("id", NUMBER),
        "Guid": ("guid", GUID),
        "DisplayName": ("display_name", _PART_TEXT),
        "CreatedDateTime": ("created", TICKS),
        "CheckedDateTime": ("checked", TICKS.or_null()),
    },
)
LINKED_RESOURCE = Entity(
    table="linked_resource",
    members={
        "Number": ("id", NUMBER),
        "Guid": ("guid", GUID),
        "WebUrl": ("web_url", _PART_TEXT),
        "ApplicationName": ("application_name", _PART_TEXT),
        "DisplayName": ("display_name", _PART_TEXT),
        "ExternalId": ("external_id", _PART_TEXT),
    },
)
OPEN_EXTENSION = Entity(
    table="open_extension",
    members={"Name": ("name", NAME), "Content": ("content", json(dict[str, Any]))},
    complete=_complete_extension,
)
TASK = Entity(
    table="task",
    members={
        "Number": ("id", NUMBER),
        "Change": ("change", NUMBER),
        "CreatedDateTime": ("created", TICKS),
        "LastModifiedDateTime": ("modified", TICKS),
        "Subject": ("subject", TEXT.or_null()),
        "BodyType": ("body_type", member(BODY_TYPE.members)),
        "Body": ("body", TEXT),
        "Categories": ("categories", json(list[str]).or_null()),
        "AssignedTo": ("assigned_to", TEXT.or_null()),
        "CompletedDateTime": ("completed", TICKS.or_null()),
        "DueDateTime": ("due", TICKS.or_null()),
        "StartDateTime": ("start", TICKS.or_null()),
        "ReminderDateTime": ("reminder", TICKS.or_null()),
        "IsReminderOn": ("is_reminder_on", BOOLEAN),
        "HasAttachments": ("has_attachments", BOOLEAN),
        "Importance": ("importance", member(IMPORTANCE.members)),
        "Sensitivity": ("sensitivity", member(SENSITIVITY.members)),
        "Status": ("status", member(STATUS.members)),
        "Recurrence": ("recurrence", json(dict[str, dict[str, Any]]).or_null()),
        "Written": ("walls", json(dict[str, tuple[int, str] | list[Any]], _check_walls).or_null()),
    },
    within=(
        ("ExtendedProperties", EXTENDED_PROPERTY, "entity"),
        ("Attachments", ATTACHMENT, "task"),
        ("ChecklistItems", CHECKLIST_ITEM, "task"),
        ("LinkedResources", LINKED_RESOURCE, "task"),
        ("Extensions", OPEN_EXTENSION, "entity"),
    ),
    later=frozenset({"ChecklistItems", "LinkedResources", "Extensions"}),
)
TASK_GROUP = Entity(
    table="task_group",
    members={
        "Number": ("id", NUMBER),
        "Change": ("change", NUMBER),
        "Name": ("name", NAME),
        "GroupKey": ("group_key", GUID),
        "IsDefault": ("is_default", BOOLEAN),
    },
)
TASK_FOLDER = Entity(
    table="task_folder",
    members={
        "Number": ("id", NUMBER),
        "Change": ("change", NUMBER),
        "Group": ("group_id", NUMBER),
        "Name": ("name", NAME),
        "IsDefault": ("is_default", BOOLEAN),
    },
    within=(
        ("ExtendedProperties", EXTENDED_PROPERTY, "entity"),
        ("Extensions", OPEN_EXTENSION, "entity"),
        ("Tasks", TASK, "folder_id"),
    ),
    later=frozenset({"Extensions"}),
)
CONTENT = Entity(
    table="attachment_content",
    members={
        "Number": ("content", NUMBER),
        "Part": ("part", SMALL),
        "Bytes": ("data", BYTES),
    },
)
CHANGE = Entity(
    table="change_log",
    members={
        "Entity": ("entity", NUMBER),
        "Scope": ("scope", NUMBER),
        "Number": ("number", NUMBER),
        "IsDeleted": ("deleted", BOOLEAN),
        "At": ("at", TICKS),
    },
)
WORK_TASK = Entity(
    table="work_task",
    members={
        "Id": ("id", SMALL),
        "Name": ("name", TEXT),
        "Description": ("description", TEXT.or_null()),
        "StartDate": ("start", TICKS.or_null()),
        "DueDate": ("due", TICKS.or_null()),
        "IsCompleted": ("is_completed", BOOLEAN),
        "Pinned": ("pinned", TICKS.or_null()),
        "Location": ("location", SMALL),
        "EditUrl": ("edit_url", TEXT.or_null()),
        "IsReadOnly": ("is_read_only", BOOLEAN),
        "Modified": ("modified", TICKS),
        "Discovered": ("discovered", TICKS),
        "Position": ("position", LARGE),
        "Provider": ("provider", member([each.name for each in Provider])),
        "ProviderKey": ("provider_key", TEXT.or_null()),
        "CustomData": ("custom_data", TEXT.or_null()),
        "Attributes": ("attributes", ATTRIBUTES),
        "Change": ("change", NUMBER),
    },
)
WORK_LOCATION = Entity(
    table="work_location",
    members={
        "Id": ("id", SMALL),
        "Name": ("name", TEXT),
        "Parent": ("parent", SMALL),
        "Provider": ("provider", member([each.name for each in Provider])),
        "Url": ("url", TEXT.or_null()),
        "Color": ("color", TEXT.or_null()),
        "Active": ("active", TICKS),
    },
)
WORK_SETTINGS = Entity(
    table="work_settings",
    members={
        "UserSettings": ("settings", checked_text(UserSettings)),
        "PersistedProperties": ("persisted", checked_text(PersistedProperties)),
        "NextTask": ("next_task", SMALL),
        "NextLocation": ("next_location", SMALL),
        "NextRefresh": ("next_refresh", SMALL),
        "IsExchangeOn": ("is_exchange_on", BOOLEAN),
        "ExchangeEnded": ("exchange_ended", TICKS.or_null()),
        "ExchangeResult": ("exchange_result", member([each.name for each in SyncResult])),
        "ExchangeBegan": ("exchange_began", TICKS.or_null()),
        "ExchangeOutlook": ("exchange_outlook", NUMBER),
        "ExchangeChange": ("exchange_change", whole(-1, 2**47)),
        "ExchangeTask": ("exchange_task", SMALL),
    },
)
EXCHANGE_PAIR = Entity(
    table="work_exchange_pair",
    members={
        "Task": ("task", SMALL),
        "Outlook": ("outlook", NUMBER),
        "TaskChange": ("task_change", NUMBER),
        "OutlookChange": ("outlook_change", NUMBER),
        "Base": ("base", checked_text(SyncedFields)),
        "IsGone": ("gone", BOOLEAN),
    },
)
EXCHANGE_SKIP = Entity(table="work_exchange_left_out", members={"Outlook": ("outlook", NUMBER)})
REFRESH = Entity(
    table="work_refresh",
    members={
        "Id": ("id", SMALL),
        "State": ("state", member([each.name for each in RefreshState])),
        "Started": ("started", TICKS),
        "Finished": ("finished", TICKS.or_null()),
        "NewTasks": ("new_tasks", SMALL),
        "Correlation": ("correlation", TEXT),
        "Changes": ("changes", checked_text(list[Changes])),
        "Providers": ("providers", checked_text(list[ProviderStatus])),
    },
)
LIST_ITEM = Entity(
    table="source_item",
    members={
        "Id": ("id", SMALL),
        "Guid": ("guid", GUID),
        "Version": ("version", SMALL),
        "Change": ("change", NUMBER),
        "IsDeleted": ("deleted", BOOLEAN),
        "Title": ("title", TEXT),
        "Body": ("body", TEXT.or_null()),
        "StartDate": ("start", TICKS.or_null()),
        "DueDate": ("due", TICKS.or_null()),
        "PercentComplete": ("percent", _SHARE),
        "Status": ("status", one_of(STATUSES)),
        "Priority": ("priority", one_of(PRIORITIES)),
        "AssignedTo": ("assigned", _NUMBERS),
        "Parent": ("parent", SMALL.or_null()),
        "Predecessors": ("predecessors", _NUMBERS),
        "IsWorkflow": ("is_workflow", BOOLEAN),
        "Created": ("created", TICKS),
        "Modified": ("modified", TICKS),
    },
)
LIST = Entity(
    table="source_list",
    members={
        "Id": ("id", SMALL),
        "Guid": ("guid", GUID),
        "Provider": ("provider", one_of([int(each) for each in WITH_LISTS])),
        "Web": ("web", TEXT),
        "Title": ("title", NAME),
        "Description": ("description", TEXT),
        "BaseTemplate": ("template", one_of(TEMPLATES)),
        "Change": ("change", NUMBER),
        "Seen": ("seen", NUMBER),
        "Location": ("location", SMALL.or_null()),
        "NextItem": ("next_item", SMALL),
        "ItemCount": ("items", SMALL),
        "Created": ("created", TICKS),
        "Modified": ("modified", TICKS),
        "IsDown": ("is_down", BOOLEAN),
    },
    within=(("Items", LIST_ITEM, "list"),),
    complete=_complete_list,
)
MAILBOX = Entity(
    table="mailbox",
    members={
        "Upn": ("upn", text(400, _WORD)),
        "Owner": ("owner", text(400, _ANYTHING)),
        "Oid": ("oid", GUID),
        "Tid": ("tid", GUID),
        "Guid": ("guid", GUID),
        "Replica": ("replica", GUID),
        "Created": ("created", TICKS),
        "Change": ("change", NUMBER),
        "Forgotten": ("forgotten", NUMBER),
    },
    within=tuple(
        (name, entity, "mailbox")
        for name, entity in {
            "TaskGroups": TASK_GROUP,
            "TaskFolders": TASK_FOLDER,
            "Contents": CONTENT,
            "Changes": CHANGE,
            "MyTasks": WORK_TASK,
            "Locations": WORK_LOCATION,
            "Settings": WORK_SETTINGS,
            "ExchangePairs": EXCHANGE_PAIR,
            "ExchangeLeftOut": EXCHANGE_SKIP,
            "Refreshes": REFRESH,
            "Lists": LIST,
        }.items()
    ),
)
