"""The places that tasks come from.

Owns which there are for a user, and which of them are important.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from afterlook.runtime.instants import Instant, from_datetime, to_datetime
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import locations
from afterlook.store.workmanagement.rows import WorkLocationRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.settings import get_settings


class Provider(IntEnum):
    """Who has the original of a task; the user's own have none.

    Those of Exchange are the user's own, too: it has a copy of each.
    """

    PERSONAL = 0
    SHAREPOINT = 1
    PROJECT_SERVER = 2
    EXCHANGE = 3

    @property
    def key(self) -> str | None:
        """How clients know it."""
        return _KEYS.get(self)

    @property
    def title(self) -> str:
        """What users call it."""
        return _TITLES.get(self, "")


WITH_LISTS = (Provider.SHAREPOINT, Provider.PROJECT_SERVER)
"""Those that have lists, which a refresh reads."""

_KEYS = {
    Provider.SHAREPOINT: "SharePoint",
    Provider.PROJECT_SERVER: "ProjectServer",
    Provider.EXCHANGE: "Exchange",
}

_TITLES = {
    Provider.SHAREPOINT: "SharePoint",
    Provider.PROJECT_SERVER: "Project Server",
    Provider.EXCHANGE: "Exchange",
}


class Location(NamedTuple):
    """A place, and whether it is important to the user."""

    row: WorkLocationRow
    important: bool

    @property
    def provider_key(self) -> str | None:
        """How clients know its provider."""
        return Provider(self.row.provider).key


PERSONAL = Location(
    WorkLocationRow(
        id=NO_LOCATION,
        name="Personal",
        parent=NO_LOCATION,
        provider=Provider.PERSONAL,
        url=None,
        color=None,
        active=Instant(0),
    ),
    important=True,
)
"""Where tasks are that are nowhere else: every user has it."""


def list_locations(session: ReadSession, now: Instant) -> list[Location]:
    """List the places of a user that have not expired, the personal one first."""
    chosen = get_settings(session)
    oldest = _months_before(now, chosen.inactive_months_before_location_expiration)
    important = set(chosen.important_location_ids)
    return [
        PERSONAL,
        *(
            Location(row, row.id in important)
            for row in locations.list_locations(session)
            if row.active >= oldest
        ),
    ]


def list_important_locations(session: ReadSession, now: Instant) -> list[Location]:
    """List the places that are important to a user, the personal one first."""
    return [one for one in list_locations(session, now) if one.important]


def get_locations(session: ReadSession, keys: Sequence[int]) -> list[Location]:
    """Return the places of these keys, expired or not, as far as there are any."""
    important = set(get_settings(session).important_location_ids)
    rows = {row.id: Location(row, row.id in important) for row in locations.list_locations(session)}
    rows[NO_LOCATION] = PERSONAL
    return [rows[key] for key in dict.fromkeys(keys) if key in rows]


def get_location(session: ReadSession, key: int) -> WorkLocationRow | None:
    """Return the place of a key."""
    return PERSONAL.row if key == NO_LOCATION else locations.get(session, key)


def _months_before(now: Instant, months: int) -> Instant:
    """Return the same day some months before; the first of all where none have to pass.

    Where that month is too short for the day, it is its last.
    """
    if months <= 0:
        return Instant(0)
    try:
        return from_datetime(to_datetime(now) - relativedelta(months=months))
    except (ValueError, OverflowError):
        # Before the year 1, or by more months than a date can count.
        return Instant(0)
