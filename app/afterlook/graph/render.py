"""Rendering rows as entities of To Do: docs/reference/graph.md §3.

Owns the members and their order; what is null is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import orjson

from afterlook.graph.edm import IMPORTANCE, OPEN_EXTENSION, STATUS, TASK_FILE_ATTACHMENT
from afterlook.graph.spelling import camelise, to_camel
from afterlook.mailbox import recurrence as recurrences
from afterlook.mailbox.dates import write_date_time, write_date_time_offset, write_zone_name
from afterlook.mailbox.extensions import read_members
from afterlook.mailbox.identifiers import Identifiers
from afterlook.mailbox.plaintext import from_html
from afterlook.mailbox.task_lists import is_flagged_emails
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.odata import etag
from afterlook.odata.options import select_members
from afterlook.runtime.instants import Instant
from afterlook.store.extensions import ID_PREFIX
from afterlook.store.rows import (
    AttachmentRow,
    ChecklistItemRow,
    ExtensionRow,
    FolderRow,
    LinkedResourceRow,
    MailboxRow,
    TaskRow,
    UploadSessionRow,
)

Entity = dict[str, object]

_MAX_CACHED_BODY = 4096
"""Characters of a body whose text is cached: clients come back for the same page."""


class TodoView(NamedTuple):
    """How entities are shown: in which zone, with which properties.

    An empty `select` shows every property. `parts` holds what comes along with an entity, by its
    number in the store; `without_files` those tasks that have attachments of other kinds alone.
    """

    ids: Identifiers
    zone: Zone = UTC
    select: tuple[str, ...] = ()
    parts: Mapping[int, Entity] = MappingProxyType({})
    without_files: frozenset[int] = frozenset()


def render_list(row: FolderRow, view: TodoView) -> Entity:
    """Render a task list."""
    entity: Entity = {
        "@odata.etag": etag.write_weak(view.ids.write_change_key(row.change)),
        "displayName": row.name,
        "isOwner": True,
        "isShared": False,
        "wellknownListName": _well_known_name(row),
        "id": view.ids.write_folder_id(row.id),
    }
    return select_members(entity, view.select, "id") | view.parts.get(row.id, {})


def _well_known_name(row: FolderRow) -> str:
    if row.is_default:
        return "defaultList"
    return "flaggedEmails" if is_flagged_emails(row.id) else "none"


def render_task(row: TaskRow, view: TodoView) -> Entity:
    """Render a task."""
    entity: Entity = {
        "@odata.etag": etag.write_weak(view.ids.write_change_key(row.change)),
        "importance": IMPORTANCE.members[row.importance],
        "isReminderOn": row.is_reminder_on,
        "status": STATUS.members[row.status],
        "createdDateTime": write_date_time_offset(row.created, UTC),
        "lastModifiedDateTime": write_date_time_offset(row.modified, UTC),
        "hasAttachments": row.has_attachments and row.id not in view.without_files,
        "categories": orjson.loads(row.categories) if row.categories else [],
        "id": view.ids.write_task_id(row.folder_id, row.id),
        "body": {
            "content": show_body(row),
            "contentType": "text",
        },
    }
    if row.subject is not None:
        entity["title"] = row.subject
    for name, instant in (
        ("completedDateTime", row.completed),
        ("dueDateTime", row.due),
        ("startDateTime", row.start),
        ("reminderDateTime", row.reminder),
    ):
        if instant is not None:
            entity[name] = render_date(instant, view.zone)
    if row.recurrence is not None:
        recurrence = render_recurrence(row.recurrence)
        if recurrence is not None:
            entity["recurrence"] = recurrence
    if "bodyLastModifiedDateTime" in view.select:
        entity["bodyLastModifiedDateTime"] = entity["lastModifiedDateTime"]
    if view.select:
        entity = select_members(entity, view.select, "id")
    if row.id in view.parts:
        entity |= view.parts[row.id]
    return entity


def show_body(row: TaskRow) -> str:
    """Return the body of a task, which To Do shows as text."""
    return show_text(row.body) if row.body_type else row.body


def show_text(body: str) -> str:
    """Return the text of HTML; that of short bodies is cached."""
    return _short_text(body) if len(body) <= _MAX_CACHED_BODY else _read_text(body)


def _read_text(body: str) -> str:
    """Return the text of HTML; what has more tags than are read stays as it is."""
    text = from_html(body, len(body))
    return body if text is None else text


_short_text = lru_cache(1024)(_read_text)


def render_date(instant: Instant, zone: Zone) -> Entity:
    """Render a date of a task in a zone."""
    return {"dateTime": write_date_time(instant, zone), "timeZone": write_zone_name(instant, zone)}


def render_recurrence(text: str) -> Entity | None:
    """Render a recurrence as it is kept; None where it is none that is known here."""
    known = recurrences.read(text)
    if known is None:
        return None
    recurrence = camelise(recurrences.render(known))
    for part in recurrence.values():
        assert isinstance(part, dict)  # noqa: S101
        for name, value in part.items():
            if name in _ENUMERATIONS:
                part[name] = (
                    [to_camel(one) for one in value]
                    if isinstance(value, list)
                    else to_camel(str(value))
                )
    return recurrence


_ENUMERATIONS = frozenset({"type", "daysOfWeek", "firstDayOfWeek", "index"})


def render_checklist_item(row: ChecklistItemRow) -> Entity:
    """Render a checklist item; its stamps have seven digits."""
    entity = _present({"displayName": row.display_name})
    entity["createdDateTime"] = f"{write_date_time(row.created, UTC)}Z"
    if row.checked is not None:
        entity["checkedDateTime"] = f"{write_date_time(row.checked, UTC)}Z"
    return entity | {"isChecked": row.is_checked, "id": row.guid}


def render_linked_resource(row: LinkedResourceRow) -> Entity:
    """Render a linked resource."""
    return _present(
        {
            "webUrl": row.web_url,
            "applicationName": row.application_name,
            "displayName": row.display_name,
            "externalId": row.external_id,
            "id": row.guid,
        }
    )


def render_extension(row: ExtensionRow) -> Entity:
    """Render an open extension with its members."""
    return {
        "@odata.type": f"#{OPEN_EXTENSION.name}",
        **read_members(row),
        "id": f"{ID_PREFIX}{row.name}",
        "extensionName": row.name,
    }


def render_file(row: AttachmentRow, attachment_id: str, content: str | None = None) -> Entity:
    """Render a file that is attached; `content` stands for its bytes in base64, where shown."""
    entity = _present({"@odata.type": f"#{TASK_FILE_ATTACHMENT.name}", "id": attachment_id})
    entity["lastModifiedDateTime"] = write_date_time_offset(row.modified, UTC)
    entity |= _present({"name": row.name, "contentType": row.content_type, "size": row.length})
    return entity if content is None else {**entity, "contentBytes": content}


def render_upload_session(row: UploadSessionRow) -> Entity:
    """Render how far an upload is."""
    return {
        "expirationDateTime": f"{write_date_time(row.expires, UTC)}Z",
        "nextExpectedRanges": [f"{row.received}-" if not row.received else str(row.received)],
    }


def _present(members: Entity) -> Entity:
    return {name: value for name, value in members.items() if value is not None}


def render_user(row: MailboxRow) -> Entity:
    """Render the user whose mailbox it is."""
    return {
        "businessPhones": [],
        "displayName": row.owner,
        "givenName": None,
        "jobTitle": None,
        "mail": row.upn,
        "mobilePhone": None,
        "officeLocation": None,
        "preferredLanguage": None,
        "surname": None,
        "userPrincipalName": row.upn,
        "id": row.oid,
    }
