"""SP.RequestContext, SP.Site and SP.Web: as much of them as generic samples use.

See docs/reference/csom.md §2.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid5

from afterlook.csom.types import GUID, STRING, ObjectType, ServerObject, members, path, scalar
from afterlook.sharepoint.request_context import RequestContext

TITLE = "Afterlook"

WEB: ObjectType[RequestContext] = ObjectType(
    "SP.Web",
    "{a489add2-5d3a-4de8-9445-49259462dceb}",
    properties=members(
        scalar("Title", STRING, writable=False),
        scalar("Url", STRING, writable=False),
        scalar("ServerRelativeUrl", STRING, writable=False),
    ),
)

SITE: ObjectType[RequestContext] = ObjectType(
    "SP.Site",
    "{e1bb82e8-0d1e-4e52-b90c-684802ab4ef6}",
    properties=members(
        scalar("Id", GUID, writable=False),
        scalar("Url", STRING, writable=False),
        scalar("ServerRelativeUrl", STRING, writable=False),
        path("RootWeb", WEB, writable=False),
    ),
)

REQUEST_CONTEXT: ObjectType[RequestContext] = ObjectType(
    "SP.RequestContext",
    "{3747adcd-a3c3-41b9-bfab-4a64dd2f1e0a}",
    properties=members(path("Site", SITE, writable=False), path("Web", WEB, writable=False)),
)

TYPES = (REQUEST_CONTEXT, SITE, WEB)

_IDENTITIES = UUID("740c6a0b-85e2-48a0-a494-e0f1759d4aa7")
"""What the product's identities of sites and webs begin with."""


async def _current(context: RequestContext) -> ServerObject:
    current = REQUEST_CONTEXT.new(Site=_site(context), Web=_web(context))
    current.identity = f"{_site_identity(context)}:context"
    return current


REQUEST_CONTEXT.static_properties["Current"] = _current


async def find(context: RequestContext, identity: str) -> ServerObject | None:
    """Return the object of an identity, of the web that is called."""
    current = await _current(context)
    objects = (current, _site(context), _root_web(context), _web(context))
    return next((one for one in objects if one.identity == identity), None)


def _web(context: RequestContext) -> ServerObject:
    web = WEB.new(Title=TITLE, Url=context.web_url, ServerRelativeUrl=context.web)
    web.identity = f"{_site_identity(context)}:web:{web_id(context)}"
    return web


def _root_web(context: RequestContext) -> ServerObject:
    return _web(replace(context, web=context.site))


def _site(context: RequestContext) -> ServerObject:
    site = SITE.new(
        Id=site_id(context),
        Url=context.site_url,
        ServerRelativeUrl=context.site,
        RootWeb=_root_web(context),
    )
    site.identity = _site_identity(context)
    return site


def _site_identity(context: RequestContext) -> str:
    return f"{_IDENTITIES}:site:{site_id(context)}"


def web_id(context: RequestContext) -> UUID:
    """Return the GUID of the web that is called."""
    return uuid5(_IDENTITIES, context.web.lower())


def site_id(context: RequestContext) -> UUID:
    """Return the GUID of its site collection."""
    return uuid5(_IDENTITIES, f"site {context.site.lower()}")
