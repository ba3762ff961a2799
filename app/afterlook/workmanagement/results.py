"""What use cases on the tasks of the list return.

Owns the failures: they are values, for a client reads them beside what succeeded.
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.tasks import decode_attributes


class WriteError(IntEnum):
    """Why a task was not written ([MS-WMCSOM] 3.1.5.47)."""

    NO_VALUE = 0
    TASK_NOT_FOUND = 1
    INVALID_INPUT = 2
    TASK_DELETED = 3
    FIELD_CONFLICT = 4
    VALIDATION = 5
    LOCATION_INVALID = 6
    UNKNOWN = 7
    DUE_DATE_INVALID = 8
    START_DATE_INVALID = 9
    DESCRIPTION_INVALID = 10
    IS_COMPLETED_INVALID = 11
    TITLE_INVALID = 12
    EDIT_URL_INVALID = 13
    ACCESS_DENIED = 14
    PROMOTE_TARGET_TASK_NOT_PERSONAL = 15
    PROMOTION_FAILED_IN_PROVIDER = 16

    @property
    def message(self) -> str | None:
        """The text for the user."""
        return _MESSAGES.get(self)


class PinAge(IntEnum):
    """For how long a task has been pinned ([MS-WMCSOM] 3.1.5.21)."""

    NO_VALUE = 0
    FRESH = 1
    STALE = 2


class TaskWithPinAge(NamedTuple):
    """A task, and for how long it has been pinned."""

    row: WorkTaskRow
    pin_age: PinAge

    @property
    def attributes(self) -> list[str]:
        """Its custom attributes."""
        return decode_attributes(self.row.attributes)

    @property
    def edit_url(self) -> str:
        """Where it is edited."""
        return edit_url(self.row)


class WriteResult(NamedTuple):
    """The result of a write: the task as it is now, if there still is one."""

    error: WriteError = WriteError.NO_VALUE
    task: TaskWithPinAge | None = None


class WriteRejected(Exception):
    """A value cannot be written. It does not leave this package."""

    def __init__(self, error: WriteError) -> None:
        super().__init__(error)
        self.error = error


def edit_url(task: WorkTaskRow) -> str:
    """Return where a task is edited: on a page of this web, unless it says otherwise."""
    return task.edit_url or f"EditTask.aspx?taskId={task.id}"


_MESSAGES = {
    WriteError.TASK_NOT_FOUND: "The task could not be found.",
    WriteError.INVALID_INPUT: "The value is not valid.",
    WriteError.TASK_DELETED: "The task has been deleted.",
    WriteError.FIELD_CONFLICT: "The task was changed by somebody else.",
    WriteError.VALIDATION: "The task cannot hold that much.",
    WriteError.LOCATION_INVALID: "The project does not exist.",
    WriteError.UNKNOWN: "An unknown error occurred.",
    WriteError.DUE_DATE_INVALID: "The due date is not a valid date.",
    WriteError.START_DATE_INVALID: "The start date is not a valid date.",
    WriteError.DESCRIPTION_INVALID: "The description is too long.",
    WriteError.IS_COMPLETED_INVALID: "Whether the task is completed must be 1 or 0.",
    WriteError.TITLE_INVALID: "The task needs a name of at most 255 characters.",
    WriteError.EDIT_URL_INVALID: "The address to edit the task at is not valid.",
    WriteError.ACCESS_DENIED: "You do not have permission to change the task.",
    WriteError.PROMOTE_TARGET_TASK_NOT_PERSONAL: "The task is no personal task.",
    WriteError.PROMOTION_FAILED_IN_PROVIDER: "The task could not be created in the project.",
}
