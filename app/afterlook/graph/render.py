"""Rendering rows as entities of To Do: docs/reference/graph.md §3.

Owns the members and their order; what is null is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import orjson

from afterlook.graph.edm import IMPORTANCE, STATUS
from afterlook.graph.spelling import camelise, to_camel
from afterlook.mailbox import recurrence as recurrences
from afterlook.mailbox.dates import date_time, date_time_offset, zone_name
from afterlook.mailbox.identifiers import Identifiers
from afterlook.mailbox.plaintext import from_html
from afterlook.mailbox.timezones import UTC, Zone
from afterlook.odata import etag
from afterlook.runtime.instants import Instant
from afterlook.store.rows import FolderRow, MailboxRow, TaskRow

Entity = dict[str, object]


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
        "@odata.etag": etag.weak(view.ids.change_key(row.change)),
        "displayName": row.name,
        "isOwner": True,
        "isShared": False,
        "wellknownListName": "defaultList" if row.is_default else "none",
        "id": view.ids.folder(row.id),
    }
    return _selected(entity, view.select) | view.parts.get(row.id, {})


def render_task(row: TaskRow, view: TodoView) -> Entity:
    """Render a task."""
    entity: Entity = {
        "@odata.etag": etag.weak(view.ids.change_key(row.change)),
        "importance": IMPORTANCE.members[row.importance],
        "isReminderOn": row.is_reminder_on,
        "status": STATUS.members[row.status],
        "createdDateTime": date_time_offset(row.created, UTC),
        "lastModifiedDateTime": date_time_offset(row.modified, UTC),
        "hasAttachments": row.has_attachments and row.id not in view.without_files,
        "categories": orjson.loads(row.categories) if row.categories else [],
        "id": view.ids.task(row.folder_id, row.id),
        "body": {
            "content": _plain_text(row.body) if row.body_type else row.body,
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
    return _selected(entity, view.select) | view.parts.get(row.id, {})


def _plain_text(body: str) -> str:
    """Return the text of HTML; what has more tags than are read stays as it is."""
    text = from_html(body, len(body))
    return body if text is None else text


def render_date(instant: Instant, zone: Zone) -> Entity:
    """Render a date of a task in a zone."""
    return {"dateTime": date_time(instant, zone), "timeZone": zone_name(instant, zone)}


def render_recurrence(text: str) -> Entity | None:
    """Render a recurrence as it is kept; None where it is none that is known here."""
    known = recurrences.read(text)
    if known is None:
        return None
    recurrence = camelise(recurrences.members(known))
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


def _selected(entity: Entity, select: tuple[str, ...]) -> Entity:
    """Keep what was selected; id and annotations always come too."""
    if not select:
        return entity
    return {
        name: value
        for name, value in entity.items()
        if name in select or name == "id" or name[0] == "@"
    }
