"""The few shapes that every route answers in.

Owns collections, single entities, and what `Prefer: return=minimal` makes of them. Must not know
which entity it is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from afterlook.odata import etag
from afterlook.outlook.render import Entity, EntityRow, View
from afterlook.outlook.replies import Reply
from afterlook.store.pages import Page

if TYPE_CHECKING:
    from afterlook.mailbox.slices import Slice
    from afterlook.odata.edm import EntityType
    from afterlook.odata.options import QueryOptions
    from afterlook.outlook.call import Call

Render = Callable[[EntityRow, View], Entity]

PAGE = 10
"""Entities on a page that nobody sized (contract §2.3)."""

LIST_OPTIONS = ("top", "skip", "select", "orderby")


def page(call: Call, options: QueryOptions, entity_type: EntityType) -> Page:
    """Return the page that a listing asks for."""
    return Page(
        size=call.page_size(options, PAGE),
        skip=options.skip,
        order=entity_type.order(options.orderby),
    )


def collection(
    call: Call,
    path: str,
    slice_: Slice[EntityRow],
    render: Render[EntityRow],
    view: View,
    options: QueryOptions,
) -> Reply:
    """Answer with a page of entities and, where more follow, the link to them."""
    content: Entity = {
        "@odata.context": call.context(path, view),
        "value": [render(row, view) for row in slice_.rows],
    }
    if slice_.more:
        content["@odata.nextLink"] = call.next_link(options, len(slice_.rows))
    return Reply(content, headers=call.headers())


def entity(call: Call, path: str, row: EntityRow, render: Render[EntityRow], view: View) -> Reply:
    """Answer with one entity."""
    content = {"@odata.context": f"{call.context(path, view)}/$entity", **render(row, view)}
    return Reply(content, headers=call.headers(ETag=_etag(call, row)))


def created(call: Call, path: str, row: EntityRow, render: Render[EntityRow], view: View) -> Reply:
    """Answer a POST: 201 with the entity, or 204 with its address alone."""
    drawn = render(row, view)
    address = {"Location": str(drawn["@odata.id"]), "ETag": _etag(call, row)}
    if call.returns_minimal():
        address["OData-EntityId"] = address["Location"]
        return Reply(status_code=204, headers=call.headers(**address))
    content = {"@odata.context": f"{call.context(path, view)}/$entity", **drawn}
    return Reply(content, 201, call.headers(**address))


def updated(call: Call, path: str, row: EntityRow, render: Render[EntityRow], view: View) -> Reply:
    """Answer a PATCH: 200 with the entity, or 204."""
    if call.returns_minimal():
        return Reply(status_code=204, headers=call.headers(ETag=_etag(call, row)))
    return entity(call, path, row, render, view)


def deleted(call: Call) -> Reply:
    """Answer a DELETE."""
    return Reply(status_code=204, headers=call.headers())


def _etag(call: Call, row: EntityRow) -> str:
    return etag.weak(call.ids.change_key(row.change))
