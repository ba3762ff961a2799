"""Bodies of files that are attached, and the ranges in which they come.

Owns docs/reference/graph.md §10, as far as it is about what is sent.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

import orjson

from afterlook.errors import BodyNotReadable, LiteralNotConvertible, RangeMalformed
from afterlook.graph.edm import TASK_FILE_ATTACHMENT
from afterlook.graph.spelling import pascalise
from afterlook.mailbox.attachments import NewAttachment
from afterlook.mailbox.upload_sessions import NewUpload
from afterlook.outlook.bodies.attachments import read_attachment
from afterlook.outlook.edm import FILE_ATTACHMENT

MAX_INLINE = 3 * 1024 * 1024
"""Bytes of a file that may come in one request, where the documents' bound is held."""

_DESCRIBING = frozenset({"name", "contentType"})
_MEMBERS = _DESCRIBING | {"contentBytes"}
_RANGE = re.compile(r"bytes (?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})/(?P<total>[0-9]{1,12})")
_OF_NOTHING = re.compile(r"bytes (?:\*|0-0|0--1)/0")
"""What clients say of an empty file: it has no first byte that they could name."""


class ContentRange(NamedTuple):
    """Where a piece of a file is: its first and last byte, and the bytes of all."""

    start: int
    end: int
    total: int


def read_new_file(body: Mapping[str, object]) -> NewAttachment:
    """Read the body of a POST. Raises `BodyNotReadable`, `LiteralNotConvertible`."""
    kind = body.get("@odata.type", f"#{TASK_FILE_ATTACHMENT.name}")
    if not isinstance(kind, str) or kind.removeprefix("#").lower() not in (
        TASK_FILE_ATTACHMENT.name.lower(),
        "microsoft.graph.fileattachment",
    ):
        raise BodyNotReadable(reason="its '@odata.type' is not taskFileAttachment")
    given = pascalise(_named(body, _MEMBERS))
    return read_attachment({"@odata.type": f"#{FILE_ATTACHMENT.name}", **given})


def read_attachment_info(body: Mapping[str, object]) -> NewUpload:
    """Read what is to be uploaded: its name and type are held to what a file in one POST is.

    Raises `BodyNotReadable`, `InvalidRequest`, `LiteralNotConvertible`.
    """
    info = body.get("attachmentInfo", body.get("AttachmentInfo"))
    if not isinstance(info, dict):
        raise BodyNotReadable(reason="The parameter 'attachmentInfo' is required")
    kind, size = info.get("attachmentType"), info.get("size")
    if kind is not None and (not isinstance(kind, str) or kind.lower() != "file"):
        raise BodyNotReadable(reason="The attachmentType must be 'file'")
    file = read_new_file({**_named(info, _DESCRIBING), "contentBytes": ""})
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise LiteralNotConvertible(literal=_quote(size), type="Edm.Int64")
    return NewUpload(file.name, size, file.content_type)


def read_content_range(text: str | None, length: int) -> ContentRange:
    """Read `Content-Range` of a piece of `length` bytes. Raises `RangeMalformed`."""
    text = (text or "").strip()
    if not length and _OF_NOTHING.fullmatch(text):
        return ContentRange(0, 0, 0)
    match = _RANGE.fullmatch(text)
    if match is None:
        raise RangeMalformed
    given = ContentRange(int(match["start"]), int(match["end"]), int(match["total"]))
    if given.end - given.start + 1 != length or given.end >= given.total:
        raise RangeMalformed
    return given


def _named(members: Mapping[str, object], names: Collection[str]) -> dict[str, object]:
    return {name: value for name, value in members.items() if name in names}


def _quote(value: object) -> str:
    """Return a value as its sender wrote it, and not more of it than an error should say."""
    text = value if isinstance(value, str) else orjson.dumps(value).decode()
    return text[:100]
