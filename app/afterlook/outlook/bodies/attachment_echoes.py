"""Attachments in the body of a task: those that were read with it, by `$expand`, and come back.

Owns telling what was merely read from what is new, which is attached at an address of its own.
"""

from __future__ import annotations

import base64
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import orjson

from afterlook.errors import InvalidRequest
from afterlook.mailbox import attachments
from afterlook.mailbox.attachments import AttachmentKind
from afterlook.mailbox.capacity import MAX_ATTACHMENTS
from afterlook.outlook import render
from afterlook.outlook.edm import ANY_ATTACHMENT

if TYPE_CHECKING:
    from afterlook.mailbox.identifiers import ItemKey
    from afterlook.outlook.request import OutlookRequest
    from afterlook.store.rows import AttachmentRow, TaskRow
    from afterlook.store.sessions import ReadSession, WriteSession

Json = dict[str, object]

_NAME = "Attachments"
_MAX_RATIO = 4
"""How much shorter the JSON of an equal value may be: `-0.0` is `0`."""

_REASON = (
    "The attachments of a task are not written with it: each is added by a POST to "
    "'…/attachments', and taken off by a DELETE. The property 'Attachments' may only "
    "hold some that there are, as they were read, each once."
)


def split_attachments(body: Json) -> tuple[Json, Sequence[Json]]:
    """Return a body without attachments, and those. Raises `InvalidRequest` for new ones."""
    if _NAME not in body:
        return body, ()
    given = body[_NAME]
    if not isinstance(given, list) or len(given) > MAX_ATTACHMENTS:
        raise InvalidRequest(reason=_REASON)
    for one in given:
        if not (isinstance(one, dict) and isinstance(one.get("Id"), str)):
            raise InvalidRequest(reason=_REASON)
    return {name: value for name, value in body.items() if name != _NAME}, given


def check_echoes(
    session: ReadSession, request: OutlookRequest, given: Sequence[Json], task: ItemKey
) -> None:
    """Hold attachments against those of a task.

    Raises `IdMalformed`, `ItemNotFound`, and `InvalidRequest` for one that is not as it was read,
    or comes twice.
    """
    numbers = [request.ids.read_attachment_id(str(one["Id"]), task) for one in given]
    _expect_different(numbers)
    for one, number in zip(given, numbers, strict=True):
        row = attachments.get_attachment(session, task, number)
        _expect_same(session, request, one, row, task)


def copy_echoes(
    session: WriteSession, request: OutlookRequest, given: Sequence[Json], task: TaskRow
) -> TaskRow:
    """Give a new task copies of the attachments in its body. Raises like `check_echoes`."""
    rows = []
    keys = [request.ids.read_any_attachment_id(str(one["Id"])) for one in given]
    _expect_different(keys)
    for one, (owner, number) in zip(given, keys, strict=True):
        row = attachments.get_attachment(session, owner, number)
        _expect_same(session, request, one, row, owner)
        rows.append(row)
    return attachments.copy_attachments(session, task, rows) if rows else task


def _expect_different(keys: Sequence[Hashable]) -> None:
    """Expect that no attachment comes twice: a body of some bytes would be copies without end."""
    if len(set(keys)) < len(keys):
        raise InvalidRequest(reason=_REASON)


def _expect_same(
    session: ReadSession, request: OutlookRequest, given: Json, row: AttachmentRow, task: ItemKey
) -> None:
    """Expect that what can be written of an attachment is what is stored."""
    rendered = render.render_attachment(
        row, request.view(ANY_ATTACHMENT), request.ids.write_task_id(*task), None
    )
    for name, value in given.items():
        if "@" in name or name.startswith("#") or name in ANY_ATTACHMENT.read_only - {"Item"}:
            continue
        if name == "ContentBytes" and row.kind == AttachmentKind.FILE:
            same = _is_long(value, row) and _is_content(
                value, attachments.read_content(session, row)
            )
        elif name == "Item" and row.kind == AttachmentKind.ITEM:
            same = _is_about(value, row) and value == orjson.loads(
                attachments.read_content(session, row)
            )
        else:
            same = name in rendered and value == rendered[name]
        if not same:
            raise InvalidRequest(reason=_REASON)


def _is_content(value: object, content: bytes) -> bool:
    return isinstance(value, str) and value == base64.b64encode(content).decode("ascii")


def _is_long(value: object, row: AttachmentRow) -> bool:
    """Tell whether a text can be the content of a file, before that is read."""
    return isinstance(value, str) and len(value) == (row.length + 2) // 3 * 4


def _is_about(value: object, row: AttachmentRow) -> bool:
    """Tell whether a value can be an item, before that is read; numbers may be shorter."""
    return row.length <= _MAX_RATIO * len(orjson.dumps(value))
