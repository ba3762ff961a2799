"""The entity model of Microsoft.OutlookServices, as far as tasks go.

Owns the names of types, properties and enumeration members as the documents spell them, which of
them can be written and filtered (docs/reference/outlook.md §1), and the columns behind them.
"""

from __future__ import annotations

from dataclasses import replace

from afterlook.mailbox.recurrence import DayOfWeek, PatternType, RangeType, WeekIndex
from afterlook.odata.edm import (
    BINARY,
    BOOLEAN,
    DATE,
    DATE_TIME_OFFSET,
    GUID,
    INT32,
    MOMENT,
    STRING,
    EdmType,
    EntityType,
    EnumType,
    Navigation,
    Property,
    StructuredType,
    collection_of,
)
from afterlook.odata.path import Vocabulary

NAMESPACE = "Microsoft.OutlookServices"

WELL_KNOWN_FOLDER = "tasks"
"""The default folder's name, which is an id too (Outlook Task REST, "URL parameters")."""


def _enumeration(name: str, members: str) -> EnumType:
    return EnumType(f"{NAMESPACE}.{name}", members=tuple(members.split()))


IMPORTANCE = _enumeration("Importance", "Low Normal High")
SENSITIVITY = _enumeration("Sensitivity", "Normal Personal Private Confidential")
STATUS = _enumeration("TaskStatus", "NotStarted InProgress Completed WaitingOnOthers Deferred")
BODY_TYPE = _enumeration("BodyType", "Text HTML")
DAY_OF_WEEK = _enumeration("DayOfWeek", " ".join(DayOfWeek.__members__))
WEEK_INDEX = _enumeration("WeekIndex", " ".join(WeekIndex.__members__))
PATTERN_TYPE = _enumeration("RecurrencePatternType", " ".join(PatternType.__members__))
RANGE_TYPE = _enumeration("RecurrenceRangeType", " ".join(RangeType.__members__))
PROVIDER_TYPE = _enumeration(
    "ReferenceAttachmentProvider", "Other OneDriveBusiness OneDriveConsumer Dropbox"
)
PERMISSION = _enumeration(
    "ReferenceAttachmentPermission",
    "Other View Edit AnonymousView AnonymousEdit OrganizationView OrganizationEdit",
)
ENUMERATIONS = (
    IMPORTANCE,
    SENSITIVITY,
    STATUS,
    BODY_TYPE,
    DAY_OF_WEEK,
    WEEK_INDEX,
    PATTERN_TYPE,
    RANGE_TYPE,
    PROVIDER_TYPE,
    PERMISSION,
)


def _complex(name: str, *properties: Property) -> StructuredType:
    return StructuredType(f"{NAMESPACE}.{name}", properties=properties)


DATE_TIME_TIME_ZONE = _complex(
    "DateTimeTimeZone",
    Property("DateTime", STRING),
    Property("TimeZone", STRING, nullable=True),
)
ITEM_BODY = _complex(
    "ItemBody", Property("ContentType", BODY_TYPE), Property("Content", STRING, nullable=True)
)
RECURRENCE_PATTERN = _complex(
    "RecurrencePattern",
    Property("Type", PATTERN_TYPE),
    Property("Interval", INT32),
    Property("Month", INT32),
    Property("DayOfMonth", INT32),
    Property("DaysOfWeek", collection_of(DAY_OF_WEEK)),
    Property("FirstDayOfWeek", DAY_OF_WEEK),
    Property("Index", WEEK_INDEX),
)
RECURRENCE_RANGE = _complex(
    "RecurrenceRange",
    Property("Type", RANGE_TYPE),
    Property("StartDate", DATE),
    Property("EndDate", DATE),
    Property("RecurrenceTimeZone", STRING, nullable=True),
    Property("NumberOfOccurrences", INT32),
)
PATTERNED_RECURRENCE = _complex(
    "PatternedRecurrence",
    Property("Pattern", RECURRENCE_PATTERN, nullable=True),
    Property("Range", RECURRENCE_RANGE, nullable=True),
)
COMPLEX_TYPES = (
    DATE_TIME_TIME_ZONE,
    ITEM_BODY,
    RECURRENCE_PATTERN,
    RECURRENCE_RANGE,
    PATTERNED_RECURRENCE,
)


