"""Refreshes: their results, history and health ([MS-WMCSOM] 3.1.5.4, .9, .17, .18, .23 to .29)."""

from __future__ import annotations

from collections.abc import Iterable

from afterlook.csom.types import (
    BOOLEAN,
    DATE_TIME,
    INT32,
    STRING,
    UINT32,
    ServerObject,
    path,
    scalar,
)
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import NO_DATE, class_, collection, render_instant
from afterlook.store.workmanagement.rows import WorkRefreshRow
from afterlook.workmanagement.locations import Provider
from afterlook.workmanagement.refresh.history import Health, ProviderError, has_error
from afterlook.workmanagement.refresh.job import RefreshStart
from afterlook.workmanagement.refresh.report import (
    Changes,
    ProviderStatus,
    RefreshState,
    decode_changes,
    decode_statuses,
)

CREATE_REFRESH_JOB_RESULT = class_(
    "CreateRefreshJobResult",
    "{b020a172-1e1c-4327-a356-6002d815e3ea}",
    scalar("CreatedJob", BOOLEAN),
    scalar("CurrentJobId", INT32),
    scalar("EncounteredError", BOOLEAN),
)

LOCATION_UPDATE_RESULT = class_(
    "LocationUpdateResult",
    "{4d0a3245-9b4f-4986-8b91-87f209fc8bc7}",
    scalar("ActiveAddedCount", UINT32),
    scalar("AddedCount", UINT32),
    scalar("RemovedCount", UINT32),
    scalar("RootLocationId", INT32),
    scalar("UpdatedCount", UINT32),
)

LOCATION_UPDATE_RESULT_CLIENT_COLLECTION = class_(
    "LocationUpdateResultClientCollection",
    "{adc959fa-e5e6-4575-a998-a00ce60a9201}",
    items=LOCATION_UPDATE_RESULT,
)

PROVIDER_REFRESH_STATUS = class_(
    "ProviderRefreshStatus",
    "{1b347470-e983-40ee-a794-0719de3b37e6}",
    scalar("ProviderKey", STRING),
    scalar("ProviderLocalizedName", STRING),
    scalar("RefreshFinished", DATE_TIME),
    scalar("RefreshStarted", DATE_TIME),
    scalar("RootLocationId", INT32),
)

PROVIDER_REFRESH_STATUS_CLIENT_COLLECTION = class_(
    "ProviderRefreshStatusClientCollection",
    "{934100a6-c55c-4cb5-be34-e723029fc017}",
    items=PROVIDER_REFRESH_STATUS,
)

REFRESH_RESULT = class_(
    "RefreshResult",
    "{af042356-0857-4f34-b227-2e0b90956e3f}",
    scalar("AggregatorRefreshState", enums.REFRESH_STATE),
    scalar("CorrelationId", STRING),
    path("ProviderStatuses", PROVIDER_REFRESH_STATUS_CLIENT_COLLECTION),
    scalar("RefreshFinished", DATE_TIME),
    scalar("RefreshId", INT32),
    path("TaskChangesByLocation", LOCATION_UPDATE_RESULT_CLIENT_COLLECTION),
)

REFRESH_EVENT_INFO_CLIENT_COLLECTION = class_(
    "RefreshEventInfoClientCollection",
    "{d81ec1df-7f4b-4654-a46d-518ddeb9d674}",
    items=REFRESH_RESULT,
)

REFRESH_HISTORY = class_(
    "RefreshHistory",
    "{7f30cb13-9617-4fe3-936f-d3c0bea1b2f7}",
    path("Refreshes", REFRESH_EVENT_INFO_CLIENT_COLLECTION),
)

PROVIDER_ERROR_INFO = class_(
    "ProviderErrorInfo",
    "{86fad6b1-b741-43fd-8822-ee12938c5c13}",
    scalar("CorrelationId", STRING),
    scalar("LastSuccessfulRefresh", DATE_TIME),
    scalar("LocalizedName", STRING),
)

PROVIDER_ERROR_INFO_CLIENT_COLLECTION = class_(
    "ProviderErrorInfoClientCollection",
    "{8d2243e2-6f6f-47f1-a0ca-97dba1d8aa25}",
    items=PROVIDER_ERROR_INFO,
)

