"""The sessions and their managers, and what each session reads ([MS-WMCSOM] 3.1.5.1, .15, .16,
.31, .32, .41, .42).

What all sessions share is declared on BaseSession: `base_session_queries`, `base_session_commands`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import closing

from afterlook.csom.types import BOOLEAN, INT32, ObjectType, Parameter, ServerObject
from afterlook.sharepoint.om.declarations import class_, method
from afterlook.sharepoint.om.errors import ArgumentMissing, ItemGone
from afterlook.sharepoint.om.queries import SORTABLE_TASK_QUERY, TASK_QUERY
from afterlook.sharepoint.om.query_reader import read_query, read_sorted_query
from afterlook.sharepoint.om.tasks import (
    LOCATION_GROUP_CLIENT_COLLECTION,
    TASK_CLIENT_COLLECTION,
    render_groups,
    render_tasks,
)
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.text_budget import QueryThrottled
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.store.workmanagement.tasks import NO_ATTRIBUTES
from afterlook.workmanagement import order, queries, tasks
from afterlook.workmanagement.results import TaskWithPinAge

MAX_TASKS = 45_000
"""The most tasks in one answer: as many as one budget can serialize with all their members."""

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

SORTABLE_SESSION_MANAGER = class_(
    "SortableSessionManager", "{924b1779-998e-4c60-a291-78edebc3c202}", constructible=True
)

USER_ORDERED_SESSION_MANAGER = class_(
    "UserOrderedSessionManager", "{d82117fb-e4aa-4ab8-b590-cb2be4b2f078}", constructible=True
)

TYPES = (
    BASE_SESSION,
    SORTABLE_SESSION,
    USER_ORDERED_SESSION,
    LOCATION_ORIENTED_SORTABLE_SESSION,
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    SORTABLE_SESSION_MANAGER,
    USER_ORDERED_SESSION_MANAGER,
)


@method(
    SORTABLE_SESSION,
    "ReadTasks",
    Parameter("query", SORTABLE_TASK_QUERY),
    returns=TASK_CLIENT_COLLECTION,
)
async def _read_sorted(
    context: RequestContext, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    return await _read(context, read_sorted_query(_expect_query(query)), render_tasks)


@method(
    USER_ORDERED_SESSION,
    "ReadTasks",
    Parameter("query", TASK_QUERY),
    returns=TASK_CLIENT_COLLECTION,
)
async def _read_ordered(
    context: RequestContext, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    return await _read(context, read_query(_expect_query(query)), render_tasks)


@method(
    LOCATION_ORIENTED_SORTABLE_SESSION,
    "ReadTasks",
    Parameter("query", SORTABLE_TASK_QUERY),
    returns=LOCATION_GROUP_CLIENT_COLLECTION,
)
async def _read_groups_sorted(
    context: RequestContext, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    wanted = read_sorted_query(_expect_query(query))._replace(by_location=True)
    return await _read(context, wanted, render_groups)


@method(
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    "ReadTasks",
    Parameter("query", TASK_QUERY),
    returns=LOCATION_GROUP_CLIENT_COLLECTION,
)
async def _read_groups_ordered(
    context: RequestContext, _: ServerObject, *, query: ServerObject | None
) -> ServerObject:
    wanted = read_query(_expect_query(query))._replace(by_location=True)
    return await _read(context, wanted, render_groups)


@method(USER_ORDERED_SESSION, "ReorderTask", TASK_KEY, Parameter("newAfterTaskKey", INT32))
@method(
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
    "ReorderTask",
    TASK_KEY,
    Parameter("newAfterTaskKey", INT32),
)
async def _reorder(
    context: RequestContext, _: ServerObject, *, task_key: int, new_after_task_key: int
) -> None:
    moved = await context.store.write(
        lambda session: order.reorder_task(session, task_key, new_after_task_key)
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
async def _move(
    context: RequestContext, _: ServerObject, *, task_key: int, new_location_key: int
) -> bool:
    return await context.store.write(
        lambda session: tasks.move_task(session, task_key, new_location_key)
    )


def _declare_factory(
    owner: ObjectType[RequestContext], name: str, session: ObjectType[RequestContext]
) -> None:
    """Declare a method that makes a session."""

    async def create(_: RequestContext, __: ServerObject) -> ServerObject:
        return session.new()

    method(owner, name, returns=session)(create)


_declare_factory(SORTABLE_SESSION_MANAGER, "CreateSession", SORTABLE_SESSION)
_declare_factory(
    SORTABLE_SESSION_MANAGER, "CreateLocationOrientedSession", LOCATION_ORIENTED_SORTABLE_SESSION
)
_declare_factory(USER_ORDERED_SESSION_MANAGER, "CreateSession", USER_ORDERED_SESSION)
_declare_factory(
    USER_ORDERED_SESSION_MANAGER,
    "CreateLocationOrientedSession",
    LOCATION_ORIENTED_USER_ORDERED_SESSION,
)


async def _read(
    context: RequestContext,
    query: TaskQuery,
    render: Callable[[RequestContext, Iterable[TaskWithPinAge]], ServerObject],
) -> ServerObject:
    """Read tasks and make objects of them: there may be thousands, so not among other requests.

    All that match, or none. Raises `QueryThrottled`.
    """
    now = context.store.now()

    def read(session: ReadSession) -> ServerObject:
        with closing(queries.read_tasks(session, query, now)) as tasks_:
            return render(context, _within_bounds(context, tasks_))

    return await context.store.scan(read)


def _within_bounds(
    context: RequestContext, tasks_: Iterable[TaskWithPinAge]
) -> Iterable[TaskWithPinAge]:
    """Yield tasks as long as one answer holds them all. Raises `QueryThrottled`."""
    for number, task in enumerate(tasks_, 1):
        if number > MAX_TASKS:
            raise QueryThrottled
        row = task.row
        attributes = None if row.attributes == NO_ATTRIBUTES else row.attributes
        context.text_budget.reserve(
            row.name, row.description, row.edit_url, row.custom_data, attributes
        )
        yield task


def _expect_query(query: ServerObject | None) -> ServerObject:
    if query is None:
        raise ArgumentMissing(name="query")
    return query
