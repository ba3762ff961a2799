"""Bodies of task folders and task groups."""

from __future__ import annotations

from afterlook.outlook.bodies.base import InputModel, Name
from afterlook.outlook.bodies.extended_properties import ExtensibleInput


class _New(InputModel):
    name: Name


class _Changes(InputModel):
    name: Name = ""

    def new_name(self) -> str | None:
        """Return the new name, or None where there was no wish for one."""
        return self.name or None


class NewTaskFolder(_New, ExtensibleInput):
    """What POST of a task folder says."""

    edm_type = "TaskFolder"


class TaskFolderChanges(_Changes, ExtensibleInput):
    """What PATCH of a task folder may say."""

    edm_type = "TaskFolder"


class NewTaskGroup(_New):
    """What POST of a task group says."""

    edm_type = "TaskGroup"


class TaskGroupChanges(_Changes):
    """What PATCH of a task group may say."""

    edm_type = "TaskGroup"
