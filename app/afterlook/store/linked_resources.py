"""Linked resources of tasks in the store."""

from __future__ import annotations

from afterlook.store.parts import TaskParts
from afterlook.store.rows import LinkedResourceRow
from afterlook.store.tables import LinkedResource, table

LINKED_RESOURCES = TaskParts(table(LinkedResource), LinkedResourceRow)
"""All statements on them."""
