"""Location, its collection and its display settings ([MS-WMCSOM] 3.1.5.10 to .12)."""

from __future__ import annotations

from collections.abc import Iterable

from afterlook.csom.types import BOOLEAN, INT32, STRING, ServerObject, scalar
from afterlook.sharepoint.om.declarations import class_, collection
from afterlook.sharepoint.request_context import RequestContext
from afterlook.store.workmanagement.rows import WorkLocationRow
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.workmanagement.locations import Location

LOCATION_DISPLAY_SETTING = class_(
    "LocationDisplaySetting",
    "{c9d8b21d-774a-4940-a45d-dc74859c0e6f}",
    scalar("Color", STRING),
    scalar("Id", INT32),
    constructible=True,
)

# It derives from the other: a script has no constructor for that one, and so a place with an Id and
# a Color may stand for how it is displayed, as in a recorded request.
LOCATION = class_(
    "Location",
    "{0280ffca-96c5-4c96-bbbb-759887950afd}",
    scalar("Important", BOOLEAN),
    scalar("Name", STRING),
    scalar("ParentId", INT32),
    scalar("RootProviderKey", STRING),
    scalar("Url", STRING),
    base=LOCATION_DISPLAY_SETTING,
    constructible=True,
)

LOCATION_CLIENT_COLLECTION = class_(
    "LocationClientCollection", "{2f28e64c-57de-436f-b455-dcacfbae647c}", items=LOCATION
)

TYPES = (LOCATION, LOCATION_CLIENT_COLLECTION, LOCATION_DISPLAY_SETTING)


def render_locations(context: RequestContext, locations: Iterable[Location]) -> ServerObject:
    """Return places as a collection."""
    rendered = [_render(context, location) for location in locations]
    return collection(LOCATION_CLIENT_COLLECTION, rendered)


def url_of(context: RequestContext, row: WorkLocationRow) -> str | None:
    """Return where a place is. A web is kept by its path, a list by the address of its page."""
    if row.url is None:
        return None
    return context.url_of(row.url) if row.parent == NO_LOCATION else context.absolute(row.url)


def _render(context: RequestContext, location: Location) -> ServerObject:
    row = location.row
    return LOCATION.new(
        Color=row.color,
        Id=row.id,
        Important=location.important,
        Name=row.name,
        ParentId=row.parent,
        RootProviderKey=location.provider_key,
        Url=url_of(context, row),
    )
