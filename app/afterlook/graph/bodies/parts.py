"""Bodies of what hangs on tasks: checklist items, linked resources and open extensions.

Members that are read-only or unknown are passed over: clients send whole objects.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import orjson

from afterlook.errors import BodyNotReadable, LiteralNotConvertible
from afterlook.mailbox.checklists import ChecklistItemValues, NewChecklistItem
from afterlook.mailbox.dates import parse_date
from afterlook.mailbox.linked_resources import LinkedResourceValues, NewLinkedResource
from afterlook.mailbox.timezones import UTC
from afterlook.runtime.instants import Instant

Body = Mapping[str, object]
Part = TypeVar("Part")

_MAX_LITERAL = 100


def read_new_checklist_item(body: Body) -> NewChecklistItem:
    """Read the body of a POST. Raises `BodyNotReadable`, `LiteralNotConvertible`."""
    if body.get("displayName") is None:
        raise BodyNotReadable(reason="The property 'displayName' is required")
    return NewChecklistItem(**_checklist_values(body))


def read_checklist_values(body: Body) -> ChecklistItemValues:
    """Read the body of a PATCH. Raises `LiteralNotConvertible`, `InvalidDateTime`."""
    return cast("ChecklistItemValues", _checklist_values(body))


def _checklist_values(body: Body) -> dict[str, Any]:
    return _read(
        body,
        {
            "displayName": ("display_name", _text),
            "isChecked": ("is_checked", _boolean),
            "createdDateTime": ("created", _instant),
            "checkedDateTime": ("checked", _instant_or_none),
        },
    )


def read_new_linked_resource(body: Body) -> NewLinkedResource:
    """Read the body of a POST. Raises `LiteralNotConvertible`."""
    return NewLinkedResource(**_linked_values(body))


def read_linked_values(body: Body) -> LinkedResourceValues:
    """Read the body of a PATCH. Raises `LiteralNotConvertible`."""
    return cast("LinkedResourceValues", _linked_values(body))


def _linked_values(body: Body) -> dict[str, Any]:
    return _read(
        body,
        {
            "webUrl": ("web_url", _text),
            "applicationName": ("application_name", _text),
            "displayName": ("display_name", _text),
            "externalId": ("external_id", _text),
        },
    )


def read_extension(body: Body) -> tuple[str, dict[str, Any]]:
    """Read the body of a POST: the extension's name, and its open members.

    Raises `BodyNotReadable`, `LiteralNotConvertible`.
    """
    name = body.get("extensionName") or body.get("id")
    if name is None:
        raise BodyNotReadable(reason="The property 'extensionName' is required")
    if not isinstance(name, str):
        raise _literal_error("Edm.String", name)
    return name, read_open_members(body)


def read_open_members(body: Body) -> dict[str, Any]:
    """Return the open members of an extension's body."""
    return {
        name: value
        for name, value in body.items()
        if "@" not in name and name not in ("id", "extensionName")
    }


def read_inline(body: Body, name: str, read: Callable[[Body], Part]) -> list[Part]:
    """Read what a new task or list brings along in the navigation property `name`.

    Raises `LiteralNotConvertible` for what is no list of objects, and what `read` raises.
    """
    given = body.get(name)
    if given is None:
        return []
    if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
        raise _literal_error(f"Collection({name})", given)
    return [read(each) for each in given]


def _read(
    body: Body, members: Mapping[str, tuple[str, Callable[[object], object]]]
) -> dict[str, object]:
    return {key: read(body[name]) for name, (key, read) in members.items() if name in body}


def _text(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise _literal_error("Edm.String", value)


def _boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise _literal_error("Edm.Boolean", value)


def _instant(value: object) -> Instant:
    if isinstance(value, str):
        return parse_date(value, UTC).instant
    raise _literal_error("Edm.DateTimeOffset", value)


def _instant_or_none(value: object) -> Instant | None:
    return None if value is None else _instant(value)


def _literal_error(type_: str, value: object) -> LiteralNotConvertible:
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return LiteralNotConvertible(literal=text[:_MAX_LITERAL], type=type_)