def _date(name: str, column: str, *, filterable: bool = True) -> Property:
    """Return a property that is a DateTimeTimeZone, kept as one instant."""
    return Property(
        name,
        DATE_TIME_TIME_ZONE,
        column=column,
        nullable=True,
        filterable=filterable,
        writable=True,
        parts=(
            Property("DateTime", MOMENT, column=column, nullable=True, filterable=filterable),
            Property("TimeZone", STRING, nullable=True),
        ),
    )


_BODY = Property(
    "Body",
    ITEM_BODY,
    nullable=True,
    writable=True,
    parts=(
        Property("ContentType", BODY_TYPE, column="body_type"),
        Property("Content", STRING, column="body", nullable=True),
    ),
)

ENTITY = EntityType(
    f"{NAMESPACE}.Entity",
    properties=(Property("Id", STRING, column="id"),),
    key="Id",
    abstract=True,
)

ITEM = EntityType(
    f"{NAMESPACE}.Item",
    properties=(
        *ENTITY.properties,
        Property("CreatedDateTime", DATE_TIME_OFFSET, column="created", filterable=True),
        Property("LastModifiedDateTime", DATE_TIME_OFFSET, column="modified", filterable=True),
        Property("ChangeKey", STRING, column="change"),
        Property(
            "Categories", collection_of(STRING), column="categories", filterable=True, writable=True
        ),
    ),
    base=ENTITY,
    abstract=True,
)

PROPERTY_ID = EdmType("Edm.String", stored="property-id")
"""The name of an extended property, kept in its one spelling."""

SINGLE_VALUE = EntityType(
    f"{NAMESPACE}.SingleValueLegacyExtendedProperty",
    properties=(
        Property("PropertyId", PROPERTY_ID, column="PropertyId", filterable=True, writable=True),
        Property("Value", STRING, column="Value", filterable=True, writable=True),
    ),
    key="PropertyId",
)
MULTI_VALUE = EntityType(
    f"{NAMESPACE}.MultiValueLegacyExtendedProperty",
    properties=(
        Property("PropertyId", PROPERTY_ID, column="PropertyId", filterable=True, writable=True),
        Property("Value", collection_of(STRING), column="Value", writable=True),
    ),
    key="PropertyId",
)
_EXTENDED = (
    Navigation(
        "SingleValueExtendedProperties", SINGLE_VALUE.name, item=SINGLE_VALUE, column="extended"
    ),
    Navigation("MultiValueExtendedProperties", MULTI_VALUE.name),
)

ATTACHMENT = EntityType(
    f"{NAMESPACE}.Attachment",
    properties=(
        *ENTITY.properties,
        Property("LastModifiedDateTime", DATE_TIME_OFFSET, column="modified", filterable=True),
        Property("Name", STRING, column="name", filterable=True, writable=True),
        Property("ContentType", STRING, column="content_type", nullable=True, writable=True),
        Property("Size", INT32, column="size"),
        Property("IsInline", BOOLEAN, column="is_inline", filterable=True, writable=True),
    ),
    base=ENTITY,
    abstract=True,
)
FILE_ATTACHMENT = EntityType(
    f"{NAMESPACE}.FileAttachment",
    properties=(
        *ATTACHMENT.properties,
        Property("ContentId", STRING, column="content_id", nullable=True, writable=True),
        Property("ContentLocation", STRING, nullable=True, writable=True),
        Property("ContentBytes", BINARY, nullable=True, writable=True),
    ),
    base=ATTACHMENT,
)
ITEM_ATTACHMENT = EntityType(
    f"{NAMESPACE}.ItemAttachment",
    properties=ATTACHMENT.properties,
    navigations=(Navigation("Item", ITEM.name, many=False),),
    base=ATTACHMENT,
)
REFERENCE_ATTACHMENT = EntityType(
    f"{NAMESPACE}.ReferenceAttachment",
    properties=(
        *ATTACHMENT.properties,
        Property("SourceUrl", STRING, nullable=True, writable=True),
        Property(
            "ProviderType", PROVIDER_TYPE, column="provider_type", filterable=True, writable=True
        ),
        Property("ThumbnailUrl", STRING, nullable=True, writable=True),
        Property("PreviewUrl", STRING, nullable=True, writable=True),
        Property("Permission", PERMISSION, column="permission", writable=True),
        Property("IsFolder", BOOLEAN, column="is_folder", writable=True),
    ),
    base=ATTACHMENT,
)
ATTACHMENTS = (FILE_ATTACHMENT, ITEM_ATTACHMENT, REFERENCE_ATTACHMENT)
"""The kinds of attachment, in the order of `mailbox.attachments.AttachmentKind`."""

