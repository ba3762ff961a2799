"""All types of this namespace, their methods declared."""

from __future__ import annotations

# telling and writing declare what they do on types of sessions.
from afterlook.sharepoint.om import (
    locations,
    managers,
    queries,
    refreshes,
    sessions,
    settings,
    tasks,
    telling,
    usersettings,
    writing,
)

DECLARING = (telling, writing)

TYPES = (
    *tasks.TYPES,
    *queries.TYPES,
    *locations.TYPES,
    *refreshes.TYPES,
    *settings.TYPES,
    *sessions.TYPES,
    *managers.TYPES,
    *usersettings.TYPES,
)
