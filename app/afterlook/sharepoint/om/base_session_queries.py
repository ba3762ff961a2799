"""The methods of BaseSession that read ([MS-WMCSOM] 3.1.5.1.2).

To be imported is to declare them: `registry` does so.
"""

from __future__ import annotations

from datetime import datetime

from afterlook.csom.types import BOOLEAN, DATE_TIME, INT32, Parameter, ServerObject
from afterlook.runtime.instants import FIRST_INSTANT, Instant
from afterlook.sharepoint.om.declarations import collection, method, read_instant
from afterlook.sharepoint.om.locations import render_locations
from afterlook.sharepoint.om.refreshes import (
    REFRESH_HEALTH_INFO,
    REFRESH_HISTORY,
    REFRESH_RESULT,
    render_health,
    render_history,
    render_refresh,
    render_unknown,
)
from afterlook.sharepoint.om.sessions import BASE_SESSION, TASK_KEY
from afterlook.sharepoint.om.settings import (
    DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION,
    NON_TASK_DATA_READ_RESULT,
    render_persisted,
    render_settings,
)
from afterlook.sharepoint.om.tasks import CALLOUT_INFO, render_callout
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.sessions import ReadSession
from afterlook.workmanagement import locations, settings
from afterlook.workmanagement.callouts import get_callout
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh.report import RefreshState


@method(BASE_SESSION, "GetCalloutInfo", TASK_KEY, returns=CALLOUT_INFO)
async def _get_callout(
    context: RequestContext, _: ServerObject, *, task_key: int
) -> ServerObject | None:
    callout = await context.store.scan(lambda session: get_callout(session, task_key))
    if callout is None:
        return None
    context.text_budget.reserve(*callout.hierarchy, *callout.predecessors, *callout.successors)
    return render_callout(context, callout)


@method(BASE_SESSION, "ReadAllNonTaskData", returns=NON_TASK_DATA_READ_RESULT)
async def _read_all(context: RequestContext, _: ServerObject) -> ServerObject:
    now = context.store.now()
    return await context.store.scan(lambda session: _all(session, context, now))


@method(BASE_SESSION, "GetRefreshStatus", Parameter("refreshId", INT32), returns=REFRESH_RESULT)
async def _get_refresh_status(
    context: RequestContext, _: ServerObject, *, refresh_id: int
) -> ServerObject:
    row = await context.store.read_by_key(
        lambda session: refresh_history.get_refresh(session, refresh_id)
    )
    # For who may only read it goes on by itself.
    if row is not None and row.state == RefreshState.PENDING and context.store.may_write:
        row = await context.store.write(
            lambda session: refresh_job.continue_refresh(session, refresh_id)
        )
    return render_unknown(refresh_id) if row is None else render_refresh(row)


@method(BASE_SESSION, "GetRefreshHistory", Parameter("since", DATE_TIME), returns=REFRESH_HISTORY)
async def _get_refresh_history(
    context: RequestContext, _: ServerObject, *, since: datetime | None
) -> ServerObject:
    instant = read_instant(since) or FIRST_INSTANT
    rows = await context.store.read_by_key(
        lambda session: refresh_history.list_refreshes(session, instant)
    )
    return render_history(rows)


@method(BASE_SESSION, "GetRefreshHealthInfo", returns=REFRESH_HEALTH_INFO)
async def _get_refresh_health(context: RequestContext, _: ServerObject) -> ServerObject:
    health = await context.store.read_by_key(refresh_history.get_health)
    return render_health(health)


@method(BASE_SESSION, "IsExchangeJobPending", returns=BOOLEAN)
async def _is_pending(context: RequestContext, _: ServerObject) -> bool:
    now = context.store.now()
    return await context.store.read_by_key(lambda session: exchange_state.is_pending(session, now))


def _all(session: ReadSession, context: RequestContext, now: Instant) -> ServerObject:
    return NON_TASK_DATA_READ_RESULT.new(
        AllLocatons=render_locations(context, locations.list_locations(session, now)),
        PersistedProperties=render_persisted(settings.get_persisted(session)),
        RefreshHistory=render_history(refresh_history.list_refreshes(session, FIRST_INSTANT)),
        ScriptExtensions=collection(DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION, []),
        UserSettings=render_settings(settings.get_settings(session)),
    )