ANY_ATTACHMENT = EntityType(
    ATTACHMENT.name,
    properties=(
        *ATTACHMENT.properties,
        *(
            replace(part, nullable=True)
            for kind in ATTACHMENTS
            for part in kind.properties[len(ATTACHMENT.properties) :]
        ),
    ),
    base=ENTITY,
)
"""What options on a collection of attachments may name: the properties of every kind, null where
another kind has none of the sort."""

TASK = EntityType(
    f"{NAMESPACE}.Task",
    properties=(
        *ITEM.properties,
        Property("AssignedTo", STRING, column="assigned_to", nullable=True, filterable=True),
        _BODY,
        _date("CompletedDateTime", "completed"),
        _date("DueDateTime", "due"),
        Property("HasAttachments", BOOLEAN, column="has_attachments", filterable=True),
        Property("Importance", IMPORTANCE, column="importance", filterable=True, writable=True),
        Property("IsReminderOn", BOOLEAN, column="is_reminder_on", writable=True),
        # One mailbox has one owner, so that any order is sorted by it already.
        Property("Owner", STRING, column="id", filterable=True),
        Property("ParentFolderId", STRING, column="folder_id"),
        Property("Recurrence", PATTERNED_RECURRENCE, nullable=True, writable=True),
        _date("ReminderDateTime", "reminder", filterable=False),
        Property("Sensitivity", SENSITIVITY, column="sensitivity", filterable=True, writable=True),
        _date("StartDateTime", "start"),
        Property("Status", STATUS, column="status", filterable=True, writable=True),
        Property(
            "Subject", STRING, column="subject", nullable=True, filterable=True, writable=True
        ),
    ),
    navigations=(Navigation("Attachments", ATTACHMENT.name), *_EXTENDED),
    base=ITEM,
)

TASK_FOLDER = EntityType(
    f"{NAMESPACE}.TaskFolder",
    properties=(
        *ENTITY.properties,
        Property("ChangeKey", STRING, column="change"),
        Property("IsDefaultFolder", BOOLEAN, column="is_default", filterable=True),
        Property("Name", STRING, column="name", filterable=True, writable=True),
        Property("ParentGroupKey", GUID, column="parent_group_key"),
    ),
    navigations=(Navigation("Tasks", TASK.name), *_EXTENDED),
    base=ENTITY,
)

TASK_GROUP = EntityType(
    f"{NAMESPACE}.TaskGroup",
    properties=(
        *ENTITY.properties,
        Property("ChangeKey", STRING, column="change"),
        Property("IsDefaultGroup", BOOLEAN, column="is_default", filterable=True),
        Property("Name", STRING, column="name", filterable=True, writable=True),
        Property("GroupKey", GUID, column="group_key"),
    ),
    navigations=(Navigation("TaskFolders", TASK_FOLDER.name),),
    base=ENTITY,
)

VOCABULARY = Vocabulary(
    entity_sets=frozenset({"users", "tasks", "taskfolders", "taskgroups", "attachments"}),
    words={
        "me": "me",
        "complete": "complete",
        "$count": "$count",
        f"{NAMESPACE.lower()}.complete": "complete",
        "complete()": "complete",
        f"{NAMESPACE.lower()}.complete()": "complete",
    }
    | {"$value": "$value", "$metadata": "$metadata", "$batch": "$batch"}
    | {
        part.name.lower(): part.name
        for owner in (*COMPLEX_TYPES, TASK, TASK_FOLDER, TASK_GROUP)
        for part in owner
    },
)
