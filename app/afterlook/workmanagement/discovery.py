"""How places come to be among a user's locations.

Owns that a list becomes one with the first task that the user has there, below the one of its
site, and what both are called. Must not know when they expire.
"""

from __future__ import annotations

from dataclasses import replace

from afterlook.store.folding import fold
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import locations, provider_lists, settings
from afterlook.store.workmanagement.rows import ProviderListRow, WorkLocationRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.settings import (
    MOST_LOCATIONS,
    SettingsUpdate,
    get_settings,
    set_settings,
)
from afterlook.workmanagement.sources import list_url, web_name

_COLORS = ("0072C6", "008A00", "D24726", "8C0095", "DC572E", "008299", "5133AB", "AC193D")
"""The colours that places are given, one after the other."""


def discovered(session: WriteSession, source: ProviderListRow) -> ProviderListRow:
    """Return a list with its location, which is made where there is none yet."""
    if source.location is not None:
        return source
    root = _root(session, source)
    name = f"{web_name(source.web)}: {source.title}"
    number = _add(session, source, name, list_url(source), root)
    found = source._replace(location=number)
    provider_lists.replace(session, found)
    _make_important(session, number)
    return found


def seen(session: WriteSession, number: int) -> WorkLocationRow | None:
    """Note that something happened at a location; return the one that it is within."""
    location = locations.get(session, session.mailbox, number)
    if location is None:
        return None
    locations.replace(session, location._replace(active=session.now))
    root = locations.get(session, session.mailbox, location.parent)
    if root is not None:
        locations.replace(session, root._replace(active=session.now))
    return root


def _root(session: WriteSession, source: ProviderListRow) -> int:
    """Return the location of the site that a list is in."""
    for location in locations.list_locations(session, session.mailbox):
        if (
            location.parent == NO_LOCATION
            and location.provider == source.provider
            and fold(location.url or "") == fold(source.web)
        ):
            return location.id
    return _add(session, source, web_name(source.web), source.web, NO_LOCATION)


def _add(session: WriteSession, source: ProviderListRow, name: str, url: str, parent: int) -> int:
    number = settings.advance_counter(session, "next_location")
    location = WorkLocationRow(
        id=number,
        name=name,
        parent=parent,
        provider=source.provider,
        url=url,
        color=_COLORS[number % len(_COLORS)],
        active=session.now,
    )
    locations.add(session, location)
    return number


def _make_important(session: WriteSession, number: int) -> None:
    """Offer a place for new tasks: pages offer those only that are important."""
    current = get_settings(session, session.mailbox)
    if len(current.important_location_ids) < MOST_LOCATIONS:
        ids = (*current.important_location_ids, number)
        set_settings(session, SettingsUpdate(replace(current, important_location_ids=ids)))
