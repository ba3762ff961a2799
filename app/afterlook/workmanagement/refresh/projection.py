"""How a task of a provider's looks on the user's list.

Owns which of its fields are written there, and the custom data that clients get by provider
(docs/reference/csom.md §4.4).
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
from afterlook.workmanagement.providers.lists import ME, folder_url, list_url, web_name, web_path
from afterlook.workmanagement.providers.progress import is_complete
from afterlook.workmanagement.records import truncate_to_second


class ProviderFields(TypedDict):
    """The columns of a task on the user's list that are written from its provider's."""

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


def provider_fields(provider_list: ProviderListRow, item: ProviderItemRow) -> ProviderFields:
    """Return the columns of a task that come from its provider."""
    is_project = provider_list.provider == Provider.PROJECT_SERVER
    return ProviderFields(
        name=item.title,
        description=item.body,
        start=item.start,
        due=item.due,
        is_completed=is_complete(item),
        edit_url=_project_url(provider_list, item)
        if is_project
        else _item_url(provider_list, item),
        is_read_only=item.is_workflow,
        custom_data=_project_data(provider_list, item)
        if is_project
        else _item_data(provider_list, item),
    )


def apply_provider_fields(
    task: WorkTaskRow, provider_list: ProviderListRow, item: ProviderItemRow
) -> WorkTaskRow:
    """Return a task as its provider has it now; what is the user's own of it stays."""
    # A pin may be later than what the provider has written.
    modified = Instant(max(task.modified, truncate_to_second(item.modified)))
    return task._replace(modified=modified, **provider_fields(provider_list, item))


def _item_url(provider_list: ProviderListRow, item: ProviderItemRow) -> str:
    return f"{folder_url(provider_list)}/EditForm.aspx?ID={item.id}"


def _project_url(provider_list: ProviderListRow, item: ProviderItemRow) -> str:
    return (
        f"{web_path(provider_list.web)}/TaskDetails.aspx?proj={provider_list.guid}&assn={item.guid}"
    )


def _item_data(provider_list: ProviderListRow, item: ProviderItemRow) -> str:
    return _json(
        {
            "webPath": web_path(provider_list.web) or "/",
            "webName": web_name(provider_list.web),
            "listViewPath": list_url(provider_list),
            "listName": provider_list.title,
            "id": item.id,
            "isWorkflowTask": item.is_workflow,
        }
    )


def _project_data(provider_list: ProviderListRow, item: ProviderItemRow) -> str:
    data = {
        "pwaUrl": web_path(provider_list.web),
        "assnUid": item.guid,
        # An assignment is of a task: here the only one.
        "taskUid": str(uuid5(UUID(item.guid), "task")),
    }
    return _json({"isProjectServerTask": True, "taskData": data})


def _json(data: dict[str, object]) -> str:
    return orjson.dumps(data).decode()
