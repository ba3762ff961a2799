"""SP.RequestContext and SP.Web: as much of them as generic samples ask for (contract §2)."""

from __future__ import annotations

from uuid import UUID, uuid5

from afterlook.csom.types import STRING, ObjectType, ServerObject, members, path, scalar
from afterlook.sharepoint.context import Caller

TITLE = "Afterlook"

WEB: ObjectType[Caller] = ObjectType(
    "SP.Web",
    "{a489add2-5d3a-4de8-9445-49259462dceb}",
    properties=members(
        scalar("Title", STRING, writable=False),
        scalar("Url", STRING, writable=False),
        scalar("ServerRelativeUrl", STRING, writable=False),
    ),
)

REQUEST_CONTEXT: ObjectType[Caller] = ObjectType(
    "SP.RequestContext",
    "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}",
    properties=members(path("Web", WEB, writable=False)),
)

TYPES = (REQUEST_CONTEXT, WEB)

_IDENTITIES = UUID("740c6a0b-85e2-48a0-a494-e0f1759d4aa7")
"""What the product's identities of sites and webs begin with."""


async def _current(caller: Caller) -> ServerObject:
    context = REQUEST_CONTEXT.new(Web=_web(caller))
    context.identity = f"{_IDENTITIES}:{_site(caller)}:context"
    return context


REQUEST_CONTEXT.static_properties["Current"] = _current


async def find(caller: Caller, identity: str) -> ServerObject | None:
    """Return the object of an identity, of the web that is called."""
    context = await _current(caller)
    found = (context, _web(caller))
    return next((one for one in found if one.identity == identity), None)


def _web(caller: Caller) -> ServerObject:
    web = WEB.new(Title=TITLE, Url=caller.web_url, ServerRelativeUrl=caller.web)
    web.identity = f"{_IDENTITIES}:{_site(caller)}:web:{web_id(caller)}"
    return web


def _site(caller: Caller) -> str:
    return f"site:{site_id(caller)}"


def web_id(caller: Caller) -> UUID:
    """Return the GUID of the web that is called."""
    return uuid5(_IDENTITIES, caller.web.lower())


def site_id(caller: Caller) -> UUID:
    """Return the GUID of its site collection."""
    return uuid5(_IDENTITIES, f"site {caller.site.lower()}")
