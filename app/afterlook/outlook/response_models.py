"""What this wire answers, as schemas for the published contract.

Entities have the properties that `edm.py` declares. Nothing here runs while a request is answered:
a test holds every answer of `render.py` against these models.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.alias_generators import to_pascal, to_snake

from afterlook.odata.edm import BOOLEAN, INT32, CollectionType, EdmType, EntityType, EnumType
from afterlook.outlook.edm import (
    ATTACHMENT,
    DATE_TIME_TIME_ZONE,
    FILE_ATTACHMENT,
    ITEM_ATTACHMENT,
    ITEM_BODY,
    PATTERNED_RECURRENCE,
    REFERENCE_ATTACHMENT,
    TASK,
    TASK_FOLDER,
    TASK_GROUP,
)
from afterlook.outlook.model import USER

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


_COMPLEX: dict[str, Any] = {
    DATE_TIME_TIME_ZONE.name: DateTimeTimeZone,
    ITEM_BODY.name: ItemBody,
    PATTERNED_RECURRENCE.name: PatternedRecurrence,
}
_PRIMITIVE: dict[str, Any] = {BOOLEAN.name: bool, INT32.name: int}


class _Entity(_Document):
    """An entity: its annotations, as a class below says, and the properties of its type.

    `never_null` names properties that are nullable where they are written, and always shown.
    """

    def __init_subclass__(
        cls, edm: EntityType | None = None, never_null: tuple[str, ...] = (), **kwargs: Any
    ) -> None:
        super().__init_subclass__(**kwargs)
        for part in edm or ():
            name = to_snake(part.name)
            if name not in cls.model_fields:
                shown = _python_type(part.type)
                is_nullable = part.nullable and part.name not in never_null
                cls.__annotations__[name] = shown | None if is_nullable else shown


def _python_type(type_: EdmType) -> Any:
    if isinstance(type_, EnumType):
        return Literal[type_.members]
    if isinstance(type_, CollectionType):
        return list[_python_type(type_.item)]  # type: ignore[misc]
    return _COMPLEX.get(type_.name) or _PRIMITIVE.get(type_.name, str)


class Task(_Entity, edm=TASK, never_null=("Body",)):
    """A task (Outlook Task REST, "Create tasks")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")
    odata_etag: str = Field(alias="@odata.etag")


class TaskFolder(_Entity, edm=TASK_FOLDER):
    """A task folder (Outlook Task REST, "Create task folders")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")


class TaskGroup(_Entity, edm=TASK_GROUP):
    """A task group (Outlook Task REST, "Create task groups")."""

    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")


class _AnyAttachment(_Entity, edm=ATTACHMENT):
    odata_context: str | None = Field(None, alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")


class FileAttachment(_AnyAttachment, edm=FILE_ATTACHMENT, never_null=("ContentBytes",)):
    """A file (Outlook Task REST, "Add a file attachment"); `ContentBytes` is base64."""

    odata_type: Literal["#Microsoft.OutlookServices.FileAttachment"] = Field(alias="@odata.type")


class ItemAttachment(_AnyAttachment, edm=ITEM_ATTACHMENT):
    """A message, event or contact, which only `$expand` shows (contract §1.4)."""

    odata_type: Literal["#Microsoft.OutlookServices.ItemAttachment"] = Field(alias="@odata.type")
    item_context: str | None = Field(None, alias="Item@odata.context")
    item: dict[str, object] | None = None


class ReferenceAttachment(_AnyAttachment, edm=REFERENCE_ATTACHMENT, never_null=("SourceUrl",)):
    """A link to a file or a folder (Outlook Task REST, "Add a reference attachment")."""

    odata_type: Literal["#Microsoft.OutlookServices.ReferenceAttachment"] = Field(
        alias="@odata.type"
    )


class Attachment(RootModel[FileAttachment | ItemAttachment | ReferenceAttachment]):
    """An attachment of any kind."""


class User(_Entity, edm=USER):
    """The user whose mailbox it is."""

    odata_context: str = Field(alias="@odata.context")
    odata_id: str = Field(alias="@odata.id")


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
