"""How the lists of providers become locations of a user's.

Owns that a list becomes one with the first task that the user has there, below the location of its
site, and what both are called.
"""

from __future__ import annotations

from dataclasses import replace

from afterlook.store.folding import fold
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement import locations, provider_lists, settings
from afterlook.store.workmanagement.rows import ProviderListRow, WorkLocationRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.providers.lists import list_url, web_name
from afterlook.workmanagement.settings import (
    MAX_LOCATIONS,
    SettingsUpdate,
    get_settings,
    set_settings,
)

_COLORS = ("0072C6", "008A00", "D24726", "8C0095", "DC572E", "008299", "5133AB", "AC193D")
"""The colours that places are given, one after the other."""


def ensure_location(session: WriteSession, provider_list: ProviderListRow) -> ProviderListRow:
    """Return a list with its location, which is created where it has none yet."""
    if provider_list.location is not None:
        return provider_list
    root = _root(session, provider_list)
    name = f"{web_name(provider_list.web)}: {provider_list.title}"
    number = _add(session, provider_list, name, list_url(provider_list), root)
    located = provider_list._replace(location=number)
    provider_lists.replace(session, located)
    _make_important(session, number)
    return located


def touch_location(session: WriteSession, location_id: int) -> WorkLocationRow | None:
    """Note that a task has changed at a location, which is then not inactive; return its root."""
    location = locations.get(session, location_id)
    if location is None:
        return None
    locations.replace(session, location._replace(active=session.now))
    root = locations.get(session, location.parent)
    if root is not None:
        locations.replace(session, root._replace(active=session.now))
    return root


def _root(session: WriteSession, provider_list: ProviderListRow) -> int:
    """Return the location of the site that a list is in."""
    for location in locations.list_locations(session):
        if (
            location.parent == NO_LOCATION
            and location.provider == provider_list.provider
            and fold(location.url or "") == fold(provider_list.web)
        ):
            return location.id
    return _add(session, provider_list, web_name(provider_list.web), provider_list.web, NO_LOCATION)


def _add(
    session: WriteSession, provider_list: ProviderListRow, name: str, url: str, parent: int
) -> int:
    number = settings.advance_counter(session, "next_location")
    location = WorkLocationRow(
        id=number,
        name=name,
        parent=parent,
        provider=provider_list.provider,
        url=url,
        color=_COLORS[number % len(_COLORS)],
        active=session.now,
    )
    locations.add(session, location)
    return number


def _make_important(session: WriteSession, number: int) -> None:
    """Offer a place for new tasks: pages offer those only that are important."""
    current = get_settings(session)
    if len(current.important_location_ids) < MAX_LOCATIONS:
        ids = (*current.important_location_ids, number)
        set_settings(session, SettingsUpdate(replace(current, important_location_ids=ids)))
