"""`_api/web` and `_api/site`: where one is, and who.

Owns the resources of a web but its lists.
"""

from __future__ import annotations

from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import errors, lists, properties, regional, users
from afterlook.sharepoint.rest.list_items import Result
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.response_writer import Entity, Feed
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import Related, select_members
from afterlook.sharepoint.web import TITLE, site_id, web_id


async def answer(request: RestRequest) -> Result:
    """Answer a request below `web` or `site`. Raises `QueryError`."""
    return await properties.answer(request, _resource)


async def _resource(request: RestRequest) -> Result:
    context = request.context
    match request.segments:
        case [RestSegment(_, "web", None)]:
            request.expect_method("GET")
            request.expect_options("$select", "$expand")
            related: Related = {
                "RegionalSettings": lambda: regional.render_settings(context.web_culture)
            }
            return select_members(_web(context), request, related), 200
        case [RestSegment(_, "web", None), RestSegment(_, "regionalsettings", None)]:
            return _one(request, regional.render_settings(context.web_culture))
        case [RestSegment(_, "site", None)]:
            return _one(request, _site(context))
        case [RestSegment(_, "web", None), RestSegment(_, "currentuser", None)]:
            return _one(request, users.render_current_user(context))
        case [RestSegment(_, "web", None), RestSegment(_, "siteusers", None)]:
            request.expect_method("GET")
            request.expect_options("$select")
            return Feed(
                [select_members(users.render_current_user(context), request)], type=users.TYPE
            ), 200
        case [RestSegment(_, "web", None), RestSegment(_, "getuserbyid", _) as named]:
            return _one(request, users.find_by_id(context, named))
        case [RestSegment(_, "web", None), RestSegment(_, "ensureuser", _) as named]:
            request.expect_method("POST")
            return users.find_by_name(context, named.one or request.body.get("logonName")), 200
        case [RestSegment(_, "web", None), *rest]:
            return await lists.answer(request, rest)
        case [RestSegment(_, "lists", _), *_]:
            return await lists.answer(request, request.segments)
    raise errors.AddressUnknown(path=request.text[:128])


def _one(request: RestRequest, entity: Entity) -> Result:
    request.expect_method("GET")
    request.expect_options("$select")
    return select_members(entity, request), 200


def _web(context: RequestContext) -> Entity:
    members = {
        "Id": web_id(context),
        "Title": TITLE,
        "Url": context.web_url,
        "ServerRelativeUrl": context.web,
    }
    return Entity("SP.Web", "Web", members)


def _site(context: RequestContext) -> Entity:
    members = {"Id": site_id(context), "Url": context.site_url, "ServerRelativeUrl": context.site}
    return Entity("SP.Site", "Site", members)
