"""What a user sets, and what else is no task ([MS-WMCSOM] 3.1.5.7, .43, .45, .50, .53 to .55)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar, cast

from pydantic.alias_generators import to_snake

from afterlook.csom.types import (
    BOOLEAN,
    DATE_TIME,
    INT32,
    STRING,
    ArrayType,
    ObjectType,
    ServerObject,
    path,
    scalar,
)
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declarations import class_, render_instant
from afterlook.sharepoint.om.locations import LOCATION_CLIENT_COLLECTION
from afterlook.sharepoint.om.refreshes import REFRESH_HISTORY
from afterlook.sharepoint.request_context import RequestContext
from afterlook.workmanagement.exchange_sync.state import ExchangeSyncState
from afterlook.workmanagement.settings import PersistedProperties, UserSettings

T = TypeVar("T", UserSettings, PersistedProperties)

USER_SETTINGS = class_(
    "UserSettings",
    "{bea67fb5-fb82-4388-b0e7-174baa0eb51a}",
    scalar("DaysAfterCurrentDateTimelineEnds", INT32),
    scalar("DaysATaskIsConsideredNewTask", INT32),
    scalar("DaysBeforeCurrentDateTimelineStarts", INT32),
    scalar("ImportantLocationIds", ArrayType(INT32)),
    scalar("ImportantTasksLimit", INT32),
    scalar("InactiveMonthsBeforeLocationExpiration", INT32),
    scalar("LateTasksLimit", INT32),
    scalar("OldTasksLimit", INT32),
    scalar("UpcomingTasksLimit", INT32),
    constructible=True,
)

PERSISTED_PROPERTIES = class_(
    "PersistedProperties",
    "{c05ebf4c-f2c5-4167-9043-f21c4e1b682d}",
    scalar("FilteredLocationIds", ArrayType(INT32)),
    scalar("GroupByProjects", BOOLEAN),
    scalar("HasShownMarkAsImportantCallout", BOOLEAN),
    scalar("HasShownTaskListTooLongNotification", BOOLEAN),
    scalar("QuickLaunchLandingPage", STRING),
    constructible=True,
)

EXCHANGE_USER_SYNC_STATE = class_(
    "ExchangeUserSyncState",
    "{df02e325-1546-4e32-bede-704630d31669}",
    scalar("IsOptedIn", BOOLEAN, writable=False),
    scalar("LastEndTime", DATE_TIME, writable=False),
    scalar("LastSyncResult", enums.EXCHANGE_SYNC_RESULT, writable=False),
)

DASHBOARD_SCRIPT_EXTENSION_INFO = class_(
    "DashboardScriptExtensionInfo",
    "{d262cc71-32db-4f83-8a1c-6986bd6f733f}",
    scalar("ProviderKey", STRING),
    scalar("ScriptClass", STRING),
    scalar("ScriptData", STRING),
    scalar("ScriptFiles", ArrayType(STRING)),
)

DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION = class_(
    "DashboardScriptExtensionInfoClientCollection",
    "{03644911-e5e9-4504-9f73-85d50b9dd6a0}",
    items=DASHBOARD_SCRIPT_EXTENSION_INFO,
)

NON_TASK_DATA_READ_RESULT = class_(
    "NonTaskDataReadResult",
    "{d1a564b4-5e35-4a5b-92b6-99dc85dacda4}",
    # Misspelt so on the wire.
    path("AllLocatons", LOCATION_CLIENT_COLLECTION, writable=False),
    path("PersistedProperties", PERSISTED_PROPERTIES, writable=False),
    path("RefreshHistory", REFRESH_HISTORY, writable=False),
    path("ScriptExtensions", DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION, writable=False),
    path("UserSettings", USER_SETTINGS, writable=False),
)

VIEW_SELECTION_INFO = class_(
    "ViewSelectionInfo",
    "{9c4b64c1-8722-45c0-9d9d-e61c2f36bb44}",
    scalar("Id", INT32),
    scalar("Image", STRING),
    scalar("Name", STRING),
    constructible=True,
)

TYPES = (
    USER_SETTINGS,
    PERSISTED_PROPERTIES,
    EXCHANGE_USER_SYNC_STATE,
    DASHBOARD_SCRIPT_EXTENSION_INFO,
    DASHBOARD_SCRIPT_EXTENSION_INFO_CLIENT_COLLECTION,
    NON_TASK_DATA_READ_RESULT,
    VIEW_SELECTION_INFO,
)


def render_settings(settings: UserSettings) -> ServerObject:
    """Return settings as their object."""
    return _render(USER_SETTINGS, settings)


def render_persisted(properties: PersistedProperties) -> ServerObject:
    """Return what is persisted as its object."""
    return _render(PERSISTED_PROPERTIES, properties)


def read_settings(settings: ServerObject) -> UserSettings:
    """Return settings from their object."""
    return _read(UserSettings, settings)


def read_persisted(properties: ServerObject) -> PersistedProperties:
    """Return what is to be persisted from its object."""
    return _read(PersistedProperties, properties)


def render_exchange(state: ExchangeSyncState) -> ServerObject:
    """Return how things stand with Exchange."""
    return EXCHANGE_USER_SYNC_STATE.new(
        IsOptedIn=state.is_opted_in,
        LastEndTime=render_instant(state.ended),
        LastSyncResult=int(state.result),
    )


def _render(
    type_: ObjectType[RequestContext], values: UserSettings | PersistedProperties
) -> ServerObject:
    rendered: dict[str, object] = {}
    for part in type_.all_properties():
        value = getattr(values, to_snake(part.name))
        rendered[part.name] = list(value) if isinstance(value, tuple) else value
    return type_.new(**rendered)


def _read(type_: type[T], given: ServerObject) -> T:
    """Read values; an array that is null is an empty one."""
    values = {to_snake(name): value for name, value in given.values.items()}
    lists = {part.name for part in fields(type_) if isinstance(part.default, tuple)}
    named: dict[str, Any] = {
        name: tuple(cast("list[int] | None", value) or ()) if name in lists else value
        for name, value in values.items()
    }
    return type_(**named)
