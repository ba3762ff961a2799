"""The mapping between the faces, as the reference tells it: docs/reference/graph.md §13.

Written from the document, not from the tables of the product: each can prove the other wrong.
"""

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

Json = dict[str, Any]

ENUMERATED = {
    *("Status", "Importance", "Sensitivity", "ContentType"),
    *("Type", "FirstDayOfWeek", "Index", "DaysOfWeek"),
}
"""Properties whose values are members of an enumeration, and so begin with a small letter."""

SAME = (
    *("Importance", "IsReminderOn", "Status", "CreatedDateTime", "LastModifiedDateTime"),
    *("Categories", "Id", "CompletedDateTime", "DueDateTime", "StartDateTime"),
    *("ReminderDateTime", "Recurrence"),
)
"""What To Do has under the same name."""

LOST = (
    *("ChangeKey", "ParentFolderId", "AssignedTo", "Owner", "Sensitivity"),
    *("HasAttachments", "Subject", "Body"),
)
"""What it has not, or has under another name, or shows otherwise."""


def camel(name: str) -> str:
    """Return a name or a member of an enumeration as Graph spells it."""
    return name.lower() if name.isupper() else name[:1].lower() + name[1:]


def to_beta(value: Any, name: str = "") -> Any:
    """Return what the Outlook wire has, as `/beta/me/outlook` spells it."""
    if isinstance(value, dict):
        return {camel(key): to_beta(each, key) for key, each in _own(value).items()}
    if isinstance(value, list):
        return [to_beta(each, name) for each in value]
    return camel(value) if name in ENUMERATED and isinstance(value, str) else value


def to_todo(task: Json, *, has_files: bool = False) -> Json:
    """Return a task of the Outlook wire as To Do shows it, but for its parts: no nulls."""
    known = {*SAME, *LOST}
    assert set(_own(task)) == known, "the mapping says nothing of a property"
    shown = {"@odata.etag": f'W/"{task["ChangeKey"]}"', "hasAttachments": has_files}
    shown |= {camel(name): to_beta(task[name], name) for name in SAME}
    body = task["Body"]
    content = text_of(body["Content"]) if body["ContentType"] == "HTML" else body["Content"]
    shown |= {"title": task["Subject"], "body": {"content": content, "contentType": "text"}}
    return {name: value for name, value in shown.items() if value is not None}


def to_list(folder: Json) -> Json:
    """Return a folder of the Outlook wire as a list of To Do."""
    return {
        "@odata.etag": f'W/"{folder["ChangeKey"]}"',
        "displayName": folder["Name"],
        "isOwner": True,
        "isShared": False,
        "wellknownListName": "defaultList" if folder["IsDefaultFolder"] else "none",
        "id": folder["Id"],
    }


def to_listed(task: Json, day: Callable[[str], date | None]) -> Json:
    """Return a task as My Tasks shows it once Exchange sync has been; `day` tells a date's day."""
    shown = to_todo(task)
    dates = {name: day(f"{name}Time") for name in ("StartDate", "DueDate")}
    return {
        "Name": task["Subject"] if (task["Subject"] or "").strip() else "(No subject)",
        "Description": shown["body"]["content"] or None,
        "IsCompleted": task["Status"] == "Completed",
        "PinAge": int(task["Importance"] == "High"),
        **{name: _csom(each) for name, each in dates.items()},
    }


def text_of(html: str) -> str:
    """Return the text of the simple HTML that these tests write: paragraphs, and bold."""
    return unescape(re.sub(r"<[^>]*>", "", html.replace("</p><p>", "\n")))


def own(entity: Json) -> Json:
    """Leave off what says how an entity was asked for, and what hangs on it."""
    return {
        name: value
        for name, value in entity.items()
        if name == "@odata.etag" or ("@" not in name and name not in PARTS)
    }


LISTED = ("Name", "Description", "IsCompleted", "PinAge", "StartDate", "DueDate")
"""What My Tasks can hold of a task."""

PARTS = ("checklistItems", "linkedResources", "extensions")


def _own(entity: Json) -> Json:
    return {name: value for name, value in entity.items() if "@" not in name}


def _csom(day: date | None) -> str:
    """Write a day as CSOM does, where months count from 0."""
    shown = day or date(1, 1, 1)
    return f"/Date({shown.year},{shown.month - 1},{shown.day},0,0,0,0)/"
