"""The entity model of Microsoft.OutlookServices, as far as tasks go.

Owns the names of types, properties and enumeration members as the documents spell them. Must not
know a request.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from afterlook.errors import InvalidUrlQuery, PropertyNotFound
from afterlook.odata.options import OrderKey
from afterlook.odata.path import Vocabulary

VOCABULARY = Vocabulary(
    entity_sets=frozenset({"users", "tasks", "taskfolders", "taskgroups"}),
    words={"me": "me", "complete": "complete", "microsoft.outlookservices.complete": "complete"},
)

IMPORTANCE = ("Low", "Normal", "High")
SENSITIVITY = ("Normal", "Personal", "Private", "Confidential")
STATUS = ("NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred")
BODY_TYPE = ("Text", "HTML")

WELL_KNOWN_FOLDER = "tasks"
"""The default folder's name, which is an id too (Outlook Task REST, "URL parameters")."""


@dataclass(frozen=True)
class EntityType:
    """An entity type: its properties in the order of the samples, and what sorts it.

    `sortable` maps a property path to the column behind it; a path of several spellings stands
    there once for each.
    """

    name: str
    properties: tuple[str, ...]
    sortable: Mapping[str, str]
    read_only: frozenset[str]
    _by_lower: dict[str, str] = field(init=False, default_factory=dict)
    _columns: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Index the names without case."""
        self._by_lower.update({name.lower(): name for name in self.properties})
        self._columns.update({path.lower(): column for path, column in self.sortable.items()})

    def selected(self, names: tuple[str, ...]) -> tuple[str, ...]:
        """Return the properties that `$select` names; `*` is all. Raises `PropertyNotFound`."""
        if "*" in names:
            return ()
        chosen: dict[str, None] = {}
        for name in names:
            known = self._by_lower.get(name.lower())
            if known is None:
                raise PropertyNotFound(name=name, type=self.name)
            chosen[known] = None
        return tuple(chosen)

    def order(self, keys: tuple[OrderKey, ...]) -> tuple[tuple[str, bool], ...]:
        """Return the columns to sort by. Raises `PropertyNotFound`, `InvalidUrlQuery`."""
        order: dict[str, bool] = {}
        for path, descending in keys:
            column = self._columns.get(path.lower())
            if column is None:
                if path.lower().partition("/")[0] in self._by_lower:
                    raise InvalidUrlQuery(option="$orderby")
                raise PropertyNotFound(name=path, type=self.name)
            # A key that comes again decides nothing any more.
            order.setdefault(column, descending)
        return tuple(order.items())


TASK = EntityType(
    name="Task",
    properties=(
        "Id",
        "CreatedDateTime",
        "LastModifiedDateTime",
        "ChangeKey",
        "Categories",
        "AssignedTo",
        "Body",
        "CompletedDateTime",
        "DueDateTime",
        "HasAttachments",
        "Importance",
        "IsReminderOn",
        "Owner",
        "ParentFolderId",
        "Recurrence",
        "ReminderDateTime",
        "Sensitivity",
        "StartDateTime",
        "Status",
        "Subject",
    ),
    sortable={
        "Id": "id",
        "CreatedDateTime": "created",
        "LastModifiedDateTime": "modified",
        "ChangeKey": "change",
        "AssignedTo": "assigned_to",
        "Body/Content": "body",
        "Body/ContentType": "body_type",
        "CompletedDateTime": "completed",
        "CompletedDateTime/DateTime": "completed",
        "DueDateTime": "due",
        "DueDateTime/DateTime": "due",
        "HasAttachments": "has_attachments",
        "Importance": "importance",
        "IsReminderOn": "is_reminder_on",
        # One mailbox has one owner: any order is sorted by it already.
        "Owner": "id",
        "ParentFolderId": "folder_id",
        "ReminderDateTime": "reminder",
        "ReminderDateTime/DateTime": "reminder",
        "Sensitivity": "sensitivity",
        "StartDateTime": "start",
        "StartDateTime/DateTime": "start",
        "Status": "status",
        "Subject": "subject",
    },
    read_only=frozenset(
        {
            "Id",
            "CreatedDateTime",
            "LastModifiedDateTime",
            "ChangeKey",
            "AssignedTo",
            "HasAttachments",
            "Owner",
            "ParentFolderId",
        }
    ),
)

TASK_FOLDER = EntityType(
    name="TaskFolder",
    properties=("Id", "ChangeKey", "IsDefaultFolder", "Name", "ParentGroupKey"),
    sortable={
        "Id": "id",
        "ChangeKey": "change",
        "IsDefaultFolder": "is_default",
        "Name": "name",
        "ParentGroupKey": "parent_group_key",
    },
    read_only=frozenset({"Id", "ChangeKey", "IsDefaultFolder", "ParentGroupKey"}),
)

TASK_GROUP = EntityType(
    name="TaskGroup",
    properties=("Id", "ChangeKey", "IsDefaultGroup", "Name", "GroupKey"),
    sortable={
        "Id": "id",
        "ChangeKey": "change",
        "IsDefaultGroup": "is_default",
        "Name": "name",
        "GroupKey": "group_key",
    },
    read_only=frozenset({"Id", "ChangeKey", "IsDefaultGroup", "GroupKey"}),
)
