"""The entity model of To Do in `microsoft.graph`: docs/reference/graph.md §3.

Owns names of types, properties and enumeration members, which of them can be written and filtered,
and the columns behind them.
"""

from __future__ import annotations

from afterlook.graph.spelling import to_camel
from afterlook.odata.edm import (
    BINARY,
    BOOLEAN,
    DATE_TIME_OFFSET,
    INT32,
    INT64,
    MOMENT,
    STRING,
    EntityType,
    EnumType,
    Navigation,
    Property,
    StructuredType,
    collection_of,
)
from afterlook.outlook import edm as outlook

NAMESPACE = "microsoft.graph"


def _enumeration(name: str, original: EnumType) -> EnumType:
    members = tuple(map(to_camel, original.members))
    return EnumType(f"{NAMESPACE}.{name}", members=members)


IMPORTANCE = _enumeration("importance", outlook.IMPORTANCE)
STATUS = _enumeration("taskStatus", outlook.STATUS)
BODY_TYPE = EnumType(f"{NAMESPACE}.bodyType", members=("text", "html"))
DAY_OF_WEEK = _enumeration("dayOfWeek", outlook.DAY_OF_WEEK)
WEEK_INDEX = _enumeration("weekIndex", outlook.WEEK_INDEX)
PATTERN_TYPE = _enumeration("recurrencePatternType", outlook.PATTERN_TYPE)
RANGE_TYPE = _enumeration("recurrenceRangeType", outlook.RANGE_TYPE)
WELL_KNOWN_LIST_NAME = EnumType(
    f"{NAMESPACE}.wellknownListName",
    members=("none", "defaultList", "flaggedEmails", "unknownFutureValue"),
)
ATTACHMENT_TYPE = EnumType(f"{NAMESPACE}.attachmentType", members=("file", "item", "reference"))
ENUMERATIONS = (
    IMPORTANCE,
    STATUS,
    BODY_TYPE,
    DAY_OF_WEEK,
    WEEK_INDEX,
    PATTERN_TYPE,
    RANGE_TYPE,
    WELL_KNOWN_LIST_NAME,
    ATTACHMENT_TYPE,
)


def _complex(name: str, *properties: Property) -> StructuredType:
    return StructuredType(f"{NAMESPACE}.{name}", properties=properties)


DATE_TIME_TIME_ZONE = _complex(
    "dateTimeTimeZone", Property("dateTime", STRING), Property("timeZone", STRING, nullable=True)
)
ITEM_BODY = _complex(
    "itemBody",
    Property("content", STRING, nullable=True),
    Property("contentType", BODY_TYPE, nullable=True),
)
_ENUMERATIONS = {
    outlook.PATTERN_TYPE: PATTERN_TYPE,
    outlook.RANGE_TYPE: RANGE_TYPE,
    outlook.WEEK_INDEX: WEEK_INDEX,
    outlook.DAY_OF_WEEK: DAY_OF_WEEK,
    collection_of(outlook.DAY_OF_WEEK): collection_of(DAY_OF_WEEK),
}


def _respell(name: str, original: StructuredType) -> StructuredType:
    return _complex(
        name,
        *(
            Property(to_camel(part.name), _ENUMERATIONS.get(part.type, part.type), nullable=True)
            for part in original
        ),
    )


RECURRENCE_PATTERN = _respell("recurrencePattern", outlook.RECURRENCE_PATTERN)
RECURRENCE_RANGE = _respell("recurrenceRange", outlook.RECURRENCE_RANGE)
PATTERNED_RECURRENCE = _complex(
    "patternedRecurrence",
    Property("pattern", RECURRENCE_PATTERN, nullable=True),
    Property("range", RECURRENCE_RANGE, nullable=True),
)
COMPLEX_TYPES = (
    DATE_TIME_TIME_ZONE,
    ITEM_BODY,
    RECURRENCE_PATTERN,
    RECURRENCE_RANGE,
    PATTERNED_RECURRENCE,
)

ATTACHMENT_INFO = _complex(
    "attachmentInfo",
    Property("attachmentType", ATTACHMENT_TYPE, nullable=True),
    Property("contentType", STRING, nullable=True),
    Property("name", STRING, nullable=True),
    Property("size", INT64, nullable=True),
)
UPLOAD_SESSION = _complex(
    "uploadSession",
    Property("expirationDateTime", DATE_TIME_OFFSET, nullable=True),
    Property("nextExpectedRanges", collection_of(STRING), nullable=True),
    Property("uploadUrl", STRING, nullable=True),
)


def _date(name: str, column: str) -> Property:
    """Return a property that is a dateTimeTimeZone, kept as one instant."""
    return Property(
        name,
        DATE_TIME_TIME_ZONE,
        column=column,
        nullable=True,
        filterable=True,
        writable=True,
        parts=(
            Property("dateTime", MOMENT, column=column, nullable=True, filterable=True),
            Property("timeZone", STRING, nullable=True),
        ),
    )


ENTITY = EntityType(
    f"{NAMESPACE}.entity",
    properties=(Property("id", STRING, column="id"),),
    key="id",
    abstract=True,
)