REFRESH_HEALTH_INFO = class_(
    "RefreshHealthInfo",
    "{8febd942-9cc1-47c0-9153-02a636bfd5df}",
    scalar("LatestRefreshTime", DATE_TIME),
    scalar("NewTasks", INT32),
    path("ProviderErrors", PROVIDER_ERROR_INFO_CLIENT_COLLECTION),
    scalar("Succeeded", BOOLEAN),
)

TYPES = (
    CREATE_REFRESH_JOB_RESULT,
    LOCATION_UPDATE_RESULT,
    LOCATION_UPDATE_RESULT_CLIENT_COLLECTION,
    PROVIDER_REFRESH_STATUS,
    PROVIDER_REFRESH_STATUS_CLIENT_COLLECTION,
    REFRESH_RESULT,
    REFRESH_EVENT_INFO_CLIENT_COLLECTION,
    REFRESH_HISTORY,
    PROVIDER_ERROR_INFO,
    PROVIDER_ERROR_INFO_CLIENT_COLLECTION,
    REFRESH_HEALTH_INFO,
)


def render_start(begun: RefreshStart) -> ServerObject:
    """Return whether a refresh began."""
    return CREATE_REFRESH_JOB_RESULT.new(CreatedJob=begun.created, CurrentJobId=begun.refresh)


def render_refresh(row: WorkRefreshRow) -> ServerObject:
    """Return how a refresh went, or how far it is."""
    statuses = [_status(one) for one in decode_statuses(row.providers)]
    changes = [_changes(one) for one in decode_changes(row.changes).values()]
    return REFRESH_RESULT.new(
        AggregatorRefreshState=row.state,
        CorrelationId=row.correlation if has_error(row) else None,
        ProviderStatuses=collection(PROVIDER_REFRESH_STATUS_CLIENT_COLLECTION, statuses),
        RefreshFinished=render_instant(row.finished),
        RefreshId=row.id,
        TaskChangesByLocation=collection(LOCATION_UPDATE_RESULT_CLIENT_COLLECTION, changes),
    )


def _status(status: ProviderStatus) -> ServerObject:
    provider = Provider(status.provider)
    return PROVIDER_REFRESH_STATUS.new(
        ProviderKey=provider.key,
        ProviderLocalizedName=provider.title,
        RefreshFinished=render_instant(status.finished),
        RefreshStarted=render_instant(status.started),
        RootLocationId=status.root,
    )


def _changes(changes: Changes) -> ServerObject:
    return LOCATION_UPDATE_RESULT.new(
        ActiveAddedCount=changes.active_added,
        AddedCount=changes.added,
        RemovedCount=changes.removed,
        RootLocationId=changes.root,
        UpdatedCount=changes.updated,
    )


def render_unknown(refresh: int) -> ServerObject:
    """Return a refresh that there is not as one that did not take place.

    To a client that waits for its end this is an end; null would make it fail.
    """
    return REFRESH_RESULT.new(
        AggregatorRefreshState=int(RefreshState.IGNORED),
        ProviderStatuses=collection(PROVIDER_REFRESH_STATUS_CLIENT_COLLECTION, []),
        RefreshFinished=NO_DATE,
        RefreshId=refresh,
        TaskChangesByLocation=collection(LOCATION_UPDATE_RESULT_CLIENT_COLLECTION, []),
    )


def render_history(rows: Iterable[WorkRefreshRow]) -> ServerObject:
    """Return refreshes as a history."""
    refreshes = [render_refresh(row) for row in rows]
    return REFRESH_HISTORY.new(
        Refreshes=collection(REFRESH_EVENT_INFO_CLIENT_COLLECTION, refreshes)
    )


def render_health(health: Health) -> ServerObject:
    """Return how the latest refresh went."""
    return REFRESH_HEALTH_INFO.new(
        LatestRefreshTime=render_instant(health.at),
        NewTasks=health.new_tasks,
        ProviderErrors=collection(
            PROVIDER_ERROR_INFO_CLIENT_COLLECTION, [_error(one) for one in health.errors]
        ),
        Succeeded=health.succeeded,
    )


def _error(error: ProviderError) -> ServerObject:
    return PROVIDER_ERROR_INFO.new(
        CorrelationId=error.correlation,
        LastSuccessfulRefresh=render_instant(error.succeeded),
        LocalizedName=error.provider.title,
    )
