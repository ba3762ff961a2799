"""All types that client.svc serves."""

from __future__ import annotations

from afterlook.csom.types import Registry
from afterlook.sharepoint import web

# The modules of BaseSession declare methods and hold no types: imported for that alone.
from afterlook.sharepoint.om import (
    base_session_commands,  # noqa: F401
    base_session_queries,  # noqa: F401
    locations,
    queries,
    refreshes,
    sessions,
    settings,
    tasks,
    user_settings,
)
from afterlook.sharepoint.request_context import RequestContext

OM_TYPES = (
    *tasks.TYPES,
    *queries.TYPES,
    *locations.TYPES,
    *refreshes.TYPES,
    *settings.TYPES,
    *sessions.TYPES,
    *user_settings.TYPES,
)

REGISTRY: Registry[RequestContext] = Registry(*web.TYPES, *OM_TYPES, find=web.find)
