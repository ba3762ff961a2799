"""Rendering rows as entities.

Owns the members and their order (docs/reference/outlook.md §1). A `View` says how a
caller wants them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeVar

import orjson

from afterlook.mailbox import recurrence, walls
from afterlook.mailbox.dates import write_date_time, write_date_time_offset, write_zone_name
from afterlook.mailbox.identifiers import Identifiers
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.odata import etag
from afterlook.odata.edm import EntityType
from afterlook.odata.options import select_members
from afterlook.outlook.edm import (
    ATTACHMENTS,
    BODY_TYPE,
    FILE_ATTACHMENT,
    IMPORTANCE,
    PERMISSION,
    PROVIDER_TYPE,
    REFERENCE_ATTACHMENT,
    SENSITIVITY,
    STATUS,
)
from afterlook.runtime.instants import Instant, to_datetime
from afterlook.store.rows import AttachmentRow, FolderRow, GroupRow, MailboxRow, TaskRow

Entity = dict[str, object]
EntityRow = TypeVar("EntityRow", TaskRow, FolderRow, GroupRow)


class View(NamedTuple):
    """How entities of a type are shown: below which user's URL, in which zone, with which
    properties.

    `user_url` ends in `/Users('oid@tid')`, and `context_user` is how context URLs name the user. An
    empty `select` shows every property. `expanded` holds
    what comes along with an entity, by its number in the store; `has_placeholders` tells that
    placeholders stand for contents (`streaming.py`), `has_etags` that folders and groups have
    etags as tasks do.
    """

    entity_type: EntityType
    ids: Identifiers
    user_url: str
    owner: str
    zone: Zone
    context_user: str = "Me"
    select: tuple[str, ...] = ()
    expanded: Mapping[int, Entity] = MappingProxyType({})
    has_placeholders: bool = False
    has_etags: bool = False


def render_task(row: TaskRow, view: View) -> Entity:
    """Render a task."""
    ids, zone = view.ids, view.zone
    entity_id, change_key = (
        ids.write_task_id(row.folder_id, row.id),
        ids.write_change_key(row.change),
    )
    created = write_date_time_offset(row.created, zone)
    entity: Entity = {
        "@odata.id": f"{view.user_url}/Tasks('{entity_id}')",
        "@odata.etag": etag.write_weak(change_key),
        "Id": entity_id,
        "CreatedDateTime": created,
        "LastModifiedDateTime": (
            created if row.modified == row.created else write_date_time_offset(row.modified, zone)
        ),
        "ChangeKey": change_key,
        "Categories": orjson.loads(row.categories) if row.categories else [],
        "AssignedTo": row.assigned_to,
        "Body": {"ContentType": BODY_TYPE.members[row.body_type], "Content": row.body},
        "CompletedDateTime": _date(row.completed, zone),
        "DueDateTime": _date(row.due, zone),
        "HasAttachments": row.has_attachments,
        "Importance": IMPORTANCE.members[row.importance],
        "IsReminderOn": row.is_reminder_on,
        "Owner": view.owner,
        "ParentFolderId": ids.write_folder_id(row.folder_id),
        "Recurrence": _recurrence(row.recurrence),
        "ReminderDateTime": _date(row.reminder, zone),
        "Sensitivity": SENSITIVITY.members[row.sensitivity],
        "StartDateTime": _date(row.start, zone),
        "Status": STATUS.members[row.status],
        "Subject": row.subject,
    }
    if row.walls is not None and walls.MARK in row.walls:
        entity |= _days_in_no_zone(row, zone)
    return select_members(entity, view.select, "Id")


def render_task_folder(row: FolderRow, view: View) -> Entity:
    """Render a task folder."""
    entity_id = view.ids.write_folder_id(row.id)
    entity: Entity = {
        "@odata.id": f"{view.user_url}/TaskFolders('{entity_id}')",
        **_etag(row, view),
        "Id": entity_id,
        "ChangeKey": view.ids.write_change_key(row.change),
        "IsDefaultFolder": row.is_default,
        "Name": row.name,
        "ParentGroupKey": row.parent_group_key,
    }
    return select_members(entity, view.select, "Id")


def render_task_group(row: GroupRow, view: View) -> Entity:
    """Render a task group."""
    entity_id = view.ids.write_group_id(row.id)
    entity: Entity = {
        "@odata.id": f"{view.user_url}/TaskGroups('{entity_id}')",
        **_etag(row, view),
        "Id": entity_id,
        "ChangeKey": view.ids.write_change_key(row.change),
        "IsDefaultGroup": row.is_default,
        "Name": row.name,
        "GroupKey": row.group_key,
    }
    return select_members(entity, view.select, "Id")


def render_attachment(row: AttachmentRow, view: View, task_id: str, content: object) -> Entity:
    """Render an attachment of a task; `content` is what a file shows."""
    kind = ATTACHMENTS[row.kind]
    folder, item = view.ids.read_task_id(task_id)
    entity_id = view.ids.write_attachment_id(folder, item, row.id)
    entity: Entity = {
        "@odata.type": f"#{kind.name}",
        "@odata.id": f"{view.user_url}/Tasks('{task_id}')/Attachments('{entity_id}')",
        "Id": entity_id,
        "LastModifiedDateTime": write_date_time_offset(row.modified, view.zone),
        "Name": row.name,
        "ContentType": row.content_type,
        "Size": row.size,
        "IsInline": row.is_inline,
    }
    if kind is FILE_ATTACHMENT:
        entity |= {
            "ContentId": row.content_id,
            "ContentLocation": row.content_location,
            "ContentBytes": content,
        }
    elif kind is REFERENCE_ATTACHMENT:
        entity |= {
            "SourceUrl": row.source_url,
            "ProviderType": PROVIDER_TYPE.members[row.provider_type or 0],
            "ThumbnailUrl": row.thumbnail_url,
            "PreviewUrl": row.preview_url,
            "Permission": PERMISSION.members[row.permission or 0],
            "IsFolder": bool(row.is_folder),
        }
    return select_members(entity, view.select, "Id")


def render_user(row: MailboxRow, view: View) -> Entity:
    """Render the user whose mailbox it is."""
    entity: Entity = {
        "@odata.id": view.user_url,
        "Id": f"{row.oid}@{row.tid}",
        "EmailAddress": row.upn,
        "DisplayName": row.owner,
        "Alias": row.upn.partition("@")[0],
    }
    return select_members(entity, view.select, "Id")


def _etag(row: FolderRow | GroupRow, view: View) -> Entity:
    if not view.has_etags:
        return {}
    return {"@odata.etag": etag.write_weak(view.ids.write_change_key(row.change))}


def _date(instant: Instant | None, zone: Zone) -> Entity | None:
    if instant is None:
        return None
    return {"DateTime": write_date_time(instant, zone), "TimeZone": write_zone_name(instant, zone)}


def _days_in_no_zone(row: TaskRow, zone: Zone) -> Entity:
    """Render the dates that are the same day wherever they are read."""
    kept = walls.read(row.walls)
    dates = {"StartDateTime": ("start", row.start), "DueDateTime": ("due", row.due)}
    return {
        property_: {
            "DateTime": write_date_time(instant, UTC),
            "TimeZone": zone.name_at(to_datetime(instant)),
        }
        for property_, (name, instant) in dates.items()
        if instant is not None and name in kept and kept[name].zone == walls.NO_ZONE
    }


def _recurrence(text: str | None) -> Entity | None:
    known = None if text is None else recurrence.read(text)
    return None if known is None else {**recurrence.render(known)}
