"""From a task of a provider's to what stands for it on the user's list.

Owns which of its fields are told there, and the data that is a client's by provider (contract
§5.4). Must not know when.
"""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID, uuid5

import orjson

from afterlook.runtime.instants import Instant
from afterlook.store.workmanagement.rows import (
    NaiveTicks,
    ProviderItemRow,
    ProviderListRow,
    WorkTaskRow,
    split_numbers,
)
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.progress import is_complete
from afterlook.workmanagement.records import second
from afterlook.workmanagement.sources import ME, folder_url, list_url, web_name, web_path


class Told(TypedDict):
    """The columns of a task on the user's list that are its provider's to say."""

    name: str
    description: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    is_completed: bool
    edit_url: str
    is_read_only: bool
    custom_data: str


def is_mine(item: ProviderItemRow) -> bool:
    """Tell whether a task belongs on the user's list."""
    return not item.deleted and ME in split_numbers(item.assigned)


def told(source: ProviderListRow, item: ProviderItemRow) -> Told:
    """Return what a provider says of a task."""
    is_project = source.provider == Provider.PROJECT_SERVER
    return Told(
        name=item.title,
        description=item.body,
        start=item.start,
        due=item.due,
        is_completed=is_complete(item),
        edit_url=_project_url(source, item) if is_project else _item_url(source, item),
        is_read_only=item.is_workflow,
        custom_data=_project_data(source, item) if is_project else _item_data(source, item),
    )


def pointed(task: WorkTaskRow, source: ProviderListRow, item: ProviderItemRow) -> WorkTaskRow:
    """Return a task as its provider has it now; what is the user's own of it stays."""
    # A pin may be later than what is told.
    modified = Instant(max(task.modified, second(item.modified)))
    return task._replace(modified=modified, **told(source, item))


def _item_url(source: ProviderListRow, item: ProviderItemRow) -> str:
    return f"{folder_url(source)}/EditForm.aspx?ID={item.id}"


def _project_url(source: ProviderListRow, item: ProviderItemRow) -> str:
    return f"{web_path(source.web)}/TaskDetails.aspx?proj={source.guid}&assn={item.guid}"


def _item_data(source: ProviderListRow, item: ProviderItemRow) -> str:
    return _json(
        {
            "webPath": web_path(source.web) or "/",
            "webName": web_name(source.web),
            "listViewPath": list_url(source),
            "listName": source.title,
            "id": item.id,
            "isWorkflowTask": item.is_workflow,
        }
    )


def _project_data(source: ProviderListRow, item: ProviderItemRow) -> str:
    data = {
        "pwaUrl": web_path(source.web),
        "assnUid": item.guid,
        # An assignment is of a task: here the only one.
        "taskUid": str(uuid5(UUID(item.guid), "task")),
    }
    return _json({"isProjectServerTask": True, "taskData": data})


def _json(data: dict[str, object]) -> str:
    return orjson.dumps(data).decode()
