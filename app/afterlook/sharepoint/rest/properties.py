"""Addresses of properties: `web/title`, `…/items(3)/DueDate/$value`.

Owns how a member of what an address leads to is found, in any case of letters. Must not know which
resources there are.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from afterlook.sharepoint.rest.asked import Asked
from afterlook.sharepoint.rest.errors import AddressUnknown
from afterlook.sharepoint.rest.replies import Entity, Feed, Numbers, date
from afterlook.sharepoint.rest.selecting import selected

RAW = "$value"

Answer = Callable[[Asked], Awaitable[tuple[object, int]]]


class Member(NamedTuple):
    """A property that is no object: its name and its value."""

    name: str
    value: object


class Raw(NamedTuple):
    """A value that is answered as plain text."""

    text: str


async def answer(asked: Asked, resource: Answer) -> tuple[object, int]:
    """Answer a request for a resource, or for a property of one. Raises `QueryError`."""
    try:
        return await resource(asked)
    except AddressUnknown:
        if asked.method != "GET" or len(asked.segments) <= 1:
            raise
        *owner, last = asked.segments
        if last.arguments is not None:
            raise
        found, status = await answer(replace(asked, segments=owner, options={}), resource)
        value = _raw(found, asked) if last.key == RAW else _member(found, last.key)
        if value is None:
            raise
    if isinstance(value, Entity):
        asked.only_options("$select")
        return selected(value, asked), status
    asked.only_options()
    return value, status


def _member(owner: object, key: str) -> object:
    if not isinstance(owner, Entity):
        return None
    for name, value in owner.members.items():
        if name.lower() == key:
            return value if isinstance(value, Entity | Feed) else Member(name, value)
    return None


def _raw(owner: object, asked: Asked) -> Raw | None:
    """Return a value as text; nothing for what is none, or has no text."""
    if not isinstance(owner, Member) or isinstance(owner.value, Numbers) or owner.value is None:
        return None
    match owner.value:
        case bool() as truth:
            return Raw(str(truth).lower())
        case datetime() as moment:
            return Raw(date(moment, zoned=asked.form.is_new))
    return Raw(str(owner.value))
