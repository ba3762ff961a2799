"""UserSettingsManager: settings, locations, and the synchronisation with Exchange ([MS-WMCSOM]
3.1.5.44).
"""

from __future__ import annotations

from typing import cast

from afterlook.csom.errors import WrongFormat
from afterlook.csom.types import BOOLEAN, INT32, ArrayType, Parameter, ServerObject
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.om import enums
from afterlook.sharepoint.om.declaring import class_, method, pascal
from afterlook.sharepoint.om.exchange import is_pending, opt_in
from afterlook.sharepoint.om.locations import (
    LOCATION_CLIENT_COLLECTION,
    LOCATION_DISPLAY_SETTING,
    shown_locations,
)
from afterlook.sharepoint.om.refusals import ArgumentMissing, OutOfRange
from afterlook.sharepoint.om.settings import (
    EXCHANGE_USER_SYNC_STATE,
    PERSISTED_PROPERTIES,
    USER_SETTINGS,
    given_persisted,
    given_settings,
    shown_exchange,
    shown_persisted,
    shown_settings,
)
from afterlook.workmanagement import locations, settings
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.settings import ColorUpdate, SettingsUpdate

USER_SETTINGS_MANAGER = class_(
    "UserSettingsManager", "{73b6f1d6-c69c-4787-8413-2bb14d336410}", constructible=True
)

TYPES = (USER_SETTINGS_MANAGER,)


@method(USER_SETTINGS_MANAGER, "GetAllLocations", returns=LOCATION_CLIENT_COLLECTION)
async def _all_locations(caller: Caller, _: ServerObject) -> ServerObject:
    now = caller.store.now()
    return shown_locations(
        caller,
        await caller.store.look_up(
            lambda session: locations.list_locations(session, caller.mailbox, now)
        ),
    )


@method(USER_SETTINGS_MANAGER, "GetImportantLocations", returns=LOCATION_CLIENT_COLLECTION)
async def _important_locations(caller: Caller, _: ServerObject) -> ServerObject:
    now = caller.store.now()
    return shown_locations(
        caller,
        await caller.store.look_up(
            lambda session: locations.list_important_locations(session, caller.mailbox, now)
        ),
    )


@method(
    USER_SETTINGS_MANAGER,
    "GetLocations",
    Parameter("locationsId", ArrayType(INT32)),
    returns=LOCATION_CLIENT_COLLECTION,
)
async def _locations(
    caller: Caller, _: ServerObject, *, locations_id: list[int] | None
) -> ServerObject:
    return shown_locations(
        caller,
        await caller.store.look_up(
            lambda session: locations.get_locations(session, caller.mailbox, locations_id or ())
        ),
    )


@method(USER_SETTINGS_MANAGER, "GetUserSettings", returns=USER_SETTINGS)
async def _settings(caller: Caller, _: ServerObject) -> ServerObject:
    return shown_settings(
        await caller.store.look_up(
            lambda session: settings.get_settings(session, caller.mailbox.id)
        )
    )


@method(
    USER_SETTINGS_MANAGER,
    "SetUserSettings",
    Parameter("settings", USER_SETTINGS),
    Parameter("locationColorUpdates", ArrayType(LOCATION_DISPLAY_SETTING)),
)
async def _set_settings(
    caller: Caller,
    _: ServerObject,
    *,
    settings: ServerObject | None,
    location_color_updates: list[object] | None,
) -> None:
    if settings is None:
        raise ArgumentMissing(name="settings")
    colors = tuple(map(_color, location_color_updates or ()))
    update = SettingsUpdate(given_settings(settings), colors)
    await _set(caller, update)


@method(USER_SETTINGS_MANAGER, "GetPersistedProperties", returns=PERSISTED_PROPERTIES)
async def _persisted(caller: Caller, _: ServerObject) -> ServerObject:
    return shown_persisted(
        await caller.store.look_up(lambda session: settings.get_persisted(session, caller.mailbox))
    )


@method(
    USER_SETTINGS_MANAGER,
    "SetPersistedProperties",
    Parameter("persistedProperties", PERSISTED_PROPERTIES),
)
async def _set_persisted(
    caller: Caller, _: ServerObject, *, persisted_properties: ServerObject | None
) -> None:
    if persisted_properties is None:
        raise ArgumentMissing(name="persistedProperties")
    given = given_persisted(persisted_properties)
    if (name := settings.find_invalid_persisted(given)) is not None:
        raise OutOfRange(name=pascal(name))
    await caller.store.write(
        caller.mailbox.id, lambda session: settings.set_persisted(session, given)
    )


@method(USER_SETTINGS_MANAGER, "GetExchangeSyncInfo", returns=EXCHANGE_USER_SYNC_STATE)
async def _exchange(caller: Caller, _: ServerObject) -> ServerObject:
    return shown_exchange(
        await caller.store.look_up(
            lambda session: exchange_state.get_state(session, caller.mailbox)
        )
    )


@method(USER_SETTINGS_MANAGER, "IsExchangeJobPending", returns=BOOLEAN)
async def _is_pending(caller: Caller, _: ServerObject) -> bool:
    return await is_pending(caller)


@method(USER_SETTINGS_MANAGER, "OptIntoExchangeSync", returns=enums.EXCHANGE_OPT_IN_RESULT)
async def _opt_in(caller: Caller, _: ServerObject) -> int:
    return int(await opt_in(caller))


@method(USER_SETTINGS_MANAGER, "OptOutOfExchangeSync", returns=BOOLEAN)
async def _opt_out(caller: Caller, _: ServerObject) -> bool:
    return await caller.store.write(caller.mailbox.id, exchange_state.opt_out)


async def _set(caller: Caller, update: SettingsUpdate) -> None:
    if (name := settings.find_invalid(update)) is not None:
        raise OutOfRange(name=pascal(name))
    await caller.store.write(
        caller.mailbox.id, lambda session: settings.set_settings(session, update)
    )


def _color(given: object) -> ColorUpdate:
    if isinstance(given, ServerObject) and given.type.is_a(LOCATION_DISPLAY_SETTING):
        number, color = cast("int", given.values["Id"]), cast("str | None", given.values["Color"])
        return ColorUpdate(number, color)
    raise WrongFormat(reason=f"The value is no '{LOCATION_DISPLAY_SETTING.name}'.")
