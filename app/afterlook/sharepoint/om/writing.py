"""What every session can do to a task ([MS-WMCSOM] 3.1.5.1.2.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from afterlook.csom.types import BOOLEAN, INT32, STRING, Parameter, ServerObject
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declaring import method
from afterlook.sharepoint.om.sessions import BASE_SESSION, TASK_KEY
from afterlook.sharepoint.om.tasks import TASK_WRITE_RESULT, shown_result
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.asked import NOWHERE
from afterlook.workmanagement import promoting, tasks
from afterlook.workmanagement.results import Written
from afterlook.workmanagement.tasks import NewTask

_NAME = Parameter("taskName", STRING)
_DESCRIPTION = Parameter("description", STRING)
_START = Parameter("localizedStartDate", STRING)
_DUE = Parameter("localizedDueDate", STRING)
_COMPLETED = Parameter("completed", BOOLEAN)
_PINNED = Parameter("pinned", BOOLEAN)
_LOCATION = Parameter("locationKey", INT32, default=NOWHERE)
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
    caller: Caller, _: ServerObject, *, edit_url: str | None, **given: Any
) -> ServerObject:
    new = _new(**given)._replace(edit_url=edit_url)
    return await _write(caller, lambda session: tasks.create_task(session, new, caller.culture))


@method(
    BASE_SESSION, "CreatePersonalTaskAndPromoteToProviderTask", *_NEW, returns=TASK_WRITE_RESULT
)
async def _create_and_promote(caller: Caller, _: ServerObject, **given: Any) -> ServerObject:
    new = _new(**given)
    return await _write(
        caller, lambda session: promoting.create_and_promote(session, new, caller.culture)
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
    caller: Caller, _: ServerObject, *, task_key: int, location_id: int
) -> ServerObject:
    return await _write(
        caller, lambda session: promoting.promote_task(session, task_key, location_id)
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
    caller: Caller, _: ServerObject, *, task_key: int, field: int, value: str | None
) -> ServerObject:
    return await _write(
        caller, lambda session: tasks.update_task(session, task_key, field, value, caller.culture)
    )


@method(BASE_SESSION, "DeleteTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _delete(caller: Caller, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(caller, lambda session: tasks.delete_task(session, task_key))


@method(BASE_SESSION, "PinTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _pin(caller: Caller, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(caller, lambda session: tasks.pin_task(session, task_key, pinned=True))


@method(BASE_SESSION, "RemovePinOnTask", TASK_KEY, returns=TASK_WRITE_RESULT)
async def _unpin(caller: Caller, _: ServerObject, *, task_key: int) -> ServerObject:
    return await _write(caller, lambda session: tasks.pin_task(session, task_key, pinned=False))


@method(BASE_SESSION, "AddAttributeToTask", TASK_KEY, _ATTRIBUTE, returns=TASK_WRITE_RESULT)
async def _mark(
    caller: Caller, _: ServerObject, *, task_key: int, attribute: str | None
) -> ServerObject:
    return await _write(
        caller, lambda session: tasks.mark_task(session, task_key, attribute, marked=True)
    )


@method(BASE_SESSION, "RemoveAttributeFromTask", TASK_KEY, _ATTRIBUTE, returns=TASK_WRITE_RESULT)
async def _unmark(
    caller: Caller, _: ServerObject, *, task_key: int, attribute: str | None
) -> ServerObject:
    return await _write(
        caller, lambda session: tasks.mark_task(session, task_key, attribute, marked=False)
    )


async def _write(caller: Caller, work: Callable[[WriteSession], Written]) -> ServerObject:
    return shown_result(caller, await caller.store.write(caller.mailbox.id, work))
