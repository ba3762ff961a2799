"""What a task of a seed has that only Microsoft Graph shows: steps, linked resources, extensions.

They go through the same use cases as a request does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from afterlook.mailbox import checklists, extensions, linked_resources
from afterlook.mailbox.checklists import NewChecklistItem
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.linked_resources import NewLinkedResource
from afterlook.mailbox.parts import touch_parts
from afterlook.mailbox.tasks import get_task
from afterlook.seeds.parts import InvalidEntryError, Part, entry, path_and_reason
from afterlook.store.parts import Parts
from afterlook.store.sessions import WriteSession

CHECKLIST_ITEMS, LINKED_RESOURCES, EXTENSIONS = "ChecklistItems", "LinkedResources", "Extensions"


class SeedChecklistItem(Part):
    """A step of a task."""

    display_name: str
    is_checked: bool = False


class SeedLinkedResource(Part):
    """What a task was made of in another application."""

    web_url: str | None = None
    application_name: str | None = None
    display_name: str | None = None
    external_id: str | None = None


class SeedExtension(Part):
    """An open extension: whatever else it has are its members."""

    model_config = ConfigDict(extra="allow")

    extension_name: str

    @property
    def members(self) -> dict[str, Any]:
        """The members, and not its name."""
        return dict(self.model_extra or {})


class SeedParts(Part):
    """The parts of a task."""

    checklist_items: list[SeedChecklistItem] = []
    linked_resources: list[SeedLinkedResource] = []
    extensions: list[SeedExtension] = []


NAMES = frozenset({CHECKLIST_ITEMS, LINKED_RESOURCES, EXTENSIONS})
"""The members of a task that are its parts."""

_PARTS: TypeAdapter[SeedParts] = TypeAdapter(SeedParts)


def read_parts(task: Mapping[str, object]) -> SeedParts:
    """Read the parts that a task has. Raises `InvalidEntryError`."""
    try:
        return _PARTS.validate_python({name: task[name] for name in NAMES & task.keys()})
    except ValidationError as error:
        raise InvalidEntryError(*path_and_reason(error.errors()[0])) from error


def load_parts(session: WriteSession, key: ItemKey, given: SeedParts) -> None:
    """Give a task its parts, and touch it once. Raises `InvalidEntryError`."""
    task, kinds = get_task(session, key), Parts.NONE
    # One by one, so that a refusal names its entry.
    for index, item in enumerate(given.checklist_items):
        with entry(CHECKLIST_ITEMS, index):
            new = NewChecklistItem(item.display_name, item.is_checked)
            checklists.add_all(session, task, [new])
            kinds |= Parts.CHECKLIST_ITEMS
    for index, resource in enumerate(given.linked_resources):
        with entry(LINKED_RESOURCES, index):
            linked = NewLinkedResource(**resource.model_dump())
            linked_resources.add_all(session, task, [linked])
            kinds |= Parts.LINKED_RESOURCES
    for index, extension in enumerate(given.extensions):
        with entry(EXTENSIONS, index):
            extensions.add_all(session, task, [(extension.extension_name, extension.members)])
            kinds |= Parts.EXTENSIONS
    if kinds:
        touch_parts(session, task, kinds, left=True)
