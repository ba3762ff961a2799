"""What this wire answers, as schemas for the published contract.

Owns the shapes that `render.py` draws; a test holds every answer against them. They are never in
the way of an answer.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.alias_generators import to_pascal

_DATE = r"^\d{4}-\d\d-\d\d$"
_DayOfWeek = Literal["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]


class _Document(BaseModel):
    model_config = ConfigDict(alias_generator=to_pascal, extra="forbid")


class DateTimeTimeZone(_Document):
    """A date and time in a zone; `DateTime` always has seven fraction digits."""

    date_time: str = Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}$")
    time_zone: str


class ItemBody(_Document):
    """The body of a task."""

    content_type: Literal["Text", "HTML"]
    content: str


class RecurrencePattern(_Document):
    """How often and on which days; members that the type makes no use of are mostly zero."""

    type: Literal[
        "Daily", "Weekly", "AbsoluteMonthly", "RelativeMonthly", "AbsoluteYearly", "RelativeYearly"
    ]
    interval: int = Field(ge=1, le=999)
    month: int = Field(ge=0, le=12)
    day_of_month: int = Field(ge=0, le=31)
    days_of_week: list[_DayOfWeek]
    first_day_of_week: _DayOfWeek
    index: Literal["First", "Second", "Third", "Fourth", "Last"]


class RecurrenceRange(_Document):
    """From when until when; `EndDate` is `0001-01-01` where it tells nothing."""

    type: Literal["EndDate", "NoEnd", "Numbered"]
    start_date: str = Field(pattern=_DATE)
    end_date: str = Field(pattern=_DATE)
    recurrence_time_zone: str
    number_of_occurrences: int = Field(ge=0, le=999)


class PatternedRecurrence(_Document):
    """By which pattern a task comes again, and within which range."""

    pattern: RecurrencePattern
    range: RecurrenceRange


class Task(_Document):
    """A task (Outlook Task REST, "Create tasks")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    odata_etag: str = Field(alias="@odata.etag")
    id: str
    created_date_time: str
    last_modified_date_time: str
    change_key: str
    categories: list[str]
    assigned_to: str | None
    body: ItemBody
    completed_date_time: DateTimeTimeZone | None
    due_date_time: DateTimeTimeZone | None
    has_attachments: bool
    importance: Literal["Low", "Normal", "High"]
    is_reminder_on: bool
    owner: str
    parent_folder_id: str
    recurrence: PatternedRecurrence | None
    reminder_date_time: DateTimeTimeZone | None
    sensitivity: Literal["Normal", "Personal", "Private", "Confidential"]
    start_date_time: DateTimeTimeZone | None
    status: Literal["NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred"]
    subject: str | None


class TaskFolder(_Document):
    """A task folder (Outlook Task REST, "Create task folders")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    id: str
    change_key: str
    is_default_folder: bool
    name: str
    parent_group_key: str


class TaskGroup(_Document):
    """A task group (Outlook Task REST, "Create task groups")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    id: str
    change_key: str
    is_default_group: bool
    name: str
    group_key: str


class _AnyAttachment(_Document):
    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    id: str
    last_modified_date_time: str
    name: str
    content_type: str | None
    size: int
    is_inline: bool


class FileAttachment(_AnyAttachment):
    """A file (Outlook Task REST, "Add a file attachment"); `ContentBytes` is base64."""

    odata_type: Literal["#Microsoft.OutlookServices.FileAttachment"] = Field(alias="@odata.type")
    content_id: str | None
    content_location: str | None
    content_bytes: str


class ItemAttachment(_AnyAttachment):
    """A message, event or contact, which only `$expand` shows (contract §1.4)."""

    odata_type: Literal["#Microsoft.OutlookServices.ItemAttachment"] = Field(alias="@odata.type")
    item_context: str | None = Field(None, alias="Item@odata.context")
    item: dict[str, object] | None = None


class ReferenceAttachment(_AnyAttachment):
    """A link to a file or a folder (Outlook Task REST, "Add a reference attachment")."""

    odata_type: Literal["#Microsoft.OutlookServices.ReferenceAttachment"] = Field(
        alias="@odata.type"
    )
    source_url: str
    provider_type: Literal["Other", "OneDriveBusiness", "OneDriveConsumer", "Dropbox"]
    thumbnail_url: str | None
    preview_url: str | None
    permission: Literal[
        "Other",
        "View",
        "Edit",
        "AnonymousView",
        "AnonymousEdit",
        "OrganizationView",
        "OrganizationEdit",
    ]
    is_folder: bool


class Attachment(RootModel[FileAttachment | ItemAttachment | ReferenceAttachment]):
    """An attachment of any kind."""


class User(_Document):
    """The user whose mailbox it is."""

    odata_context: str = Field(alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    id: str
    email_address: str
    display_name: str
    alias: str


class ServiceResource(BaseModel):
    """What there is below the service's address; `url` is relative to it."""

    model_config = ConfigDict(extra="forbid")

    name: str
    kind: Literal["EntitySet", "Singleton"]
    url: str


class ServiceDocument(BaseModel):
    """The service document."""

    model_config = ConfigDict(extra="forbid")

    odata_context: str = Field(alias="@odata.context")
    value: list[ServiceResource]


class _Collection(BaseModel):
    model_config = ConfigDict(extra="forbid")

    odata_context: str = Field(alias="@odata.context")
    odata_next_link: str | None = Field(None, alias="@odata.nextLink")


class TaskCollection(_Collection):
    """A page of tasks."""

    value: list[Task]


class TaskFolderCollection(_Collection):
    """A page of task folders."""

    value: list[TaskFolder]


class DeletedEntity(BaseModel):
    """An entity that is gone: `id` is its address below the user."""

    model_config = ConfigDict(extra="forbid")

    odata_context: str = Field(alias="@odata.context")
    id: str
    reason: Literal["deleted"]


class _Changes(_Collection):
    """A page of a synchronisation has one of the two links, a plain listing at most a nextLink."""

    odata_delta_link: str | None = Field(None, alias="@odata.deltaLink")


class TaskSync(_Changes):
    """A page of tasks, or of what changed among them."""

    value: list[Task | DeletedEntity]


class TaskFolderSync(_Changes):
    """A page of task folders, or of what changed among them."""

    value: list[TaskFolder | DeletedEntity]


class AttachmentCollection(_Collection):
    """A page of attachments."""

    value: list[Attachment]


class TaskGroupCollection(_Collection):
    """A page of task groups."""

    value: list[TaskGroup]


class ErrorDetail(BaseModel):
    """What went wrong: a code to program by and a sentence to read."""

    code: str
    message: str


class Error(BaseModel):
    """A refusal."""

    error: ErrorDetail
