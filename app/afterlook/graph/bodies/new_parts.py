"""What the body of a new task brings along: docs/reference/graph.md §4, deep insert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from afterlook.errors import BodyNotReadable
from afterlook.graph.bodies.parts import (
    read_extension,
    read_inline,
    read_new_checklist_item,
    read_new_linked_resource,
)
from afterlook.mailbox.checklists import NewChecklistItem, add_checklist_item
from afterlook.mailbox.extensions import add_extension
from afterlook.mailbox.linked_resources import NewLinkedResource, add_linked_resource

if TYPE_CHECKING:
    from afterlook.mailbox.identifiers import ItemKey
    from afterlook.store.sessions import WriteSession


class NewParts(NamedTuple):
    """The parts of a task that is to be created."""

    checklist_items: Sequence[NewChecklistItem] = ()
    linked_resources: Sequence[NewLinkedResource] = ()
    extensions: Sequence[tuple[str, dict[str, Any]]] = ()

    def add_to(self, session: WriteSession, key: ItemKey) -> None:
        """Give them to a task. Raises as each of them alone does."""
        for item in self.checklist_items:
            add_checklist_item(session, key, item)
        for resource in self.linked_resources:
            add_linked_resource(session, key, resource)
        for name, members in self.extensions:
            add_extension(session, key, name, members)


def read_new_parts(body: Mapping[str, object]) -> NewParts:
    """Read them. Raises `BodyNotReadable`, `LiteralNotConvertible`."""
    resources = read_inline(body, "linkedResources", read_new_linked_resource)
    if len(resources) > 1:
        raise BodyNotReadable(reason="Only one item in linkedResources is allowed")
    return NewParts(
        read_inline(body, "checklistItems", read_new_checklist_item),
        resources,
        read_inline(body, "extensions", read_extension),
    )
