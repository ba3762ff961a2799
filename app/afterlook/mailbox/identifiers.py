"""Ids and change keys: the service's anatomy, around the numbers of the store.

Owns how they are written and read (docs/reference/outlook.md §1.6), so that "malformed" and
"gone" can be told apart.

    item    00 03 | 24 00 | mailbox GUID as text, 36 | 00 | 46 00 | EntryID, 70      113 bytes
    folder  00 03 | 24 00 | mailbox GUID as text, 36 | 00 | 2E 00 | EntryID, 46       89 bytes

    attachment  that of its item | 01 12 00 10 00 | replica's head, 10 | attachment, 6   134 bytes

    EntryID   flags, 4 | provider, 16 | type, 2 | replica, 16 | folder, 6 | 00 00
              … and for an item: replica, 16 | item, 6 | 00 00
"""

from __future__ import annotations

import binascii
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from afterlook.errors import ChangeKeyStale, IdMalformed, ItemNotFound
from afterlook.odata.etag import Precondition
from afterlook.store.rows import MailboxRow

_HEAD = b"\x00\x03\x24\x00"
_ITEM, _FOLDER = b"\x00\x46\x00", b"\x00\x2e\x00"
_ITEM_TYPE, _FOLDER_TYPE = b"\x07\x00", b"\x01\x00"
_PROVIDER = bytes(4) + UUID("6c61746f-6f6b-4166-9465-726c6f6f6b00").bytes
_URL_SAFE = bytes.maketrans(b"+/", b"-_")
_GUID, _KIND = slice(4, 40), slice(40, 65)
_ATTACHMENT = b"\x01\x12\x00\x10\x00"
_ITEM_LENGTH = 113
_HEAD_TEXT = 140
"""Characters of an item's id that are its folder's alone: 105 bytes, whole groups of base64."""

_FOLDER_NUMBER, _ITEM_NUMBER = slice(81, 87), slice(105, 111)

_GROUPS_FOLDER = 0x10E
"""The folder in which, by their ids, task groups lie; it is no task folder."""


class ItemKey(NamedTuple):
    """What the id of a task says: the folder it was created in, and its number."""

    folder: int
    item: int


