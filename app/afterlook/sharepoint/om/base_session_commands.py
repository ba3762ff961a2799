"""The methods of BaseSession that write or set going ([MS-WMCSOM] 3.1.5.1.2).

To be imported is to declare them: `registry` does so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from afterlook.csom.types import BOOLEAN, INT32, STRING, Parameter, ServerObject
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import method
from afterlook.sharepoint.om.refreshes import CREATE_REFRESH_JOB_RESULT, render_start
from afterlook.sharepoint.om.sessions import BASE_SESSION, TASK_KEY
from afterlook.sharepoint.om.tasks import (
    TASK_REFRESH_RESULT,
    TASK_WRITE_RESULT,
    render_refresh_result,
    render_result,
)
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement import promotion, tasks
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.results import WriteResult
from afterlook.workmanagement.tasks import NewTask

_NAME = Parameter("taskName", STRING)
_DESCRIPTION = Parameter("description", STRING)
_START = Parameter("localizedStartDate", STRING)
_DUE = Parameter("localizedDueDate", STRING)
_COMPLETED = Parameter("completed", BOOLEAN)
_PINNED = Parameter("pinned", BOOLEAN)
_LOCATION = Parameter("locationKey", INT32, default=NO_LOCATION)
_EDIT_URL = Parameter("editUrl", STRING)
_ATTRIBUTE = Parameter("attribute", STRING)

_NEW = (_NAME, _DESCRIPTION, _START, _DUE, _COMPLETED, _PINNED, _LOCATION)
_WITHOUT_URL = tuple(part.name for part in _NEW)
_WITHOUT_START = tuple(name for name in _WITHOUT_URL if name != _START.name)
"""As in the document's example 4.3, which an older build recorded."""


@method(
    BASE_SESSION,
    "CreateTask",
    *_NEW,
    _EDIT_URL,
    returns=TASK_WRITE_RESULT,
    overloads=(_WITHOUT_URL, _WITHOUT_START),
)
async def _create(
    context: RequestContext, _: ServerObject, *, edit_url: str | None, **given: Any
) -> ServerObject:
    new = _new(**given)._replace(edit_url=edit_url)
    return await _write(context, lambda session: tasks.create_task(session, new, context.culture))


@method(
    BASE_SESSION, "CreatePersonalTaskAndPromoteToProviderTask", *_NEW, returns=TASK_WRITE_RESULT
)
async def _create_and_promote(
    context: RequestContext, _: ServerObject, **given: Any
) -> ServerObject:
    new = _new(**given)
    return await _write(
        context, lambda session: promotion.create_and_promote(session, new, context.culture)
    )


def _new(
    *,
    task_name: str | None,
    description: str | None,
    localized_start_date: str | None,
    localized_due_date: str | None,
    completed: bool,
    pinned: bool,
    location_key: int,
) -> NewTask:
    return NewTask(
        name=task_name,
        description=description,
        start=localized_start_date,
        due=localized_due_date,
        is_completed=completed,
        is_pinned=pinned,
        location=location_key,
    )


@method(
    BASE_SESSION,
    "PromotePersonalTaskToProviderTaskInLocation",
    TASK_KEY,
    Parameter("locationId", INT32),
    returns=TASK_WRITE_RESULT,
)
async def _promote(
    context: RequestContext, _: ServerObject, *, task_key: int, location_id: int
) -> ServerObject:
    return await _write(
        context, lambda session: promotion.promote_task(session, task_key, location_id)
    )


@method(
    BASE_SESSION,
    "UpdateTaskWithLocalizedValue",
    TASK_KEY,
    Parameter("field", enums.WRITABLE_TASK_FIELD),
    Parameter("value", STRING),
    returns=TASK_WRITE_RESULT,
)
async def _update(
    context: RequestContext, _: ServerObject, *, task_key: int, field: int, value: str | None
) -> ServerObject:
    return await _write(
        context, lambda session: tasks.update_task(session, task_key, field, value, context.culture)
    )


@method(BASE_SESSION, "DeleteTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _delete(context: RequestContext, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(context, lambda session: tasks.delete_task(session, task_key))


@method(BASE_SESSION, "PinTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _pin(context: RequestContext, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(context, lambda session: tasks.pin_task(session, task_key, pinned=True))


@method(BASE_SESSION, "RemovePinOnTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _unpin(context: RequestContext, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(context, lambda session: tasks.pin_task(session, task_key, pinned=False))


@method(BASE_SESSION, "AddAttributeToTask", TASK_KEY, _ATTRIBUTE, returns=TASK_WRITE_RESULT)
async def _mark(
    context: RequestContext, _: ServerObject, *, task_key: int, attribute: str | None
) -> ServerObject:
    return await _write(
        context, lambda session: tasks.mark_task(session, task_key, attribute, marked=True)
    )


@method(BASE_SESSION, "RemoveAttributeFromTask", TASK_KEY, _ATTRIBUTE, returns=TASK_WRITE_RESULT)
async def _unmark(
    context: RequestContext, _: ServerObject, *, task_key: int, attribute: str | None
) -> ServerObject:
    return await _write(
        context, lambda session: tasks.mark_task(session, task_key, attribute, marked=False)
    )


@method(BASE_SESSION, "RefreshSingleTask", TASK_KEY, returns=TASK_REFRESH_RESULT)
async def _refresh_single(
    context: RequestContext, _: ServerObject, *, task_key: int
) -> ServerObject:
    def work(session: WriteSession) -> ServerObject:
        refreshed = tasks.refresh_task(session, task_key)
        return render_refresh_result(context, refreshed, str(session.guid()))

    return await context.store.write(work)


@method(BASE_SESSION, "BeginCacheRefresh", returns=CREATE_REFRESH_JOB_RESULT)
async def _begin_refresh(context: RequestContext, _: ServerObject) -> ServerObject:
    begun = await context.store.write(refresh_job.begin_refresh)
    return render_start(begun)


@method(BASE_SESSION, "BeginExchangeSync", returns=BOOLEAN)
async def _begin_sync(context: RequestContext, _: ServerObject) -> bool:
    began = await context.store.write(exchange_state.begin_sync)
    if began:
        await run_sync_job(context)
    return began


async def run_sync_job(context: RequestContext) -> None:
    """Run a job of Exchange sync to its end, portion by portion: others can write in between."""
    more = True
    while more:
        more = await context.store.write(exchange_state.continue_sync)


async def _write(
    context: RequestContext, work: Callable[[WriteSession], WriteResult]
) -> ServerObject:
    return render_result(context, await context.store.write(work))