EXTENSION = EntityType(f"{NAMESPACE}.extension", properties=ENTITY.properties, base=ENTITY)
OPEN_EXTENSION = EntityType(
    f"{NAMESPACE}.openTypeExtension",
    properties=(
        Property("id", STRING, "id", filterable=True),
        Property("extensionName", STRING, "name", filterable=True, writable=True),
    ),
    base=EXTENSION,
)
_EXTENSIONS = Navigation("extensions", EXTENSION.name, item=OPEN_EXTENSION, column="extensions")

_GUID = Property("id", STRING, "guid", filterable=True)
"""The id of what is known by a GUID."""

CHECKLIST_ITEM = EntityType(
    f"{NAMESPACE}.checklistItem",
    properties=(
        Property(
            "displayName", STRING, "display_name", nullable=True, filterable=True, writable=True
        ),
        Property("createdDateTime", DATE_TIME_OFFSET, "created", filterable=True),
        Property("checkedDateTime", DATE_TIME_OFFSET, "checked", nullable=True, filterable=True),
        Property("isChecked", BOOLEAN, "is_checked", filterable=True, writable=True),
        _GUID,
    ),
    base=ENTITY,
)
LINKED_RESOURCE = EntityType(
    f"{NAMESPACE}.linkedResource",
    properties=(
        Property("webUrl", STRING, "web_url", nullable=True, filterable=True, writable=True),
        Property(
            "applicationName",
            STRING,
            "application_name",
            nullable=True,
            filterable=True,
            writable=True,
        ),
        Property(
            "displayName", STRING, "display_name", nullable=True, filterable=True, writable=True
        ),
        Property(
            "externalId", STRING, "external_id", nullable=True, filterable=True, writable=True
        ),
        _GUID,
    ),
    base=ENTITY,
)

ATTACHMENT_BASE = EntityType(
    f"{NAMESPACE}.attachmentBase",
    properties=(
        *ENTITY.properties,
        Property("lastModifiedDateTime", DATE_TIME_OFFSET, "modified", filterable=True),
        Property("name", STRING, "name", filterable=True, writable=True),
        Property("contentType", STRING, "content_type", nullable=True, writable=True),
        Property("size", INT32, "length"),
    ),
    base=ENTITY,
    abstract=True,
)
TASK_FILE_ATTACHMENT = EntityType(
    f"{NAMESPACE}.taskFileAttachment",
    properties=(
        *ATTACHMENT_BASE.properties,
        Property("contentBytes", BINARY, nullable=True, writable=True),
    ),
    base=ATTACHMENT_BASE,
)
ATTACHMENT_SESSION = EntityType(
    f"{NAMESPACE}.attachmentSession",
    properties=(
        *ENTITY.properties,
        Property("expirationDateTime", DATE_TIME_OFFSET),
        Property("nextExpectedRanges", collection_of(STRING)),
    ),
    base=ENTITY,
)

HAS_FILES = "has_files"
"""Where it is kept whether a task has files attached, which here is what attachments are."""

TODO_TASK = EntityType(
    f"{NAMESPACE}.todoTask",
    properties=(
        Property("importance", IMPORTANCE, "importance", filterable=True, writable=True),
        Property("isReminderOn", BOOLEAN, "is_reminder_on", filterable=True, writable=True),
        Property("status", STATUS, "status", filterable=True, writable=True),
        Property("title", STRING, "subject", nullable=True, filterable=True, writable=True),
        Property("createdDateTime", DATE_TIME_OFFSET, "created", filterable=True),
        Property("lastModifiedDateTime", DATE_TIME_OFFSET, "modified", filterable=True),
        Property("hasAttachments", BOOLEAN, HAS_FILES, filterable=True),
        Property("categories", collection_of(STRING), "categories", filterable=True, writable=True),
        *ENTITY.properties,
        Property(
            "body",
            ITEM_BODY,
            nullable=True,
            writable=True,
            parts=(
                Property("content", STRING, nullable=True),
                Property("contentType", BODY_TYPE),
            ),
        ),
        Property("bodyLastModifiedDateTime", DATE_TIME_OFFSET, "modified"),
        _date("completedDateTime", "completed"),
        _date("dueDateTime", "due"),
        _date("startDateTime", "start"),
        _date("reminderDateTime", "reminder"),
        Property("recurrence", PATTERNED_RECURRENCE, nullable=True, writable=True),
    ),
    navigations=(
        Navigation("checklistItems", CHECKLIST_ITEM.name),
        Navigation("linkedResources", LINKED_RESOURCE.name),
        Navigation("attachments", ATTACHMENT_BASE.name),
        Navigation("attachmentSessions", ATTACHMENT_SESSION.name),
        _EXTENSIONS,
    ),
    base=ENTITY,
)
TODO_TASK_LIST = EntityType(
    f"{NAMESPACE}.todoTaskList",
    properties=(
        Property("displayName", STRING, "name", nullable=True, filterable=True, writable=True),
        Property("isOwner", BOOLEAN),
        Property("isShared", BOOLEAN),
        Property("wellknownListName", WELL_KNOWN_LIST_NAME),
        Property("id", STRING, column="id", filterable=True),
    ),
    navigations=(Navigation("tasks", TODO_TASK.name), _EXTENSIONS),
    base=ENTITY,
)
