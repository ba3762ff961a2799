"""Addresses of properties: `web/title`, `…/items(3)/DueDate/$value`.

Owns the look-up of a member by the end of an address, in any case of letters.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from afterlook.sharepoint.rest.errors import AddressUnknown
from afterlook.sharepoint.rest.response_writer import Entity, Feed, PrimitiveCollection, write_date
from afterlook.sharepoint.rest.rest_request import RestRequest
from afterlook.sharepoint.rest.select_expand import select_members

RAW = "$value"

Answer = Callable[[RestRequest], Awaitable[tuple[object, int]]]


class Member(NamedTuple):
    """A property that is no object: its name and its value."""

    name: str
    value: object


class Raw(NamedTuple):
    """A value that is answered as plain text."""

    text: str


async def answer(request: RestRequest, resource: Answer) -> tuple[object, int]:
    """Answer a request for a resource, or for a property of one. Raises `QueryError`."""
    try:
        return await resource(request)
    except AddressUnknown:
        if request.method != "GET" or len(request.segments) <= 1:
            raise
        *owner, last = request.segments
        if last.arguments is not None:
            raise
        owner_value, status = await answer(replace(request, segments=owner, options={}), resource)
        value = (
            _raw_value(owner_value, request)
            if last.key == RAW
            else _find_member(owner_value, last.key)
        )
        if value is None:
            raise
    if isinstance(value, Entity):
        request.expect_options("$select")
        return select_members(value, request), status
    request.expect_options()
    return value, status


def _find_member(owner: object, key: str) -> object:
    if not isinstance(owner, Entity):
        return None
    for name, value in owner.members.items():
        if name.lower() == key:
            return value if isinstance(value, Entity | Feed) else Member(name, value)
    return None


def _raw_value(owner: object, request: RestRequest) -> Raw | None:
    """Return a value as text; nothing for what is none, or has no text."""
    if (
        not isinstance(owner, Member)
        or isinstance(owner.value, PrimitiveCollection)
        or owner.value is None
    ):
        return None
    match owner.value:
        case bool() as truth:
            return Raw(str(truth).lower())
        case datetime() as moment:
            return Raw(write_date(moment, zoned=request.form.is_new))
    return Raw(str(owner.value))
