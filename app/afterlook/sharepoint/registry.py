"""All types that client.svc serves."""

from __future__ import annotations

from afterlook.csom.types import Registry
from afterlook.sharepoint import web
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.om import types as om

REGISTRY: Registry[Caller] = Registry(*web.TYPES, *om.TYPES, find=web.find)