class Identifiers:
    """Writes and reads the ids of one mailbox."""

    def __init__(self, guid: str, replica: str) -> None:
        self._guid = guid.encode("ascii")
        self._replica = UUID(replica).bytes
        head = _HEAD + self._guid
        self._folder_start = head + _FOLDER + _PROVIDER + _FOLDER_TYPE + self._replica
        self._item_start = head + _ITEM + _PROVIDER + _ITEM_TYPE + self._replica
        # Encoded once for each folder, and known again without being decoded.
        self._item_heads: dict[int, str] = {}
        self._folders_by_head: dict[str, int] = {}
        self._folders: dict[int, str] = {}

    def write_task_id(self, folder: int, item: int) -> str:
        """Write the id of a task."""
        head = self._item_heads.get(folder)
        if head is None:
            head = self._item_heads[folder] = _encode(self._item_head(folder))
            self._folders_by_head[head] = folder
        return head + _encode(_number(item) + bytes(2))

    def write_folder_id(self, folder: int) -> str:
        """Write the id of a task folder."""
        written = self._folders.get(folder)
        if written is None:
            written = self._folders[folder] = _encode(self._folder(folder))
        return written

    def write_group_id(self, group: int) -> str:
        """Write the id of a task group."""
        return self.write_task_id(_GROUPS_FOLDER, group)

    def write_attachment_id(self, folder: int, item: int, attachment: int) -> str:
        """Write the id of an attachment of a task."""
        head = self._item_head(folder) + _number(item) + bytes(2)
        return _encode(head + self._attachment(attachment))

    def write_change_key(self, change: int) -> str:
        """Write a change key."""
        return binascii.b2a_base64(self._replica + _number(change), newline=False).decode()

    def read_task_id(self, text: str) -> ItemKey:
        """Read the id of a task. Raises `IdMalformed`; `ItemNotFound` for another mailbox's."""
        key = self._read_item(text)
        if key.folder == _GROUPS_FOLDER:
            raise IdMalformed
        return key

    def read_group_id(self, text: str) -> int:
        """Read the id of a task group. Raises like `read_task_id`."""
        key = self._read_item(text)
        if key.folder != _GROUPS_FOLDER:
            raise IdMalformed
        return key.item

    def read_folder_id(self, text: str) -> int:
        """Read the id of a task folder. Raises like `read_task_id`."""
        raw = _decode(text)
        folder = int.from_bytes(raw[_FOLDER_NUMBER], "big")
        self._check(raw, self._folder(folder))
        return folder

    def read_attachment_id(self, text: str, key: ItemKey) -> int:
        """Read the id of an attachment of the task `key`. Raises like `read_task_id`.

        `ItemNotFound` too for an attachment of another task.
        """
        owner, attachment = self.read_any_attachment_id(text)
        if owner != key:
            raise ItemNotFound
        return attachment

    def read_any_attachment_id(self, text: str) -> tuple[ItemKey, int]:
        """Read the id of an attachment of any task, and that task's. Raises like `read_task_id`."""
        raw = _decode(text)
        owner = self._read(raw[:_ITEM_LENGTH])
        attachment = int.from_bytes(raw[-6:], "big")
        if raw[_ITEM_LENGTH:] != self._attachment(attachment):
            raise IdMalformed
        return owner, attachment

    def expect_met(self, precondition: Precondition, change: int) -> None:
        """Raise `ChangeKeyStale` where the state `change` may not be written over."""
        if not precondition.is_met_by(self.write_change_key(change)):
            raise ChangeKeyStale

    def _read_item(self, text: str) -> ItemKey:
        folder = self._folders_by_head.get(text[:_HEAD_TEXT])
        if folder is None:
            return self._read(_decode(text))
        raw = _decode(text[_HEAD_TEXT:])
        if raw[6:] != bytes(2):
            raise IdMalformed
        return ItemKey(folder, int.from_bytes(raw[:6], "big"))

    def _read(self, raw: bytes) -> ItemKey:
        folder = int.from_bytes(raw[_FOLDER_NUMBER], "big")
        number = raw[_ITEM_NUMBER]
        self._check(raw, self._item_head(folder) + number + bytes(2))
        return ItemKey(folder, int.from_bytes(number, "big"))

    def _folder(self, folder: int) -> bytes:
        return self._folder_start + _number(folder) + bytes(2)

    def _item_head(self, folder: int) -> bytes:
        return self._item_start + _number(folder) + bytes(2) + self._replica

    def _attachment(self, attachment: int) -> bytes:
        return _ATTACHMENT + self._replica[:10] + _number(attachment)

    def _check(self, raw: bytes, ours: bytes) -> None:
        """Compare an id with how its numbers are written here."""
        if raw == ours:
            return
        foreign = (
            len(raw) == len(ours)
            and raw[: _GUID.start] == _HEAD
            and raw[_GUID] != self._guid
            and raw[_KIND] == ours[_KIND]
        )
        raise ItemNotFound if foreign else IdMalformed


@lru_cache(maxsize=4096)
def identifiers_of(mailbox: MailboxRow) -> Identifiers:
    """Return the identifiers of a mailbox."""
    return Identifiers(mailbox.guid, mailbox.replica)


def pad(text: str) -> str:
    """Return base64 text with the padding that clients leave off."""
    bare = text.rstrip("=")
    return bare + "=" * (-len(bare) % 4)


def _number(number: int) -> bytes:
    return number.to_bytes(6, "big")


def _encode(raw: bytes) -> str:
    return binascii.b2a_base64(raw, newline=False).translate(_URL_SAFE).decode("ascii")


def _decode(text: str) -> bytes:
    whole = pad(text)
    try:
        raw = binascii.a2b_base64(whole.replace("-", "+").replace("_", "/"))
    except ValueError as error:
        raise IdMalformed from error
    # It passes over what is no base64.
    if _encode(raw) != whole:
        raise IdMalformed
    return raw
