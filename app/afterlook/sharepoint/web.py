"""SP.RequestContext and SP.Web: as much of them as generic samples ask for (contract §2)."""

from __future__ import annotations

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


async def _current(caller: Caller) -> ServerObject:
    web = WEB.new(Title=TITLE, Url=caller.web_url, ServerRelativeUrl=caller.web)
    return REQUEST_CONTEXT.new(Web=web)


REQUEST_CONTEXT.static_properties["Current"] = _current

TYPES = (REQUEST_CONTEXT, WEB)
