"""Rows as the rest of the program sees them.

Owns their shape: field by field a table's columns, in the order in which statements select them.
"""

from __future__ import annotations

from typing import NamedTuple

from afterlook.runtime.instants import Instant


class MailboxRow(NamedTuple):
    """A mailbox without its counter: what never changes, so that it may be kept in memory."""

    id: int
    guid: str
    replica: str
    oid: str
    tid: str
    upn: str
    owner: str
    sync_key: str


class GroupRow(NamedTuple):
    """A task group."""

    id: int
    change: int
    name: str
    group_key: str
    is_default: bool


class FolderRow(NamedTuple):
    """A task folder, with the GroupKey of the group it is in."""

    id: int
    change: int
    group_id: int
    name: str
    is_default: bool
    parent_group_key: str


class ExtendedRow(NamedTuple):
    """An extended property of the entity `entity`; `value` is a JSON list where `is_multi`."""

    entity: int
    property_id: str
    is_multi: bool
    value: str
    number: float | None


class AttachmentRow(NamedTuple):
    """An attachment without its content, of the task `task`; enumerations are EDM numbers.

    `kind` is a number of `mailbox.attachments.AttachmentKind`; `size` and `length` are bytes: as
    the service counted them, and of the content, which is kept under the number `content`.
    """

    id: int
    task: int
    kind: int
    modified: Instant
    name: str
    content_type: str | None
    size: int
    length: int
    content: int
    is_inline: bool
    content_id: str | None
    content_location: str | None
    source_url: str | None
    provider_type: int | None
    thumbnail_url: str | None
    preview_url: str | None
    permission: int | None
    is_folder: bool | None


class ChecklistItemRow(NamedTuple):
    """A step of the task `task`; `guid` is what clients call it by."""

    id: int
    task: int
    guid: str
    display_name: str | None
    created: Instant
    checked: Instant | None

    @property
    def is_checked(self) -> bool:
        """Whether it is done."""
        return self.checked is not None


class LinkedResourceRow(NamedTuple):
    """What the task `task` was made of in another application; `guid` is what clients call it."""

    id: int
    task: int
    guid: str
    web_url: str | None
    application_name: str | None
    display_name: str | None
    external_id: str | None


class ExtensionRow(NamedTuple):
    """An open extension of the entity `entity`; `content` is JSON of its open members."""

    entity: int
    name: str
    content: str


class UploadSessionRow(NamedTuple):
    """An attachment on its way to the task `task`: `received` of `size` bytes are here."""

    id: int
    task: int
    guid: str
    name: str
    content_type: str | None
    size: int
    expires: Instant
    received: int


class TaskRow(NamedTuple):
    """A task. `categories`, `recurrence` and `walls` are JSON text, enumerations EDM numbers.

    `parts` is of `store.parts.Parts`. The defaults are those of a task about which nothing was
    said.
    """

    id: int
    folder_id: int
    change: int
    created: Instant
    modified: Instant
    subject: str | None = None
    body_type: int = 0
    body: str = ""
    categories: str | None = None
    assigned_to: str | None = None
    completed: Instant | None = None
    due: Instant | None = None
    start: Instant | None = None
    reminder: Instant | None = None
    is_reminder_on: bool = False
    has_attachments: bool = False
    importance: int = 1
    sensitivity: int = 0
    status: int = 0
    recurrence: str | None = None
    walls: str | None = None
    parts: int = 0
