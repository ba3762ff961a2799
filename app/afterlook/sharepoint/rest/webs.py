"""`_api/web` and `_api/site`: where one is, and who.

Owns the resources of a web but its lists. Must not know how an answer is written.
"""

from __future__ import annotations

from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import errors, lists, properties, regional, users
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.listitems import Result
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.replies import Entity, Feed
from afterlook.sharepoint.rest.selecting import Related, selected
from afterlook.sharepoint.web import TITLE, site_id, web_id


async def answer(asked: Asked) -> Result:
    """Answer a request below `web` or `site`. Raises `QueryError`."""
    return await properties.answer(asked, _resource)


async def _resource(asked: Asked) -> Result:
    caller = asked.caller
    match asked.segments:
        case [Segment(_, "web", None)]:
            asked.only("GET")
            asked.only_options("$select", "$expand")
            related: Related = {"RegionalSettings": lambda: regional.settings(caller.web_culture)}
            return selected(_web(caller), asked, related), 200
        case [Segment(_, "web", None), Segment(_, "regionalsettings", None)]:
            return _one(asked, regional.settings(caller.web_culture))
        case [Segment(_, "site", None)]:
            return _one(asked, _site(caller))
        case [Segment(_, "web", None), Segment(_, "currentuser", None)]:
            return _one(asked, users.caller_of(caller))
        case [Segment(_, "web", None), Segment(_, "siteusers", None)]:
            asked.only("GET")
            asked.only_options("$select")
            return Feed([selected(users.caller_of(caller), asked)], type=users.TYPE), 200
        case [Segment(_, "web", None), Segment(_, "getuserbyid", _) as named]:
            return _one(asked, users.by_id(caller, named))
        case [Segment(_, "web", None), Segment(_, "ensureuser", _) as named]:
            asked.only("POST")
            return users.by_name(caller, named.one or asked.body.get("logonName")), 200
        case [Segment(_, "web", None), *rest]:
            return await lists.answer(asked, rest)
        case [Segment(_, "lists", _), *_]:
            return await lists.answer(asked, asked.segments)
    raise errors.AddressUnknown(path=asked.text[:128])


def _one(asked: Asked, entity: Entity) -> Result:
    asked.only("GET")
    asked.only_options("$select")
    return selected(entity, asked), 200


def _web(caller: Caller) -> Entity:
    members = {
        "Id": web_id(caller),
        "Title": TITLE,
        "Url": caller.web_url,
        "ServerRelativeUrl": caller.web,
    }
    return Entity("SP.Web", "Web", members)


def _site(caller: Caller) -> Entity:
    members = {"Id": site_id(caller), "Url": caller.site_url, "ServerRelativeUrl": caller.site}
    return Entity("SP.Site", "Site", members)
