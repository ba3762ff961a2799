"""The lists of a web: enough to keep tasks of a site, and to assign them.

Owns the resources below `web/lists` and what each method does there.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from afterlook.odata.edm import BOOLEAN, INT32, MOMENT, STRING, EntityType, Property
from afterlook.runtime.instants import to_datetime
from afterlook.sharepoint.request_context import RequestContext
from afterlook.sharepoint.rest import aggregator_list, errors, item_bodies
from afterlook.sharepoint.rest.collections import cut_to_size, select_slice
from afterlook.sharepoint.rest.list_items import (
    UPDATES,
    Result,
    answer_item,
    answer_items,
    read_related,
    reload,
    write,
)
from afterlook.sharepoint.rest.paths import RestSegment
from afterlook.sharepoint.rest.query_options import read_query
from afterlook.sharepoint.rest.response_writer import Entity, Feed
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import select_members
from afterlook.store.folding import fold
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import ProviderListRow
from afterlook.workmanagement.aggregator_list import TITLE, has_list
from afterlook.workmanagement.providers import lists

_SCALARS = (
    *(("Id", STRING), ("Title", STRING), ("Description", STRING), ("BaseTemplate", INT32)),
    *(("BaseType", INT32), ("Hidden", BOOLEAN), ("ItemCount", INT32), ("EntityTypeName", STRING)),
    *(("ListItemEntityTypeFullName", STRING), ("ParentWebUrl", STRING), ("Created", MOMENT)),
    ("LastItemModifiedDate", MOMENT),
)
LIST = EntityType(
    "SP.List",
    properties=tuple(Property(name, type_, name, filterable=True) for name, type_ in _SCALARS),
)
"""What a list can be filtered and sorted by: all of its members."""

_TYPE = "SP.List"
_LIST_MEMBERS = ("Title", "BaseTemplate", "Description")


async def answer(request: RestRequest, segments: list[RestSegment]) -> Result:
    """Answer a request below `web`. Raises `QueryError`."""
    match segments:
        case [RestSegment(_, "lists", None)]:
            return await _answer_lists(request)
        case [
            RestSegment(_, "lists", None),
            RestSegment(_, "getbytitle" | "getbyid", _) as named,
            *rest,
        ]:
            return await _answer_list(request, named, rest)
        case [RestSegment(_, "lists" | "getlist", dict()) as named, *rest]:
            return await _answer_list(request, named, rest)
    raise errors.AddressUnknown(path=request.text[:128])


async def _answer_lists(request: RestRequest) -> Result:
    context = request.context
    request.expect_method("GET", "POST")
    if request.method == "GET":
        return await _read_lists(request), 200
    request.expect_type(_TYPE)
    title, template, description = (request.body.get(name) for name in _LIST_MEMBERS)
    if not isinstance(title, str):
        raise errors.ValueInvalid(name="Title")
    if has_list(context.web) and fold(title) == fold(TITLE):
        raise errors.TitleTaken
    if isinstance(template, bool) or not isinstance(template, int):
        raise errors.ValueInvalid(name="BaseTemplate")
    if not isinstance(description, str | None):
        raise errors.ValueInvalid(name="Description")
    made = await write(
        context,
        lambda session: lists.create_list(session, context.web, title, template, description or ""),
    )
    return _render_list(made), 201


async def _read_lists(request: RestRequest) -> Feed:
    context = request.context
    request.expect_options("$select", "$filter", "$orderby", "$top", "$skip")
    query = read_query(request, LIST)

    def read(session: ReadSession) -> list[Entity]:
        entities = [_render_list(one) for one in lists.list_lists(session, context.web)]
        if has_list(context.web):
            entities.append(aggregator_list.load_list(session, context))
        return select_slice(entities, request, query)

    entities = [select_members(one, request) for one in await context.store.scan(read)]
    return cut_to_size(entities, request, "web/lists", _TYPE)


async def _answer_list(request: RestRequest, named: RestSegment, rest: list[RestSegment]) -> Result:
    context = request.context
    if aggregator_list.is_named(context, named):
        return await _answer_aggregator_list(request, rest)
    provider_list = await _find_list(context, named)
    if provider_list is None:
        raise errors.ListMissing(name=str(named.one)[:255], url=context.web_url)
    match rest:
        case []:
            return await _answer_itself(request, provider_list)
        case [RestSegment(_, "items", None)]:
            return await answer_items(request, provider_list)
        case [RestSegment(_, "items", None), RestSegment(_, "getbyid", _) as item, *rest]:
            return await _answer_item(request, provider_list, item, rest)
        case [RestSegment(_, "items" | "getitembyid", _) as item, *rest]:
            return await _answer_item(request, provider_list, item, rest)
    raise errors.AddressUnknown(path=request.text[:128])


async def _answer_aggregator_list(request: RestRequest, rest: list[RestSegment]) -> Result:
    match rest:
        case [] | [RestSegment(_, "items" | "getitembyid", _), RestSegment(_, "parentlist", None)]:
            request.expect_method("GET")
            request.expect_options("$select")
            return select_members(await aggregator_list.read_list(request.context), request), 200
        case [RestSegment(_, "items", None)]:
            return await aggregator_list.read_items(request), 200
        case [RestSegment(_, "items", None), RestSegment(_, "getbyid", _) as item]:
            return await aggregator_list.read_item(request, item), 200
        case [RestSegment(_, "items" | "getitembyid", _) as item]:
            return await aggregator_list.read_item(request, item), 200
    raise errors.AddressUnknown(path=request.text[:128])


async def _answer_itself(request: RestRequest, provider_list: ProviderListRow) -> Result:
    request.expect_method("GET", *UPDATES)
    if request.method == "GET":
        request.expect_options("$select")
        return select_members(_render_list(provider_list), request), 200
    request.expect_type(_TYPE)
    title = request.body.get("Title", provider_list.title)
    description = request.body.get("Description", provider_list.description)
    # What stands on the user's list leads to the title: it stays what it was.
    if title != provider_list.title:
        raise errors.ValueInvalid(name="Title")
    if not isinstance(description, str):
        raise errors.ValueInvalid(name="Description")
    await write(
        request.context,
        lambda session: lists.set_description(session, reload(session, provider_list), description),
    )
    return None, 204


async def _answer_item(
    request: RestRequest,
    provider_list: ProviderListRow,
    named: RestSegment,
    rest: list[RestSegment],
) -> Result:
    match rest:
        case []:
            return await answer_item(request, provider_list, named)
        case [RestSegment(_, "deleteobject", None)]:
            request.expect_method("POST")
            return await answer_item(replace(request, method="DELETE"), provider_list, named)
        case [RestSegment(_, "parentlist", None)]:
            request.expect_method("GET")
            return await _answer_itself(request, provider_list)
        case [RestSegment(_, "assignedto" | "author" | "editor" as name, None)]:
            request.expect_method("GET")
            request.expect_options("$select")
            related = (await read_related(request, provider_list, named))[name]()
            if isinstance(related, Entity):
                return select_members(related, request), 200
            return related._replace(
                entities=[select_members(one, request) for one in related.entities]
            ), 200
    raise errors.AddressUnknown(path=request.text[:128])


async def _find_list(context: RequestContext, named: RestSegment) -> ProviderListRow | None:
    web = context.web
    if named.key == "getlist":
        address = str(named.one)
        return await context.store.scan(lambda session: lists.find_list_at(session, web, address))
    name = _name(context, named)
    return await context.store.read_by_key(lambda session: lists.find_list(session, web, name))


def _name(context: RequestContext, named: RestSegment) -> str | UUID:
    if isinstance(named.one, UUID):
        return named.one
    text = str(named.one)
    if named.key == "getbytitle":
        return text
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.ListMissing(name=text[:255], url=context.web_url) from error


def _render_list(provider_list: ProviderListRow) -> Entity:
    members: dict[str, object] = {
        "Id": provider_list.guid,
        "Title": provider_list.title,
        "Description": provider_list.description,
        "BaseTemplate": provider_list.template,
        "BaseType": 0,
        "Hidden": False,
        "ItemCount": provider_list.items,
        "EntityTypeName": item_bodies.entity_name(provider_list.title),
        "ListItemEntityTypeFullName": item_bodies.type_of(provider_list),
        "ParentWebUrl": provider_list.web,
        "Created": to_datetime(provider_list.created),
        "LastItemModifiedDate": to_datetime(provider_list.modified),
    }
    return Entity(_TYPE, f"Web/Lists(guid'{provider_list.guid}')", members)
