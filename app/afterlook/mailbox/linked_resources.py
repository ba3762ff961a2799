"""Use cases on linked resources: what a task was made of elsewhere (docs/reference/graph.md §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

from afterlook.mailbox import parts
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.result_pages import ResultPage
from afterlook.mailbox.tasks import get_task
from afterlook.odata.etag import UNCONDITIONAL, Precondition
from afterlook.odata.filter.tree import Expression
from afterlook.store.linked_resources import LINKED_RESOURCES
from afterlook.store.pages import Page
from afterlook.store.parts import NO_PARTS, Parts
from afterlook.store.rows import LinkedResourceRow, TaskRow
from afterlook.store.sessions import ReadSession, WriteSession

MAX_RESOURCES = 100
"""Linked resources of one task."""

_KIND = Parts.LINKED_RESOURCES
_MEMBERS = {
    "web_url": "WebUrl",
    "application_name": "ApplicationName",
    "display_name": "DisplayName",
    "external_id": "ExternalId",
}


class NewLinkedResource(NamedTuple):
    """A linked resource as a client asks for it."""

    web_url: str | None = None
    application_name: str | None = None
    display_name: str | None = None
    external_id: str | None = None


class LinkedResourceValues(TypedDict, total=False):
    """What a client writes over a linked resource; what is not there stays."""

    web_url: str | None
    application_name: str | None
    display_name: str | None
    external_id: str | None


def list_linked_resources(
    session: ReadSession, key: ItemKey, page: Page
) -> ResultPage[LinkedResourceRow]:
    """List the linked resources of a task, the oldest first. Raises `ItemNotFound`."""
    return parts.list_parts(session, LINKED_RESOURCES, key, page)


def count_linked_resources(session: ReadSession, key: ItemKey, filter_: Expression | None) -> int:
    """Count the linked resources of a task. Raises `ItemNotFound`."""
    return LINKED_RESOURCES.count(session, get_task(session, key).id, filter_)


def list_of_tasks(
    session: ReadSession, tasks: Sequence[TaskRow]
) -> dict[int, list[LinkedResourceRow]]:
    """Return all linked resources of tasks, as `checklists.list_of_tasks` does steps."""
    return parts.list_by_task(session, LINKED_RESOURCES, _KIND, tasks)


def get_linked_resource(session: ReadSession, key: ItemKey, guid: str) -> LinkedResourceRow:
    """Return a linked resource of a task. Raises `ItemNotFound`."""
    return parts.get_part(session, LINKED_RESOURCES, key, guid)


def add_linked_resource(
    session: WriteSession,
    key: ItemKey,
    given: NewLinkedResource,
    precondition: Precondition = UNCONDITIONAL,
) -> LinkedResourceRow:
    """Give a task a further linked resource.

    Raises `ItemNotFound`, `ChangeKeyStale` where the task does not meet the precondition,
    and `InvalidRequest` where it has too many, or for too long a text.
    """
    task = parts.get_task_to_change(session, key, precondition)
    row = add_all(session, task, [given])[0]
    parts.touch_parts(session, task, _KIND, left=True)
    return row


def add_all(
    session: WriteSession, task: TaskRow, given: Sequence[NewLinkedResource]
) -> list[LinkedResourceRow]:
    """Write further linked resources of a task, as `checklists.add_all` does steps."""
    has = LINKED_RESOURCES.get_totals(session, [task.id]).get(task.id, NO_PARTS).number
    parts.expect_room(has + len(given), MAX_RESOURCES, "linked resources")
    for one in given:
        _expect_texts(one._asdict())
    first = session.advance_counter(len(given)) - len(given) + 1
    rows = [
        LinkedResourceRow(number, task.id, str(session.guid()), *one)
        for number, one in enumerate(given, first)
    ]
    LINKED_RESOURCES.add_all(session, rows)
    return rows


def update_linked_resource(
    session: WriteSession,
    key: ItemKey,
    guid: str,
    values: LinkedResourceValues,
    precondition: Precondition = UNCONDITIONAL,
) -> LinkedResourceRow:
    """Write values over a linked resource; asking for nothing leaves it as it is.

    Raises like `add_linked_resource`.
    """
    task = parts.get_task_to_change(session, key, precondition)
    stored = get_linked_resource(session, key, guid)
    if not values:
        return stored
    _expect_texts(values)
    row = stored._replace(**values)
    LINKED_RESOURCES.replace(session, row)
    parts.touch_parts(session, task, _KIND, left=True)
    return row


def delete_linked_resource(
    session: WriteSession, key: ItemKey, guid: str, precondition: Precondition = UNCONDITIONAL
) -> None:
    """Take a linked resource off a task. Raises `ItemNotFound`, `ChangeKeyStale`."""
    task = parts.get_task_to_change(session, key, precondition)
    LINKED_RESOURCES.remove(session, get_linked_resource(session, key, guid))
    left = bool(LINKED_RESOURCES.get_totals(session, [task.id]))
    parts.touch_parts(session, task, _KIND, left=left)


def _expect_texts(values: Mapping[str, object]) -> None:
    for name, member in _MEMBERS.items():
        text = values.get(name)
        parts.expect_text(member, text if isinstance(text, str) else None)
