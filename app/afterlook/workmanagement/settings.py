"""What a user has set, and what a client wants to find again next time.

Owns the defaults, what may be set, and the instants that follow from it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import orjson

from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.workmanagement import locations, settings

UNSET = -1
MAX_LOCATIONS = 1000
MAX_LANDING_PAGE = 255

_COLOR = re.compile(r"#?(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})", re.ASCII | re.IGNORECASE)

T = TypeVar("T", bound="UserSettings | PersistedProperties")


@dataclass(frozen=True)
class UserSettings:
    """The settings ([MS-WMCSOM] 3.1.5.43). A limit that is not above zero is none."""

    days_after_current_date_timeline_ends: int = 21
    days_a_task_is_considered_new_task: int = 7
    days_before_current_date_timeline_starts: int = 7
    important_location_ids: tuple[int, ...] = ()
    important_tasks_limit: int = 30
    inactive_months_before_location_expiration: int = 6
    late_tasks_limit: int = 30
    old_tasks_limit: int = UNSET
    upcoming_tasks_limit: int = 14

    def new_from(self, now: Instant) -> Instant:
        """Return the first instant since which what is discovered is new."""
        return _days_before(now, self.days_a_task_is_considered_new_task)

    def stale_before(self, now: Instant) -> Instant:
        """Return the instant before which what was pinned is stale."""
        return _days_before(now, self.important_tasks_limit)


@dataclass(frozen=True)
class PersistedProperties:
    """What the user left the page with ([MS-WMCSOM] 3.1.5.55)."""

    filtered_location_ids: tuple[int, ...] = ()
    group_by_projects: bool = False
    has_shown_mark_as_important_callout: bool = False
    has_shown_task_list_too_long_notification: bool = False
    quick_launch_landing_page: str | None = None


@dataclass(frozen=True)
class ColorUpdate:
    """The colour that a location is to be shown in; None leaves it as it is."""

    location: int
    color: str | None


@dataclass(frozen=True)
class SettingsUpdate:
    """All settings, and colours of locations."""

    settings: UserSettings
    colors: tuple[ColorUpdate, ...] = ()


def get_settings(session: ReadSession) -> UserSettings:
    """Return the settings of a user."""
    return _from_json(UserSettings, settings.get(session).settings)


def get_persisted(session: ReadSession) -> PersistedProperties:
    """Return what the user left the page with."""
    return _from_json(PersistedProperties, settings.get(session).persisted)


def find_invalid(update: SettingsUpdate) -> str | None:
    """Return the name of what cannot be set, or None where everything can."""
    if len(update.settings.important_location_ids) > MAX_LOCATIONS:
        return "important_location_ids"
    for color in update.colors:
        if color.color is not None and not _COLOR.fullmatch(color.color):
            return "color"
    return None


def find_invalid_persisted(properties: PersistedProperties) -> str | None:
    """Return the name of what cannot be kept, or None where everything can."""
    if len(properties.filtered_location_ids) > MAX_LOCATIONS:
        return "filtered_location_ids"
    if len(properties.quick_launch_landing_page or "") > MAX_LANDING_PAGE:
        return "quick_launch_landing_page"
    return None


def set_settings(session: WriteSession, update: SettingsUpdate) -> None:
    """Keep settings and colours. A location that has gone meanwhile is passed over."""
    stored = settings.get(session)
    settings.put(session, stored._replace(settings=_to_json(update.settings)))
    for color in update.colors:
        location = locations.get(session, color.location)
        if location is not None and color.color is not None:
            locations.replace(session, location._replace(color=color.color))


def set_persisted(session: WriteSession, properties: PersistedProperties) -> None:
    """Keep what the user leaves the page with."""
    stored = settings.get(session)
    settings.put(session, stored._replace(persisted=_to_json(properties)))


def _days_before(now: Instant, days: int) -> Instant:
    return Instant(max(now - days * TICKS_PER_DAY, 0) if days > 0 else 0)


def _to_json(values: UserSettings | PersistedProperties) -> str:
    return orjson.dumps(values).decode()


def _from_json(type_: type[T], text: str) -> T:
    stored: dict[str, Any] = orjson.loads(text)
    values: dict[str, Any] = {
        part.name: tuple(value) if isinstance(value := stored[part.name], list) else value
        for part in fields(type_)
        if part.name in stored
    }
    return type_(**values)
