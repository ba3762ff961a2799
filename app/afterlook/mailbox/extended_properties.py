"""Extended properties: MAPI properties of tasks and folders, by their textual names.

Owns how a property is named (docs/reference/outlook.md §1.5).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

import orjson

from afterlook.errors import InvalidRequest, MessageSizeExceeded
from afterlook.mailbox.extended_values import TYPES, read_number
from afterlook.store import extended_properties
from afterlook.store.rows import ExtendedRow
from afterlook.store.sessions import ReadSession, WriteSession

_TYPES = {name.lower(): name for name in TYPES}
_NAME = re.compile(
    r"(?P<type>[a-z]+)\s+(?:"
    r"\{?(?P<set>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?\s+"
    r"(?:Name\s+(?P<name>\S.*)|Id\s+(?:(?P<hex>0x[0-9a-f]{1,8})|(?P<id>[0-9]{1,9})))"
    r"|(?P<tag>0x[0-9a-f]{1,8}))",
    re.IGNORECASE,
)
_MAX_NAME_LENGTH = 512

MAX_PROPERTIES = 250
"""Extended properties of a task or folder, and of one request: as many as attachments."""

MAX_LENGTH_SHOWN = 32 * 1024 * 1024
"""Characters of extended properties in one answer: more than a request can write, by far."""

_MAX_SHOWN = 100


class PropertyName(NamedTuple):
    """A property's name in its one spelling, the type of its values, and whether it has many."""

    text: str
    type: str
    is_multi: bool


class PropertyUpdate(NamedTuple):
    """A property as a client asks for it; a value of None takes it away."""

    name: PropertyName
    value: str | list[str] | None


def read_name(text: str) -> PropertyName:
    """Read `{type} {guid} Name {name}`, `{type} {guid} Id {id}` or `{type} {tag}`.

    Types, GUIDs and numbers may be in any case, names are kept. Raises `InvalidRequest`.
    """
    match = _NAME.fullmatch(text.strip()) if len(text) <= _MAX_NAME_LENGTH else None
    word = match["type"].lower() if match else ""
    is_multi = word.endswith("array")
    type_ = _TYPES.get(word.removesuffix("array"))
    if match is None or type_ is None:
        reason = f"'{text[:_MAX_SHOWN]}' is not the PropertyId of an extended property."
        raise InvalidRequest(reason=reason)
    spelt = f"{type_}Array" if is_multi else type_
    if match["tag"]:
        return PropertyName(f"{spelt} 0x{int(match['tag'], 16):x}", type_, is_multi)
    number = int(match["hex"], 16) if match["hex"] else int(match["id"] or 0)
    named = f"Name {match['name']}" if match["name"] else f"Id 0x{number:x}"
    return PropertyName(f"{spelt} {{{UUID(match['set'])}}} {named}", type_, is_multi)


def put(session: WriteSession, entity: int, given: Sequence[PropertyUpdate]) -> None:
    """Write properties of an entity, each in place of the one it has; leave the others.

    Raises `InvalidRequest` for a value that the type does not have, and for too many.
    """
    for name, value in given:
        if value is None:
            extended_properties.remove(session, entity, name.text)
        elif isinstance(value, list):
            for item in value:
                read_number(name.type, item)
            kept = orjson.dumps(value).decode()
            row = ExtendedRow(entity, name.text, name.is_multi, kept, number=None)
            extended_properties.put(session, row)
        else:
            number = read_number(name.type, value)
            extended_properties.put(
                session, ExtendedRow(entity, name.text, name.is_multi, value, number)
            )
    if given and extended_properties.count(session, entity) > MAX_PROPERTIES:
        raise make_too_many_error()


def make_too_many_error() -> InvalidRequest:
    """Return what is to be said of more properties than an entity may have."""
    return InvalidRequest(reason=f"There can be {MAX_PROPERTIES} extended properties at most.")


def list_properties(
    session: ReadSession, entities: Sequence[int], names: Sequence[str], *, multi: bool
) -> list[ExtendedRow]:
    """List the properties of entities that have these names.

    Raises `MessageSizeExceeded` where their values are too long to be shown together.
    """
    selection = extended_properties.PropertySelection(entities, names, multi)
    if selection.read_length(session) > MAX_LENGTH_SHOWN:
        raise MessageSizeExceeded
    return selection.read_rows(session)
