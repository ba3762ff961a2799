"""The parts of tasks in a document: how many there may be, and what a task says of its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from afterlook.mailbox.checklists import MAX_ITEMS
from afterlook.mailbox.extensions import MAX_EXTENSIONS
from afterlook.mailbox.linked_resources import MAX_RESOURCES
from afterlook.seeds.parts import InvalidEntryError
from afterlook.store.contents import Row
from afterlook.store.parts import Parts

_KINDS = (
    (Parts.CHECKLIST_ITEMS, "checklist_item", "task", MAX_ITEMS),
    (Parts.LINKED_RESOURCES, "linked_resource", "task", MAX_RESOURCES),
    (Parts.EXTENSIONS, "open_extension", "entity", MAX_EXTENSIONS),
)
"""Each kind with its table, the column that holds whose it is, and how many one may have."""


def flag_parts(rows: Mapping[str, Sequence[Row]]) -> None:
    """Write into each task which kinds of parts it has."""
    owners = {kind: {row[column] for row in rows[table]} for kind, table, column, _ in _KINDS}
    for task in rows["task"]:
        task["parts"] = sum(int(kind) for kind, having in owners.items() if task["id"] in having)


def check_parts(rows: Mapping[str, Sequence[Row]]) -> None:
    """Raise `InvalidEntryError` where a task or folder has more than it may."""
    for _, table, column, most in _KINDS:
        for owner, number in Counter(row[column] for row in rows[table]).items():
            if number > most:
                reason = f"number {owner} has {number} rows of {table}, of {most} at most"
                raise InvalidEntryError("TaskFolders", reason)
