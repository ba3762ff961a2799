"""What the body of a new task brings along: docs/reference/graph.md §4, deep insert."""

from __future__ import annotations

from collections.abc import Mapping

from afterlook.errors import BodyNotReadable
from afterlook.graph.bodies.parts import (
    read_extension,
    read_inline,
    read_new_checklist_item,
    read_new_linked_resource,
)
from afterlook.mailbox.new_parts import NewParts


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
