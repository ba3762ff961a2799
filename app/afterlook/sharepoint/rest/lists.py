"""`_api/web` and its lists: enough to keep tasks of a site, and to assign them.

Owns the resources below `web` and what each method does there. Must not know how an answer is
written.
"""

from __future__ import annotations

from uuid import UUID

from afterlook.runtime.instants import to_datetime
from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import errors, itembodies
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.listitems import Result, item_of, items_of, write
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.replies import Entity, Feed
from afterlook.sharepoint.rest.selecting import selected
from afterlook.sharepoint.web import TITLE
from afterlook.store.workmanagement.sourcerows import SourceListRow
from afterlook.workmanagement import sources
from afterlook.workmanagement.sources import ME

_LIST_MEMBERS = ("Title", "BaseTemplate", "Description")


async def answer(asked: Asked) -> Result:
    """Answer a request below `web`. Raises `QueryError`."""
    if asked.segments[:1] and asked.segments[0].arguments is not None:
        raise errors.AddressUnknown(path=asked.text[:128])
    match [segment.key for segment in asked.segments]:
        case ["web"]:
            asked.only("GET")
            asked.only_options("$select")
            return selected(_web(asked.caller), asked), 200
        case ["web", "currentuser"] if asked.segments[1].arguments is None:
            asked.only("GET")
            asked.only_options("$select")
            return selected(_me(asked.caller), asked), 200
        case ["web", "lists"] if asked.segments[1].arguments is None:
            return await _lists(asked)
        case ["web", "lists", "getbytitle" | "getbyid", *_]:
            return await _list(asked, asked.segments[2], asked.segments[3:])
        case ["web", "lists", *_]:
            return await _list(asked, asked.segments[1], asked.segments[2:])
    raise errors.AddressUnknown(path=asked.text[:128])


async def _lists(asked: Asked) -> Result:
    caller = asked.caller
    asked.only("GET", "POST")
    if asked.method == "GET":
        asked.only_options("$select")
        found = await caller.store.look_up(
            lambda session: sources.lists_of(session, caller.mailbox, caller.web)
        )
        return Feed([selected(_shown(one), asked) for one in found]), 200
    title, template, description = (asked.body.get(name) for name in _LIST_MEMBERS)
    if not isinstance(title, str):
        raise errors.ValueInvalid(name="Title")
    if isinstance(template, bool) or not isinstance(template, int):
        raise errors.ValueInvalid(name="BaseTemplate")
    if not isinstance(description, str | None):
        raise errors.ValueInvalid(name="Description")
    made = await write(
        caller,
        lambda session: sources.create_list(
            session, caller.web, title, template, description or ""
        ),
    )
    return _shown(made), 201


async def _list(asked: Asked, named: Segment, rest: list[Segment]) -> Result:
    caller = asked.caller
    found = await caller.store.look_up(
        lambda session: sources.find_list(session, caller.mailbox, caller.web, _name(named))
    )
    if found is None:
        raise errors.ListMissing(name=str(named.one)[:255], url=caller.web_url)
    match rest:
        case []:
            asked.only("GET")
            asked.only_options("$select")
            return selected(_shown(found), asked), 200
        case [Segment(_, "items", None)]:
            return await items_of(asked, found)
        case [Segment(_, "items", None), Segment(_, "getbyid", _) as item]:
            return await item_of(asked, found, item)
        case [Segment(_, "items", _) as item]:
            return await item_of(asked, found, item)
    raise errors.AddressUnknown(path=asked.text[:128])


def _name(named: Segment) -> str | UUID:
    if isinstance(named.one, UUID):
        return named.one
    text = str(named.one)
    if named.key == "getbytitle":
        return text
    try:
        return UUID(text)
    except ValueError as error:
        raise errors.ListMissing(name=text[:255], url="") from error


def _shown(source: SourceListRow) -> Entity:
    members: dict[str, object] = {
        "Id": source.guid,
        "Title": source.title,
        "Description": source.description,
        "BaseTemplate": source.template,
        "ItemCount": source.items,
        "EntityTypeName": itembodies.entity_name(source),
        "ListItemEntityTypeFullName": itembodies.type_of(source),
        "ParentWebUrl": source.web,
        "Created": to_datetime(source.created),
        "LastItemModifiedDate": to_datetime(source.modified),
    }
    return Entity("SP.List", f"Web/Lists(guid'{source.guid}')", members)


def _web(caller: Caller) -> Entity:
    members = {"Title": TITLE, "Url": caller.web_url, "ServerRelativeUrl": caller.web}
    return Entity("SP.Web", "Web", members)


def _me(caller: Caller) -> Entity:
    owner, upn = caller.mailbox.owner, caller.mailbox.upn
    members = {"Id": ME, "Title": owner, "LoginName": upn, "Email": upn}
    return Entity("SP.User", f"Web/GetUserById({ME})", members)
