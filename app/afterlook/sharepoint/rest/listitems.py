"""The items of a list of tasks.

Owns the resources below one list's `items`, and how a refusal of the domain is told. Must not know
which list it is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from afterlook.sharepoint.context import Caller
from afterlook.sharepoint.rest import errors, itembodies, itempages
from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.listpages import page_of
from afterlook.sharepoint.rest.paths import Segment
from afterlook.sharepoint.rest.replies import Version
from afterlook.sharepoint.rest.selecting import Related, selected
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.rows import ProviderItemRow, ProviderListRow
from afterlook.workmanagement.providers import items, lists
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected

T = TypeVar("T")

_SHOWN = 256
"""Characters of what a request says that its refusal quotes."""

Result = tuple[object, int]
"""What is answered, and the status."""

ANY_ITEM = "SP.ListItem"
"""The type that items of every list are of."""

UPDATES = ("MERGE", "PATCH", "PUT")


async def items_of(asked: Asked, source: ProviderListRow) -> Result:
    """Answer a request for the items. Raises `QueryError`."""
    asked.only("GET", "POST")
    if asked.method == "GET":
        page = await page_of(asked, itempages.pages(asked.caller, source))
        return page._replace(type=itembodies.type_of(source)), 200
    asked.expect_type(itembodies.type_of(source), ANY_ITEM)
    values = itembodies.read(source, asked.body)
    made = await write(
        asked.caller, lambda session: items.create_item(session, again(session, source), values)
    )
    return itembodies.shown(source, made), 201


async def item_of(asked: Asked, source: ProviderListRow, named: Segment) -> Result:
    """Answer a request for one item. Raises `QueryError`."""
    asked.only("GET", *UPDATES, "DELETE")
    caller, number = asked.caller, _number(named)
    if asked.method == "GET":
        asked.only_options("$select", "$expand")
        found = await _found(caller, source, number)
        related = itembodies.related(caller, found)
        return selected(itembodies.shown(source, found), asked, related), 200
    if asked.method == "DELETE":
        await write(
            caller,
            lambda session: items.delete_item(
                session, again(session, source), number, asked.conditions
            ),
        )
        return None, 200
    asked.expect_type(itembodies.type_of(source), ANY_ITEM)
    values = itembodies.read(source, asked.body)
    written = await write(
        caller,
        lambda session: items.update_item(
            session, again(session, source), number, values, asked.conditions
        ),
    )
    return Version(itembodies.etag_of(written)), 204


async def related_of(asked: Asked, source: ProviderListRow, named: Segment) -> Related:
    """Return what an item leads to, by names in lower case. Raises `QueryError`."""
    found = await _found(asked.caller, source, _number(named))
    related = itembodies.related(asked.caller, found)
    return {name.lower(): one for name, one in related.items()}


def _number(named: Segment) -> int:
    number = named.number
    if number is None:
        raise errors.ItemMissing
    return number


async def _found(caller: Caller, source: ProviderListRow, number: int) -> ProviderItemRow:
    found = await caller.store.look_up(
        lambda session: items.get_item(session, caller.mailbox, source, number)
    )
    if found is None:
        raise errors.ItemMissing
    return found


async def write(caller: Caller, work: Callable[[WriteSession], T]) -> T:
    """Have something written. Raises `RestError`."""
    try:
        return await caller.store.write(caller.mailbox.id, work)
    except ProviderWriteRejected as refusal:
        raise _refusals(refusal.what, refusal.condition)[refusal.error] from refusal


def _refusals(what: str, given: str) -> Mapping[ProviderWriteError, errors.RestError]:
    return {
        ProviderWriteError.TITLE_TAKEN: errors.TitleTaken(),
        ProviderWriteError.TITLE_INVALID: errors.ValueInvalid(name=what),
        ProviderWriteError.VALUE_INVALID: errors.ValueInvalid(name=what),
        ProviderWriteError.TOO_MANY: errors.Prohibited(),
        ProviderWriteError.STALE: errors.EtagStale(given=given[:_SHOWN], stored=f'"{what}"'),
        ProviderWriteError.GONE: errors.ItemMissing(),
        ProviderWriteError.DOWN: errors.Unavailable(),
    }


def again(session: WriteSession, source: ProviderListRow) -> ProviderListRow:
    """Return a list as it is now that nobody else writes to it. Raises `SourceRefusal`."""
    found = lists.get_list(session, source.id)
    if found is None:
        raise ProviderWriteRejected(ProviderWriteError.GONE)
    if found.is_down:
        raise ProviderWriteRejected(ProviderWriteError.DOWN)
    return found
