"""The sessions, and what each reads ([MS-WMCSOM] 3.1.5.1, .15, .16, .31, .41).

What they share is declared on BaseSession: in `writing.py` what changes a task, in `telling.py`
everything else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing

from afterlook.csom.types import BOOLEAN, INT32, Parameter, ServerObject
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.errors import QueryThrottled
from afterlook.sharepoint.om.asking import asked, asked_sorted
from afterlook.sharepoint.om.declaring import class_, method
from afterlook.sharepoint.om.queries import SORTABLE_TASK_QUERY, TASK_QUERY
from afterlook.sharepoint.om.refusals import ArgumentMissing, ItemGone
from afterlook.sharepoint.om.tasks import (
    LOCATION_GROUP_CLIENT_COLLECTION,
    TASK_CLIENT_COLLECTION,
    shown_groups,
    shown_tasks,
)
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement import order, queries, tasks
from afterlook.workmanagement.results import TaskWithPinAge

MAX_TASKS = 45_000
"""The most tasks in one answer: as many as the steps of a request can show by all their members."""

TASK_KEY = Parameter("taskKey", INT32)

BASE_SESSION = class_("BaseSession", "{3fe45b91-5b30-447c-884f-0e1837215ff9}")

SORTABLE_SESSION = class_(
    "SortableSession", "{5c81f0ea-999b-411e-a692-5962b32b206f}", base=BASE_SESSION
)

USER_ORDERED_SESSION = class_(
    "UserOrderedSession", "{76163d46-cd0d-4782-9069-9143cc45b991}", base=BASE_SESSION
)

LOCATION_ORIENTED_SORTABLE_SESSION = class_(
    "LocationOrientedSortableSession",
    "{a4da2e47-975b-4352-934a-4dfe0167d509}",
    base=BASE_SESSION,
)

LOCATION_ORIENTED_USER_ORDERED_SESSION = class_(
    "LocationOrientedUserOrderedSession",
    "{3aca594a-48b1-47aa-bbcd-7fd1a2dec5f9}",
    base=BASE_SESSION,
)

TYPES = (
    BASE_SESSION,
    SORTABLE_SESSION,
    USER_ORDERED_SESSION,
    LOCATION_ORIENTED_SORTABLE_SESSION,
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
)


@method(
    SORTABLE_SESSION,
    "ReadTasks",
    Parameter("query", SORTABLE_TASK_QUERY),
    returns=TASK_CLIENT_COLLECTION,
)
async def _read_sorted(
    caller: Caller, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    return await _read(caller, asked_sorted(_needed(query)), shown_tasks)


@method(
    USER_ORDERED_SESSION,
    "ReadTasks",
    Parameter("query", TASK_QUERY),
    returns=TASK_CLIENT_COLLECTION,
)
async def _read_ordered(
    caller: Caller, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    return await _read(caller, asked(_needed(query)), shown_tasks)


@method(
    LOCATION_ORIENTED_SORTABLE_SESSION,
    "ReadTasks",
    Parameter("query", SORTABLE_TASK_QUERY),
    returns=LOCATION_GROUP_CLIENT_COLLECTION,
)
async def _read_groups_sorted(
    caller: Caller, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    wanted = asked_sorted(_needed(query))._replace(by_location=True)
    return await _read(caller, wanted, shown_groups)


@method(
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    "ReadTasks",
    Parameter("query", TASK_QUERY),
    returns=LOCATION_GROUP_CLIENT_COLLECTION,
)
async def _read_groups_ordered(
    caller: Caller, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    wanted = asked(_needed(query))._replace(by_location=True)
    return await _read(caller, wanted, shown_groups)


@method(USER_ORDERED_SESSION, "ReorderTask", TASK_KEY, Parameter("newAfterTaskKey", INT32))
@method(
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    "ReorderTask",
    TASK_KEY,
    Parameter("newAfterTaskKey", INT32),
)
async def _reorder(
    caller: Caller, _: ServerObject, *, task_key: int, new_after_task_key: int
) -> None:
    moved = await caller.store.write(
        caller.mailbox.id,
        lambda session: order.reorder_task(session, task_key, new_after_task_key),
    )
    if not moved:
        raise ItemGone


@method(
    LOCATION_ORIENTED_SORTABLE_SESSION,
    "MovePersonalTaskToLocation",
    TASK_KEY,
    Parameter("newLocationKey", INT32),
    returns=BOOLEAN,
)
@method(
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    "MovePersonalTaskToLocation",
    TASK_KEY,
    Parameter("newLocationKey", INT32),
    returns=BOOLEAN,
)
async def _move(caller: Caller, _: ServerObject, *, task_key: int, new_location_key: int) -> bool:
    return await caller.store.write(
        caller.mailbox.id,
        lambda session: tasks.move_task(session, task_key, new_location_key),
    )


async def _read(
    caller: Caller,
    query: TaskQuery,
    shown: Callable[[Caller, Iterable[TaskWithPinAge]], ServerObject],
) -> ServerObject:
    """Read tasks and make objects of them: there may be thousands, so not among other requests.

    All that match, or none. Raises `QueryThrottled`.
    """
    now = caller.store.now()

    def read(session: ReadSession) -> ServerObject:
        with closing(queries.read_tasks(session, caller.mailbox, query, now)) as found:
            return shown(caller, _bounded(caller, found))

    return await caller.store.scan(read)


def _bounded(caller: Caller, found: Iterable[TaskWithPinAge]) -> Iterable[TaskWithPinAge]:
    """Yield tasks as long as one answer holds them all. Raises `QueryThrottled`."""
    for number, task in enumerate(found, 1):
        if number > MAX_TASKS:
            raise QueryThrottled
        row = task.row
        caller.room.take(row.name, row.description, row.edit_url, row.custom_data, row.attributes)
        yield task


def _needed(query: ServerObject | None) -> ServerObject:
    if query is None:
        raise ArgumentMissing(name="query")
    return query
