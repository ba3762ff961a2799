"""Where the routes of this wire are mounted, and the order in which they are tried."""

from __future__ import annotations

from afterlook.http.paths import API_ROOT
from afterlook.outlook.routers import (
    attachments,
    batch,
    counts,
    grouptasks,
    metadata,
    properties,
    taskfolders,
    taskgroups,
    tasks,
)

SERVICE = f"/{API_ROOT}/{{version}}"
"""The prefix of routes that belong to no user."""

PREFIX = f"{SERVICE}/{{user}}"
"""The prefix of a user's routes; `user` is `me` or `users('…')`."""

ROUTERS = (
    tasks.router,
    taskfolders.router,
    taskgroups.router,
    attachments.router,
    grouptasks.router,
    counts.router,
    properties.router,
    batch.router,
)

MOUNTED = (
    *((PREFIX, router) for router in ROUTERS),
    (SERVICE, metadata.service),
    (SERVICE, batch.service),
    # Last, because any segment could be a user.
    (PREFIX, metadata.user),
)
"""Every router with its prefix. The first route that matches an address answers, so that the
routers that are used most come first."""
