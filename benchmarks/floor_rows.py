"""The floor's rows: drawn as JSON, and written from it.

Owns ids, etags, dates and the members of a task, as plainly and quickly as they can be had. Must
not know HTTP, nor anything of Afterlook.
"""

from __future__ import annotations

from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
from tzlocal.windows_tz import win_tz

Row = tuple[Any, ...]
Values = dict[str, Any]

COLUMNS = (
    *("id", "folder_id", "change", "created", "modified", "subject", "body_type", "body"),
    *("categories", "assigned_to", "completed", "due", "start", "reminder", "is_reminder_on"),
    *("has_attachments", "importance", "sensitivity", "status", "recurrence"),
)

_SECOND = 10_000_000
_DAY = 86_400 * _SECOND
_BODY_TYPE = ("Text", "HTML")
_IMPORTANCE = ("Low", "Normal", "High")
_SENSITIVITY = ("Normal", "Personal", "Private", "Confidential")
_STATUS = ("NotStarted", "InProgress", "Completed", "WaitingOnOthers", "Deferred")


class Drawing:
    """Draws the tasks of one mailbox, all of them in one folder."""

    def __init__(self, guid: str, replica: str, user: str, owner: str, folder: int) -> None:
        head = b"\x00\x03\x24\x00" + guid.encode()
        self._replica = UUID(replica).bytes
        provider = b"\0\0\0\0latookAf\x94erlook\0"
        place = b"\0" + self._replica + folder.to_bytes(6, "big") + b"\0\0"
        item = head + b"\0\x46\0" + provider + b"\x07" + place + self._replica
        self._item_head = urlsafe_b64encode(item).decode()
        self._folder = urlsafe_b64encode(head + b"\0\x2e\0" + provider + b"\x01" + place).decode()
        self._user = user
        self._owner = owner

    def read_id(self, text: str) -> int | None:
        """Read the number out of an id, or nothing if it is no id of this mailbox."""
        head, tail = text[:-12], urlsafe_b64decode(text[-12:])
        if head != self._item_head or len(tail) != 8:
            return None
        return int.from_bytes(tail[:6], "big")

    def etag(self, change: int) -> str:
        """Write the entity tag of a state."""
        return f'W/"{b64encode(self._replica + change.to_bytes(6, "big")).decode()}"'

    def task(self, row: Row, root: str) -> Values:
        """Draw a task."""
        # fmt: off
        (
            task, _, change, created, modified, subject, body_type, body, categories,
            assigned_to, completed, due, start, reminder, is_reminder_on, has_attachments,
            importance, sensitivity, status, recurrence,
        ) = row
        # fmt: on
        tail = urlsafe_b64encode(task.to_bytes(6, "big") + b"\0\0")
        task_id = self._item_head + tail.decode()
        etag = self.etag(change)
        return {
            "@odata.id": f"{root}/Users('{self._user}')/Tasks('{task_id}')",
            "@odata.etag": etag,
            "Id": task_id,
            "CreatedDateTime": _stamp(created),
            "LastModifiedDateTime": _stamp(modified),
            "ChangeKey": etag[3:-1],
            "Categories": orjson.Fragment(categories) if categories else [],
            "AssignedTo": assigned_to,
            "Body": {"ContentType": _BODY_TYPE[body_type], "Content": body},
            "CompletedDateTime": _date(completed),
            "DueDateTime": _date(due),
            "HasAttachments": bool(has_attachments),
            "Importance": _IMPORTANCE[importance],
            "IsReminderOn": bool(is_reminder_on),
            "Owner": self._owner,
            "ParentFolderId": self._folder,
            "Recurrence": orjson.Fragment(recurrence) if recurrence else None,
            "ReminderDateTime": _date(reminder),
            "Sensitivity": _SENSITIVITY[sensitivity],
            "StartDateTime": _date(start),
            "Status": _STATUS[status],
            "Subject": subject,
        }


def read_values(body: Values) -> Values:
    """Read what the measured bodies say; anything else is a `ValueError`."""
    values: Values = {}
    for name, value in body.items():
        if name == "Subject" and isinstance(value, str):
            values["subject"] = value
        elif name == "Body":
            values["body_type"] = _BODY_TYPE.index(value["ContentType"])
            values["body"] = value["Content"]
        elif name == "Importance":
            values["importance"] = _IMPORTANCE.index(value)
        elif name == "DueDateTime":
            values["due"] = _midnight(value)
        elif name == "StartDateTime":
            values["start"] = _midnight(value)
        else:
            raise ValueError(name)
    return values


def _midnight(given: Values) -> int:
    day = date.fromisoformat(given["DateTime"].partition("T")[0])
    zone = ZoneInfo(win_tz[given["TimeZone"]])
    offset = datetime(day.year, day.month, day.day, tzinfo=zone).utcoffset()
    assert offset is not None
    return (day.toordinal() - 1) * _DAY - (offset.days * 86_400 + offset.seconds) * _SECOND


def _date(ticks: int | None) -> Values | None:
    if ticks is None:
        return None
    return {"DateTime": f"{_seconds(ticks)}.{ticks % _SECOND:07}", "TimeZone": "UTC"}


def _stamp(ticks: int) -> str:
    fraction = ticks % _SECOND
    digits = f".{fraction:07}".rstrip("0") if fraction else ""
    return f"{_seconds(ticks)}{digits}Z"


def _seconds(ticks: int) -> str:
    days, rest = divmod(ticks, _DAY)
    day = date.fromordinal(days + 1).isoformat()
    if not rest:
        return f"{day}T00:00:00"
    minutes, seconds = divmod(rest // _SECOND, 60)
    return f"{day}T{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
