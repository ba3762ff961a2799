"""Request bodies of attachments, one for each kind.

Owns which properties can be given and what is filled in (Outlook Task REST, "Add attachments").
"""

from __future__ import annotations

import binascii
from collections.abc import Mapping
from typing import Annotated, ClassVar

import orjson
from pydantic import BeforeValidator, StrictStr, StringConstraints
from pydantic_core import PydanticCustomError

from afterlook.errors import BodyNotReadable, InvalidRequest
from afterlook.mailbox.attachments import AttachmentKind, NewAttachment
from afterlook.odata import conformance
from afterlook.outlook.bodies.base import (
    Boolean,
    InputModel,
    Name,
    make_member_reader,
    make_members_schema,
    read_body,
)
from afterlook.outlook.edm import ATTACHMENTS, ITEM, NAMESPACE, PERMISSION, PROVIDER_TYPE
from afterlook.outlook.mediatypes import find_media_type
from afterlook.outlook.model import MODEL

_BLANKS = b" \t\r\n\f\v"
_OTHER_BASE64 = "-_ \t\r\n\f\v"
_PORTION = 1024 * 1024
"""Characters of base64 that are decoded at one go: whole groups of four."""

_STANDARD = bytes.maketrans(b"-_", b"+/")
_ITEMS = {f"{NAMESPACE}.{name}".lower(): name for name in ("Message", "Event", "Contact")}


def _check_item(value: object) -> object:
    """Check that an item is of a kind and has what that has; spell its kind in the one way."""
    type_name = value.get("@odata.type") if isinstance(value, dict) else None
    name = _ITEMS.get(type_name.removeprefix("#").lower()) if isinstance(type_name, str) else None
    if not isinstance(value, dict) or name is None:
        raise PydanticCustomError("item", "no item", {"type": f"{NAMESPACE}.Item"})
    item = {"@odata.type": f"#{NAMESPACE}.{name}", **_without(value, "@odata.type")}
    conformance.check(item, ITEM, MODEL)
    return item


def _without(value: Mapping[str, object], name: str) -> dict[str, object]:
    return {key: item for key, item in value.items() if key != name}


MAX_TEXT = 16 * 1024
"""Characters of a text besides the name: an address of a request may have as many."""

Text = Annotated[StrictStr, StringConstraints(max_length=MAX_TEXT)]
ProviderType = Annotated[
    int, BeforeValidator(make_member_reader(PROVIDER_TYPE)), make_members_schema(PROVIDER_TYPE)
]
Permission = Annotated[
    int, BeforeValidator(make_member_reader(PERMISSION)), make_members_schema(PERMISSION)
]


class _AttachmentBody(InputModel):
    kind: ClassVar[AttachmentKind]

    name: Name
    content_type: Text | None = None
    is_inline: Boolean = False

    def new_attachment(self) -> NewAttachment:
        """Return what is to be attached. Raises `BodyNotReadable`, `InvalidRequest`."""
        return NewAttachment(self.kind, self.name, self.content_type, self.is_inline)


class FileAttachmentBody(_AttachmentBody):
    """A file: its bytes in base64, its type by the extension of its name unless given."""

    edm_type = "FileAttachment"
    kind = AttachmentKind.FILE

    content_bytes: StrictStr
    content_id: Text | None = None
    content_location: Text | None = None

    def new_attachment(self) -> NewAttachment:
        """Return what is to be attached. Raises `BodyNotReadable`."""
        return (
            super()
            .new_attachment()
            ._replace(
                content_type=self.content_type or find_media_type(self.name),
                content=_decode(self.content_bytes),
                content_id=self.content_id,
                content_location=self.content_location,
            )
        )


class ItemAttachmentBody(_AttachmentBody):
    """A message, event or contact, which is kept as it is given."""

    edm_type = "ItemAttachment"
    kind = AttachmentKind.ITEM

    item: Annotated[dict[str, object], BeforeValidator(_check_item)]

    def new_attachment(self) -> NewAttachment:
        """Return what is to be attached."""
        return super().new_attachment()._replace(content=orjson.dumps(self.item))


class ReferenceAttachmentBody(_AttachmentBody):
    """A link to a file or a folder, which nobody follows here."""

    edm_type = "ReferenceAttachment"
    kind = AttachmentKind.REFERENCE

    # So the samples show one that says nothing of it.
    is_inline: Boolean = True
    source_url: Text
    provider_type: ProviderType = 0
    thumbnail_url: Text | None = None
    preview_url: Text | None = None
    permission: Permission = 0
    is_folder: Boolean = False

    def new_attachment(self) -> NewAttachment:
        """Return what is to be attached. Raises `InvalidRequest`."""
        if not self.source_url.strip():
            raise InvalidRequest(reason="The property 'SourceUrl' must not be empty.")
        return (
            super()
            .new_attachment()
            ._replace(
                source_url=self.source_url,
                provider_type=self.provider_type,
                thumbnail_url=self.thumbnail_url,
                preview_url=self.preview_url,
                permission=self.permission,
                is_folder=self.is_folder,
            )
        )


BODIES: tuple[type[_AttachmentBody], ...] = (
    FileAttachmentBody,
    ItemAttachmentBody,
    ReferenceAttachmentBody,
)
"""The bodies in the order of `AttachmentKind`."""

_KINDS = {type_.name.lower(): kind for kind, type_ in zip(AttachmentKind, ATTACHMENTS, strict=True)}


def read_attachment(body: Mapping[str, object]) -> NewAttachment:
    """Read the body of a POST; its `@odata.type` says which kind it is, with or without `#`.

    Raises `BodyNotReadable` where it names none, and what `base.read_body` raises.
    """
    type_name = body.get("@odata.type")
    kind = _KINDS.get(type_name.removeprefix("#").lower()) if isinstance(type_name, str) else None
    if kind is None:
        reason = "its '@odata.type' names no kind of attachment"
        raise BodyNotReadable(reason=reason)
    return read_body(BODIES[kind], body, ATTACHMENTS[kind]).new_attachment()


def _decode(text: str) -> bytes:
    try:
        if not text.isascii():
            raise ValueError(len(text))  # noqa: TRY301
        if any(mark in text for mark in _OTHER_BASE64):
            text = text.encode("ascii").translate(_STANDARD, _BLANKS).decode("ascii")
        return _decode_base64(text)
    except ValueError as error:
        raise BodyNotReadable(reason="the property 'ContentBytes' is not base64") from error


def _decode_base64(text: str) -> bytes:
    """Decode base64, in portions: others have their turn between them. Raises `ValueError`."""
    # Padding behind whole groups passes for strict with some versions of Python.
    if len(text) % 4 or text.endswith("==="):
        raise ValueError(len(text))
    decoded = bytearray()
    for start in range(0, len(text), _PORTION):
        portion = text[start : start + _PORTION]
        if portion.endswith("=") and start + _PORTION < len(text):
            raise ValueError(start)
        decoded += binascii.a2b_base64(portion, strict_mode=True)
    return bytes(decoded)
