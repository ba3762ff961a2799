"""What becomes of each property of the Outlook Task API in Graph To Do.

Owns one half of the table of docs/reference/graph.md §13; `requests` and `options` have the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from afterlook.migration.verdicts import Verdict

_KEPT, _CHANGED, _NEAREST, _LOST = Verdict.KEPT, Verdict.CHANGED, Verdict.NEAREST, Verdict.LOST


class Property(NamedTuple):
    """A property, and what it becomes; `standing` is that of docs/reference/graph.md.

    `losses` are the keys by which `losses` looks for it in mailboxes.
    """

    entity: str
    name: str
    to: str
    verdict: Verdict
    standing: str
    note: str = ""
    losses: tuple[str, ...] = ()


PROPERTIES = (
    Property(
        *("Task", "Id", "id", _CHANGED, "D, I"),
        "treat it as another id: the service promises nothing across the two, and it changes again "
        "when a task gets into another list",
    ),
    Property(
        *("Task", "ChangeKey", "@odata.etag", _CHANGED, "I"),
        "only as the entity tag; nothing shows that To Do looks at If-Match",
    ),
    Property(
        *("Task", "Subject", "title", _KEPT, "D"),
        "a task without one needs a title first",
        ("untitled",),
    ),
    Property(
        *("Task", "Body", "body", _CHANGED, "S"),
        "text alone comes back: the markup of HTML is lost",
        ("html",),
    ),
    Property("Task", "Status", "status", _KEPT, "D", "in camelCase: notStarted, inProgress …"),
    Property("Task", "Importance", "importance", _KEPT, "D", "in camelCase: low, normal, high"),
    Property("Task", "Categories", "categories", _KEPT, "D"),
    Property(
        *("Task", "StartDateTime", "startDateTime", _CHANGED, "D, I"),
        "as DueDateTime",
        ("zones",),
    ),
    Property(
        *("Task", "DueDateTime", "dueDateTime", _CHANGED, "D, S"),
        "midnight of its day, told in UTC; the zone it was written in is lost",
        ("zones",),
    ),
    Property(
        *("Task", "CompletedDateTime", "completedDateTime", _CHANGED, "D, S"),
        "midnight, which is on the day before for whoever reads it as UTC west of Greenwich",
    ),
    Property(
        *("Task", "ReminderDateTime", "reminderDateTime", _CHANGED, "D, S"),
        "keeps its time, told in UTC; the zone is lost",
        ("zones",),
    ),
    Property(
        *("Task", "IsReminderOn", "isReminderOn", _KEPT, "D"),
        "a reminder alone does not set it",
    ),
    Property(
        *("Task", "Recurrence", "recurrence", _CHANGED, "D, S"),
        "needs a dueDateTime; a range with dates was refused in PATCH",
        ("dateless",),
    ),
    Property(
        *("Task", "CreatedDateTime", "createdDateTime", _CHANGED, "D, I"),
        "the day of the move, for what is sent is ignored; always in UTC",
    ),
    Property(
        *("Task", "LastModifiedDateTime", "lastModifiedDateTime", _CHANGED, "D, I"),
        "as CreatedDateTime",
    ),
    Property(*("Task", "HasAttachments", "hasAttachments", _CHANGED, "D, I"), "counts files alone"),
    Property(
        *("Task", "ParentFolderId", "", _LOST, "D"),
        "the list is in the address; keep it beside the task",
    ),
    Property("Task", "AssignedTo", "", _LOST, "D", "", ("assigned",)),
    Property("Task", "Owner", "", _LOST, "D", "it was the mailbox's user, of each task"),
    Property("Task", "Sensitivity", "", _LOST, "D", "", ("sensitivity",)),
    Property(
        *("Task", "SingleValueExtendedProperties", "extensions", _NEAREST, "D, I"),
        "nearest: an open extension of the task, which nothing in Outlook reads",
        ("extended",),
    ),
    Property(
        *("Task", "MultiValueExtendedProperties", "extensions", _NEAREST, "D, I"),
        "nearest: an array in an open extension",
        ("extended",),
    ),
    Property(
        *("FileAttachment", "Name, ContentType, ContentBytes", "taskFileAttachment", _CHANGED, "D"),
        "below 3 MB in one request, to 25 MB by an upload session, no more",
        ("large", "too_large"),
    ),
    Property(
        *("FileAttachment", "IsInline, ContentId, ContentLocation", "", _LOST, "D"),
        "so a picture within an HTML body is a file beside it",
        ("inline",),
    ),
    Property("ItemAttachment", "all", "", _LOST, "D", "", ("items",)),
    Property(
        *("ReferenceAttachment", "SourceUrl, Name", "linkedResource.webUrl", _NEAREST, "D, I"),
        "nearest: a linked resource, one for each POST of a task",
        ("references",),
    ),
    Property(
        *("ReferenceAttachment", "ProviderType, Permission, IsFolder", "", _LOST, "D"),
        "",
        ("references",),
    ),
    Property("TaskFolder", "Id", "id", _CHANGED, "D, I", "as Task.Id"),
    Property("TaskFolder", "Name", "displayName", _KEPT, "D", "need not be unique any more"),
    Property(
        *("TaskFolder", "IsDefaultFolder", "wellknownListName", _KEPT, "I"),
        "defaultList, else none",
    ),
    Property("TaskFolder", "ChangeKey", "@odata.etag", _CHANGED, "I", "as Task.ChangeKey"),
    Property(
        *("TaskFolder", "ParentGroupKey", "", _LOST, "D"),
        "the lists of all groups lie flat",
        ("grouped",),
    ),
    Property(
        *("TaskFolder", "extended properties", "extensions", _NEAREST, "D, I"),
        "nearest: an open extension of the list",
        ("folder_extended",),
    ),
    Property(
        *("TaskGroup", "all", "", _LOST, "D"),
        "there are no groups of lists",
        ("other_groups",),
    ),
)

LOST_MEMBERS: Mapping[str, Property] = {
    row.name.lower(): row
    for row in PROPERTIES
    if row.entity in ("Task", "TaskFolder") and row.verdict in (_LOST, _NEAREST)
}
"""What a body of a client may hold that is lost, by its name in small letters."""
