"""Use cases on tasks that come with their parts: docs/reference/graph.md §4, deep insert.

Owns that all of them together are one change of their task.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from afterlook.mailbox import checklists, extensions, linked_resources
from afterlook.mailbox.checklists import NewChecklistItem
from afterlook.mailbox.extensions import NewExtension
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.linked_resources import NewLinkedResource
from afterlook.mailbox.parts import touch_parts
from afterlook.mailbox.tasks import get_task
from afterlook.store.parts import Parts
from afterlook.store.rows import TaskRow
from afterlook.store.sessions import WriteSession


class NewParts(NamedTuple):
    """The parts that a task is to get."""

    checklist_items: Sequence[NewChecklistItem] = ()
    linked_resources: Sequence[NewLinkedResource] = ()
    extensions: Sequence[NewExtension] = ()


def add_parts(session: WriteSession, key: ItemKey, given: NewParts) -> TaskRow:
    """Give a task parts, and touch it once; return it as it then is.

    Raises `ItemNotFound`, and `InvalidRequest` as each of the parts alone does.
    """
    task = get_task(session, key)
    kinds = Parts.NONE
    if given.checklist_items:
        checklists.add_all(session, task, given.checklist_items)
        kinds |= Parts.CHECKLIST_ITEMS
    if given.linked_resources:
        linked_resources.add_all(session, task, given.linked_resources)
        kinds |= Parts.LINKED_RESOURCES
    if given.extensions:
        extensions.add_all(session, task, given.extensions)
        kinds |= Parts.EXTENSIONS
    return touch_parts(session, task, kinds, left=True) if kinds else task
