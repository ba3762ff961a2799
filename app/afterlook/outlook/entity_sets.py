"""The entity sets of this wire: one declaration each, from which reads, pages and syncs follow."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic

from afterlook.outlook import attachment_rendering, render
from afterlook.outlook.edm import TASK, TASK_FOLDER, TASK_GROUP
from afterlook.outlook.render import Entity, EntityRow, View

if TYPE_CHECKING:
    from afterlook.mailbox.result_pages import ResultPage
    from afterlook.odata.edm import EntityType
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.rows import FolderRow, GroupRow, TaskRow

DEFAULT_PAGE_SIZE = 10
"""Entities on a page of a client that names no size (docs/reference/outlook.md §2.3)."""

LIST_OPTIONS = ("top", "skip", "select", "orderby", "filter", "count")
READ_OPTIONS = ("select",)


@dataclass(frozen=True, slots=True)
class EntitySet(Generic[EntityRow]):
    """A set of entities of one type: its name in context URLs, and how one of them is rendered.

    `bound_page` shortens a page whose expanded content is too much for one answer.
    """

    name: str
    type: EntityType
    render: Callable[[EntityRow, View], Entity]
    expandable: bool = True
    bound_page: (
        Callable[
            [OutlookRequest, QueryOptions, ResultPage[EntityRow]], Awaitable[ResultPage[EntityRow]]
        ]
        | None
    ) = None

    @property
    def list_options(self) -> tuple[str, ...]:
        """The query options of a collection."""
        return (*LIST_OPTIONS, "expand") if self.expandable else LIST_OPTIONS

    @property
    def read_options(self) -> tuple[str, ...]:
        """The query options of one entity."""
        return (*READ_OPTIONS, "expand") if self.expandable else READ_OPTIONS


TASKS: EntitySet[TaskRow] = EntitySet(
    "Tasks", TASK, render.render_task, bound_page=attachment_rendering.bound_page
)
TASK_FOLDERS: EntitySet[FolderRow] = EntitySet(
    "TaskFolders", TASK_FOLDER, render.render_task_folder
)
TASK_GROUPS: EntitySet[GroupRow] = EntitySet(
    "TaskGroups", TASK_GROUP, render.render_task_group, expandable=False
)
