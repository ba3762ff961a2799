"""All types that client.svc serves."""

from __future__ import annotations

from afterlook.csom.types import Registry
from afterlook.sharepoint import web
from afterlook.sharepoint.context import Caller

REGISTRY: Registry[Caller] = Registry(*web.TYPES, find=web.find)
