"""What every session can tell beside its tasks, and what it can set going ([MS-WMCSOM]
3.1.5.1.2).
"""

from __future__ import annotations

from datetime import datetime

from afterlook.csom.types import BOOLEAN, DATE_TIME, INT32, Parameter, ServerObject
from afterlook.runtime.instants import FIRST_INSTANT, Instant
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.om.declaring import collection, given_instant, method
from afterlook.sharepoint.om.exchange import begin_sync, is_pending
from afterlook.sharepoint.om.locations import shown_locations
from afterlook.sharepoint.om.refreshes import (
    CREATE_REFRESH_JOB_RESULT,
    REFRESH_HEALTH_INFO,
    REFRESH_HISTORY,
    REFRESH_RESULT,
    shown_begun,
    shown_health,
    shown_history,
    shown_refresh,
    shown_unknown,
)
from afterlook.sharepoint.om.sessions import BASE_SESSION, TASK_KEY
from afterlook.sharepoint.om.settings import (
    DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION,
    NON_TASK_DATA_READ_RESULT,
    shown_persisted,
    shown_settings,
)
from afterlook.sharepoint.om.tasks import (
    CALLOUT_INFO,
    TASK_REFRESH_RESULT,
    shown_callout,
    shown_refreshed,
)
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.workmanagement import locations, settings, tasks
from afterlook.workmanagement.callouts import get_callout
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh.report import RefreshState


@method(BASE_SESSION, "GetCalloutInfo", TASK_KEY, returns=CALLOUT_INFO)
async def _callout(caller: Caller, _: ServerObject, *, task_key: int) -> ServerObject | None:
    found = await caller.store.scan(lambda session: get_callout(session, caller.mailbox, task_key))
    if found is None:
        return None
    caller.room.take(*found.hierarchy, *found.predecessors, *found.successors)
    return shown_callout(caller, found)


@method(BASE_SESSION, "RefreshSingleTask", TASK_KEY, returns=TASK_REFRESH_RESULT)
async def _refresh_single(caller: Caller, _: ServerObject, *, task_key: int) -> ServerObject:
    def work(session: WriteSession) -> ServerObject:
        refreshed = tasks.refresh_task(session, caller.mailbox, task_key)
        return shown_refreshed(caller, refreshed, str(session.guid()))

    return await caller.store.write(caller.mailbox.id, work)


@method(BASE_SESSION, "ReadAllNonTaskData", returns=NON_TASK_DATA_READ_RESULT)
async def _read_all(caller: Caller, _: ServerObject) -> ServerObject:
    now = caller.store.now()
    return await caller.store.scan(lambda session: _all(session, caller, now))


@method(BASE_SESSION, "BeginCacheRefresh", returns=CREATE_REFRESH_JOB_RESULT)
async def _begin_refresh(caller: Caller, _: ServerObject) -> ServerObject:
    begun = await caller.store.write(
        caller.mailbox.id, lambda session: refresh_job.begin_refresh(session, caller.mailbox)
    )
    return shown_begun(begun)


@method(BASE_SESSION, "GetRefreshStatus", Parameter("refreshId", INT32), returns=REFRESH_RESULT)
async def _status(caller: Caller, _: ServerObject, *, refresh_id: int) -> ServerObject:
    found = await caller.store.look_up(
        lambda session: refresh_history.get_refresh(session, caller.mailbox, refresh_id)
    )
    if found is not None and found.state == RefreshState.PENDING:
        found = await caller.store.write(
            caller.mailbox.id,
            lambda session: refresh_job.continue_refresh(session, caller.mailbox, refresh_id),
        )
    return shown_unknown(refresh_id) if found is None else shown_refresh(found)


@method(BASE_SESSION, "GetRefreshHistory", Parameter("since", DATE_TIME), returns=REFRESH_HISTORY)
async def _history(caller: Caller, _: ServerObject, *, since: datetime | None) -> ServerObject:
    instant = given_instant(since) or FIRST_INSTANT
    found = await caller.store.look_up(
        lambda session: refresh_history.list_refreshes(session, caller.mailbox, instant)
    )
    return shown_history(found)


@method(BASE_SESSION, "GetRefreshHealthInfo", returns=REFRESH_HEALTH_INFO)
async def _health(caller: Caller, _: ServerObject) -> ServerObject:
    found = await caller.store.look_up(
        lambda session: refresh_history.get_health(session, caller.mailbox)
    )
    return shown_health(found)


@method(BASE_SESSION, "BeginExchangeSync", returns=BOOLEAN)
async def _begin_sync(caller: Caller, _: ServerObject) -> bool:
    return await begin_sync(caller)


@method(BASE_SESSION, "IsExchangeJobPending", returns=BOOLEAN)
async def _is_pending(caller: Caller, _: ServerObject) -> bool:
    return await is_pending(caller)


def _all(session: ReadSession, caller: Caller, now: Instant) -> ServerObject:
    mailbox = caller.mailbox
    return NON_TASK_DATA_READ_RESULT.new(
        AllLocatons=shown_locations(caller, locations.list_locations(session, mailbox, now)),
        PersistedProperties=shown_persisted(settings.get_persisted(session, mailbox)),
        RefreshHistory=shown_history(
            refresh_history.list_refreshes(session, mailbox, FIRST_INSTANT)
        ),
        ScriptExtensions=collection(DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION, []),
        UserSettings=shown_settings(settings.get_settings(session, mailbox.id)),
    )
