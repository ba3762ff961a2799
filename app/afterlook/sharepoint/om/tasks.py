"""Task, its collections, and the results that carry one ([MS-WMCSOM] 3.1.5.36, .37, .40, .56)."""

from __future__ import annotations

from collections.abc import Iterable

from afterlook.csom.types import (
    BOOLEAN,
    DATE_TIME,
    INT32,
    STRING,
    ArrayType,
    ServerObject,
    path,
    scalar,
)
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import class_, collection, render_instant
from afterlook.sharepoint.om.locations import url_of
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.workmanagement import dates
from afterlook.workmanagement.callouts import Callout
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.providers.lists import user_name
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.refresh.report import RefreshState
from afterlook.workmanagement.results import TaskWithPinAge, WriteResult
from afterlook.workmanagement.tasks import RefreshResult

TASK = class_(
    "Task",
    "{af0507b6-ef4f-4029-a48a-943afe14aea6}",
    scalar("CustomAttributes", ArrayType(STRING)),
    scalar("Description", STRING),
    scalar("DueDate", DATE_TIME),
    scalar("EditUrl", STRING),
    scalar("Id", INT32),
    scalar("IsCompleted", BOOLEAN),
    scalar("IsPersonal", BOOLEAN),
    scalar("IsReadOnly", BOOLEAN),
    scalar("LastModified", DATE_TIME),
    scalar("LocationId", INT32),
    scalar("Name", STRING),
    scalar("PinAge", enums.PIN_AGE),
    scalar("SerializedCustomDataForClient", STRING),
    scalar("StartDate", DATE_TIME),
    constructible=True,
)

TASK_CLIENT_COLLECTION = class_(
    "TaskClientCollection",
    "{1a855a95-ee52-4a94-b0ab-7020dda6972a}",
    items=TASK,
    constructible=True,
)

LOCATION_GROUP_CLIENT_COLLECTION = class_(
    "LocationGroupClientCollection",
    "{25acd8c5-c100-45da-b4c5-2bf698f65649}",
    items=TASK,
    constructible=True,
)

TASK_WRITE_RESULT = class_(
    "TaskWriteResult",
    "{b43c5cfa-0632-4f49-b196-0af62106cc46}",
    scalar("Error", enums.WRITE_FIELD_ERROR_TYPE),
    scalar("ErrorMessage", STRING),
    path("Result", TASK),
)

TASK_REFRESH_RESULT = class_(
    "TaskRefreshResult",
    "{7f3b5192-690d-40f0-a69f-553268333a61}",
    scalar("ErrorCorrelationId", STRING),
    scalar("RefreshState", enums.REFRESH_STATE),
    path("Result", TASK),
)

TASK_QUERY_RESULT = class_(
    "TaskQueryResult",
    "{cb846fb7-0b8d-4d39-b1ae-6229c635f25b}",
    scalar("Error", enums.TASK_QUERY_ERROR_TYPE),
    scalar("ErrorMessage", STRING),
    path("Results", TASK_CLIENT_COLLECTION),
)

TASK_QUERY_BY_LOCATION_RESULT = class_(
    "TaskQueryByLocationResult",
    "{c71139af-b900-4597-b03f-b46e7605c163}",
    scalar("Error", enums.TASK_QUERY_ERROR_TYPE),
    scalar("ErrorMessage", STRING),
    path("Results", LOCATION_GROUP_CLIENT_COLLECTION),
)

CALLOUT_INFO = class_(
    "CalloutInfo",
    "{b869cd40-9a6e-4c16-916f-c73ee85745cb}",
    scalar("Contacts", ArrayType(STRING)),
    scalar("DirectLinkTitle", STRING),
    scalar("DirectLinkUrl", STRING),
    scalar("Hierarchy", ArrayType(STRING)),
    scalar("Predecessors", ArrayType(STRING)),
    scalar("Successors", ArrayType(STRING)),
    scalar("Title", STRING),
    scalar("Url", STRING),
)

TYPES = (
    TASK,
    TASK_CLIENT_COLLECTION,
    LOCATION_GROUP_CLIENT_COLLECTION,
    TASK_WRITE_RESULT,
    TASK_REFRESH_RESULT,
    TASK_QUERY_RESULT,
    TASK_QUERY_BY_LOCATION_RESULT,
    CALLOUT_INFO,
)


def render_task(context: RequestContext, task: TaskWithPinAge) -> ServerObject:
    """Return a task as its object. There may be thousands of them: every value is given here."""
    row = task.row
    own = is_personal(row)
    return ServerObject(
        TASK,
        {
            "CustomAttributes": task.attributes,
            "Description": row.description,
            "DueDate": dates.to_naive_datetime(row.due),
            "EditUrl": task.edit_url if own else context.absolute(task.edit_url),
            "Id": row.id,
            "IsCompleted": row.is_completed,
            "IsPersonal": own,
            "IsReadOnly": row.is_read_only,
            "LastModified": render_instant(row.modified),
            "LocationId": row.location,
            "Name": row.name,
            "PinAge": int(task.pin_age),
            "SerializedCustomDataForClient": _custom_data(context, row),
            "StartDate": dates.to_naive_datetime(row.start),
        },
    )


def _custom_data(context: RequestContext, row: WorkTaskRow) -> str | None:
    """Return what scripts of the page know a task by. Only Project Server's has an address.

    It is JSON, in which no text can hold the name of a member as it stands there.
    """
    if row.custom_data is None or row.provider != Provider.PROJECT_SERVER:
        return row.custom_data
    return row.custom_data.replace('"pwaUrl":"/', f'"pwaUrl":"{context.absolute("/")}', 1)


def render_tasks(context: RequestContext, tasks: Iterable[TaskWithPinAge]) -> ServerObject:
    """Return tasks as a collection."""
    return collection(TASK_CLIENT_COLLECTION, [render_task(context, task) for task in tasks])


def render_groups(context: RequestContext, tasks: Iterable[TaskWithPinAge]) -> ServerObject:
    """Return tasks that are in order of their location as a collection of groups: a flat one."""
    rendered = [render_task(context, task) for task in tasks]
    return collection(LOCATION_GROUP_CLIENT_COLLECTION, rendered)


def render_result(context: RequestContext, written: WriteResult) -> ServerObject:
    """Return what became of a write."""
    return TASK_WRITE_RESULT.new(
        Error=int(written.error),
        ErrorMessage=written.error.message,
        Result=None if written.task is None else render_task(context, written.task),
    )


def render_refresh_result(
    context: RequestContext, refreshed: RefreshResult, correlation: str | None
) -> ServerObject:
    """Return a task as read from its source, which for the user's own is this list."""
    state = RefreshState.FAILED if refreshed.failed else RefreshState.SUCCEEDED
    return TASK_REFRESH_RESULT.new(
        ErrorCorrelationId=correlation if refreshed.failed else None,
        RefreshState=int(state),
        Result=None if refreshed.task is None else render_task(context, refreshed.task),
    )


def render_callout(context: RequestContext, callout: Callout) -> ServerObject:
    """Render a callout."""
    return CALLOUT_INFO.new(
        Contacts=[user_name(number) for number in callout.contacts],
        Hierarchy=callout.hierarchy,
        Predecessors=callout.predecessors,
        Successors=callout.successors,
        DirectLinkTitle=callout.location.name if callout.location.url else None,
        DirectLinkUrl=url_of(context, callout.location),
        Title=callout.location.name,
        Url=callout.edit_url if callout.is_personal else context.absolute(callout.edit_url),
    )
