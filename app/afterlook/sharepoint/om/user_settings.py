"""UserSettingsManager: settings, locations, and the synchronisation with Exchange ([MS-WMCSOM]
3.1.5.44).
"""

from __future__ import annotations

from typing import cast

from pydantic.alias_generators import to_pascal

from afterlook.csom.errors import WrongFormat
from afterlook.csom.types import BOOLEAN, INT32, ArrayType, Parameter, ServerObject
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.base_session_commands import run_sync_job
from afterlook.sharepoint.om.declarations import class_, method
from afterlook.sharepoint.om.errors import ArgumentMissing, OutOfRange
from afterlook.sharepoint.om.locations import (
    LOCATION_CLIENT_COLLECTION,
    LOCATION_DISPLAY_SETTING,
    render_locations,
)
from afterlook.sharepoint.om.settings import (
    EXCHANGE_USER_SYNC_STATE,
    PERSISTED_PROPERTIES,
    USER_SETTINGS,
    read_persisted,
    read_settings,
    render_exchange,
    render_persisted,
    render_settings,
)
from afterlook.sharepoint.request_context import RequestContext
from afterlook.workmanagement import locations, settings
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import OptInResult
from afterlook.workmanagement.settings import ColorUpdate, SettingsUpdate

USER_SETTINGS_MANAGER = class_(
    "UserSettingsManager", "{73b6f1d6-c69c-4787-8413-2bb14d336410}", constructible=True
)

TYPES = (USER_SETTINGS_MANAGER,)


@method(USER_SETTINGS_MANAGER, "GetAllLocations", returns=LOCATION_CLIENT_COLLECTION)
async def _get_all_locations(context: RequestContext, _: ServerObject) -> ServerObject:
    now = context.store.now()
    return render_locations(
        context,
        await context.store.read_by_key(lambda session: locations.list_locations(session, now)),
    )


@method(USER_SETTINGS_MANAGER, "GetImportantLocations", returns=LOCATION_CLIENT_COLLECTION)
async def _get_important_locations(context: RequestContext, _: ServerObject) -> ServerObject:
    now = context.store.now()
    return render_locations(
        context,
        await context.store.read_by_key(
            lambda session: locations.list_important_locations(session, now)
        ),
    )


@method(
    USER_SETTINGS_MANAGER,
    "GetLocations",
    Parameter("locationsId", ArrayType(INT32)),
    returns=LOCATION_CLIENT_COLLECTION,
)
async def _get_locations(
    context: RequestContext, _: ServerObject, *, locations_id: list[int] | None
) -> ServerObject:
    return render_locations(
        context,
        await context.store.read_by_key(
            lambda session: locations.get_locations(session, locations_id or ())
        ),
    )


@method(USER_SETTINGS_MANAGER, "GetUserSettings", returns=USER_SETTINGS)
async def _get_settings(context: RequestContext, _: ServerObject) -> ServerObject:
    return render_settings(await context.store.read_by_key(settings.get_settings))


@method(
    USER_SETTINGS_MANAGER,
    "SetUserSettings",
    Parameter("settings", USER_SETTINGS),
    Parameter("locationColorUpdates", ArrayType(LOCATION_DISPLAY_SETTING)),
)
async def _set_settings(
    context: RequestContext,
    _: ServerObject,
    *,
    settings: ServerObject | None,
    location_color_updates: list[object] | None,
) -> None:
    if settings is None:
        raise ArgumentMissing(name="settings")
    colors = tuple(map(_color, location_color_updates or ()))
    update = SettingsUpdate(read_settings(settings), colors)
    await _set(context, update)


@method(USER_SETTINGS_MANAGER, "GetPersistedProperties", returns=PERSISTED_PROPERTIES)
async def _get_persisted(context: RequestContext, _: ServerObject) -> ServerObject:
    return render_persisted(await context.store.read_by_key(settings.get_persisted))


@method(
    USER_SETTINGS_MANAGER,
    "SetPersistedProperties",
    Parameter("persistedProperties", PERSISTED_PROPERTIES),
)
async def _set_persisted(
    context: RequestContext, _: ServerObject, *, persisted_properties: ServerObject | None
) -> None:
    if persisted_properties is None:
        raise ArgumentMissing(name="persistedProperties")
    given = read_persisted(persisted_properties)
    if (name := settings.find_invalid_persisted(given)) is not None:
        raise OutOfRange(name=to_pascal(name))
    await context.store.write(lambda session: settings.set_persisted(session, given))


@method(USER_SETTINGS_MANAGER, "GetExchangeSyncInfo", returns=EXCHANGE_USER_SYNC_STATE)
async def _get_exchange_state(context: RequestContext, _: ServerObject) -> ServerObject:
    return render_exchange(await context.store.read_by_key(exchange_state.get_state))


@method(USER_SETTINGS_MANAGER, "IsExchangeJobPending", returns=BOOLEAN)
async def _is_pending(context: RequestContext, _: ServerObject) -> bool:
    now = context.store.now()
    return await context.store.read_by_key(lambda session: exchange_state.is_pending(session, now))


@method(USER_SETTINGS_MANAGER, "OptIntoExchangeSync", returns=enums.EXCHANGE_OPT_IN_RESULT)
async def _opt_in(context: RequestContext, _: ServerObject) -> int:
    result = await context.store.write(exchange_state.opt_in)
    if result is OptInResult.SUCCESS:
        # The answer waits until both sides have what the other has.
        await run_sync_job(context)
    return int(result)


@method(USER_SETTINGS_MANAGER, "OptOutOfExchangeSync", returns=BOOLEAN)
async def _opt_out(context: RequestContext, _: ServerObject) -> bool:
    return await context.store.write(exchange_state.opt_out)


async def _set(context: RequestContext, update: SettingsUpdate) -> None:
    if (name := settings.find_invalid(update)) is not None:
        raise OutOfRange(name=to_pascal(name))
    await context.store.write(lambda session: settings.set_settings(session, update))


def _color(given: object) -> ColorUpdate:
    if isinstance(given, ServerObject) and given.type.is_a(LOCATION_DISPLAY_SETTING):
        number, color = cast("int", given.values["Id"]), cast("str | None", given.values["Color"])
        return ColorUpdate(number, color)
    raise WrongFormat(reason=f"The value is no '{LOCATION_DISPLAY_SETTING.name}'.")
