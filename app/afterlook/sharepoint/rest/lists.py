"""The lists of a web: enough to keep tasks of a site, and to assign them.

Owns the resources below `web/lists` and what each method does there. Must not know how an answer is
written.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from afterlook.odata.edm import BOOLEAN, INT32, MOMENT, STRING, EntityType, Property
from afterlook.runtime.instants import to_datetime
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import aggregated, errors, itembodies
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.collections import ended, slice_of
from afterlook.sharepoint.rest.listitems import (
    UPDATES,
    Result,
    again,
    item_of,
    items_of,
    related_of,
    write,
)
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.querying import query
from afterlook.sharepoint.rest.replies import Entity, Feed
from afterlook.sharepoint.rest.selecting import selected
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
"""What can be asked of a list: all that is shown of it."""

_TYPE = "SP.List"
_LIST_MEMBERS = ("Title", "BaseTemplate", "Description")


async def answer(asked: Asked, segments: list[Segment]) -> Result:
    """Answer a request below `web`. Raises `QueryError`."""
    match segments:
        case [Segment(_, "lists", None)]:
            return await _lists(asked)
        case [Segment(_, "lists", None), Segment(_, "getbytitle" | "getbyid", _) as named, *rest]:
            return await _list(asked, named, rest)
        case [Segment(_, "lists" | "getlist", dict()) as named, *rest]:
            return await _list(asked, named, rest)
    raise errors.AddressUnknown(path=asked.text[:128])


async def _lists(asked: Asked) -> Result:
    caller = asked.caller
    asked.only("GET", "POST")
    if asked.method == "GET":
        return await _listed(asked), 200
    asked.expect_type(_TYPE)
    title, template, description = (asked.body.get(name) for name in _LIST_MEMBERS)
    if not isinstance(title, str):
        raise errors.ValueInvalid(name="Title")
    if has_list(caller.web) and fold(title) == fold(TITLE):
        raise errors.TitleTaken
    if isinstance(template, bool) or not isinstance(template, int):
        raise errors.ValueInvalid(name="BaseTemplate")
    if not isinstance(description, str | None):
        raise errors.ValueInvalid(name="Description")
    made = await write(
        caller,
        lambda session: lists.create_list(session, caller.web, title, template, description or ""),
    )
    return _shown(made), 201


async def _listed(asked: Asked) -> Feed:
    caller = asked.caller
    asked.only_options("$select", "$filter", "$orderby", "$top", "$skip")
    wanted = query(asked, LIST)

    def read(session: ReadSession) -> list[Entity]:
        found = [_shown(one) for one in lists.list_lists(session, caller.mailbox, caller.web)]
        if has_list(caller.web):
            found.append(aggregated.read(session, caller))
        return slice_of(found, asked, wanted)

    found = [selected(one, asked) for one in await caller.store.scan(read)]
    return ended(found, asked, "web/lists", _TYPE)


async def _list(asked: Asked, named: Segment, rest: list[Segment]) -> Result:
    caller = asked.caller
    if aggregated.is_meant(caller, named):
        return await _aggregated(asked, rest)
    found = await _found(caller, named)
    if found is None:
        raise errors.ListMissing(name=str(named.one)[:255], url=caller.web_url)
    match rest:
        case []:
            return await _itself(asked, found)
        case [Segment(_, "items", None)]:
            return await items_of(asked, found)
        case [Segment(_, "items", None), Segment(_, "getbyid", _) as item, *rest]:
            return await _item(asked, found, item, rest)
        case [Segment(_, "items" | "getitembyid", _) as item, *rest]:
            return await _item(asked, found, item, rest)
    raise errors.AddressUnknown(path=asked.text[:128])


async def _aggregated(asked: Asked, rest: list[Segment]) -> Result:
    match rest:
        case [] | [Segment(_, "items" | "getitembyid", _), Segment(_, "parentlist", None)]:
            asked.only("GET")
            asked.only_options("$select")
            return selected(await aggregated.list_of(asked.caller), asked), 200
        case [Segment(_, "items", None)]:
            return await aggregated.items_of(asked), 200
        case [Segment(_, "items", None), Segment(_, "getbyid", _) as item]:
            return await aggregated.item_of(asked, item), 200
        case [Segment(_, "items" | "getitembyid", _) as item]:
            return await aggregated.item_of(asked, item), 200
    raise errors.AddressUnknown(path=asked.text[:128])


async def _itself(asked: Asked, source: ProviderListRow) -> Result:
    asked.only("GET", *UPDATES)
    if asked.method == "GET":
        asked.only_options("$select")
        return selected(_shown(source), asked), 200
    asked.expect_type(_TYPE)
    title = asked.body.get("Title", source.title)
    description = asked.body.get("Description", source.description)
    # What stands on the user's list leads to the title: it stays what it was.
    if title != source.title:
        raise errors.ValueInvalid(name="Title")
    if not isinstance(description, str):
        raise errors.ValueInvalid(name="Description")
    await write(
        asked.caller,
        lambda session: lists.set_description(session, again(session, source), description),
    )
    return None, 204


async def _item(
    asked: Asked, source: ProviderListRow, named: Segment, rest: list[Segment]
) -> Result:
    match rest:
        case []:
            return await item_of(asked, source, named)
        case [Segment(_, "deleteobject", None)]:
            asked.only("POST")
            return await item_of(replace(asked, method="DELETE"), source, named)
        case [Segment(_, "parentlist", None)]:
            asked.only("GET")
            return await _itself(asked, source)
        case [Segment(_, "assignedto" | "author" | "editor" as name, None)]:
            asked.only("GET")
            asked.only_options("$select")
            found = (await related_of(asked, source, named))[name]()
            if isinstance(found, Entity):
                return selected(found, asked), 200
            return found._replace(entities=[selected(one, asked) for one in found.entities]), 200
    raise errors.AddressUnknown(path=asked.text[:128])


async def _found(caller: Caller, named: Segment) -> ProviderListRow | None:
    mailbox, web = caller.mailbox, caller.web
    if named.key == "getlist":
        address = str(named.one)
        return await caller.store.scan(
            lambda session: lists.find_list_at(session, mailbox, web, address)
        )
    name = _name(caller, named)
    return await caller.store.look_up(lambda session: lists.find_list(session, mailbox, web, name))


def _name(caller: Caller, named: Segment) -> str | UUID:
    if isinstance(named.one, UUID):
        return named.one
    text = str(named.one)
    if named.key == "getbytitle":
        return text
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.ListMissing(name=text[:255], url=caller.web_url) from error


def _shown(source: ProviderListRow) -> Entity:
    members: dict[str, object] = {
        "Id": source.guid,
        "Title": source.title,
        "Description": source.description,
        "BaseTemplate": source.template,
        "BaseType": 0,
        "Hidden": False,
        "ItemCount": source.items,
        "EntityTypeName": itembodies.entity_name(source.title),
        "ListItemEntityTypeFullName": itembodies.type_of(source),
        "ParentWebUrl": source.web,
        "Created": to_datetime(source.created),
        "LastItemModifiedDate": to_datetime(source.modified),
    }
    return Entity(_TYPE, f"Web/Lists(guid'{source.guid}')", members)
