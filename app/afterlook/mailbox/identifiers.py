"""Ids and change keys: the service's anatomy, around the numbers of the store.

Owns how they are written and read (`reference/outlook-contract.md` §1.6), so that "malformed" and
"gone" can be told apart. Must not know what an id names.

    item    00 03 24 00 | mailbox GUID as text, 36 | 46 00 | EntryID, 70 | 00      113 bytes
    folder  00 03 24 00 | mailbox GUID as text, 36 | 2E 00 | EntryID, 46 | 00       89 bytes

    EntryID   flags, 4 | provider, 16 | 07 00 | replica, 16 | folder, 6 | 00 00
              … and for an item: replica, 16 | item, 6 | 00 00
"""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

from afterlook.errors import ChangeKeyStale, IdMalformed, ItemNotFound
from afterlook.odata import etag
from afterlook.store.rows import MailboxRow

_HEAD = b"\x00\x03\x24\x00"
_ITEM, _FOLDER = b"\x46\x00", b"\x2e\x00"
_PROVIDER = UUID("6c61746f-6f6b-4166-9465-726c6f6f6b00").bytes
_ITEM_LENGTH, _FOLDER_LENGTH = 113, 89
_GUID_END, _KIND_END, _FOLDER_START, _ITEM_START = 40, 42, 80, 104

_GROUPS_FOLDER = 0x10E
"""The folder in which, by their ids, task groups lie; it is no task folder."""


class ItemKey(NamedTuple):
    """What the id of a task says: the folder it was created in, and its number."""

    folder: int
    item: int


class Identifiers:
    """Writes and reads the ids of one mailbox."""

    def __init__(self, guid: str, replica: str) -> None:
        self._owner = _HEAD + guid.encode("ascii")
        self._replica = UUID(replica).bytes
        self._store = bytes(4) + _PROVIDER + b"\x07\x00" + self._replica
        # 102 bytes of an item's id are its folder's alone: whole base64 groups, encoded once.
        self._item_heads: dict[int, str] = {}
        self._folders: dict[int, str] = {}

    def task(self, folder: int, item: int) -> str:
        """Write the id of a task."""
        head = self._item_heads.get(folder)
        if head is None:
            head = _encode(self._item_head(folder)[:102])
            self._item_heads[folder] = head
        return head + _encode(self._replica[-2:] + _number(item) + bytes(3))

    def folder(self, folder: int) -> str:
        """Write the id of a task folder."""
        written = self._folders.get(folder)
        if written is None:
            entry = self._store + _number(folder) + bytes(2)
            written = self._folders[folder] = _encode(self._owner + _FOLDER + entry + bytes(1))
        return written

    def group(self, group: int) -> str:
        """Write the id of a task group."""
        return self.task(_GROUPS_FOLDER, group)

    def change_key(self, change: int) -> str:
        """Write a change key."""
        return binascii.b2a_base64(self._replica + _number(change), newline=False).decode()

    def read_task(self, text: str) -> ItemKey:
        """Read the id of a task. Raises `IdMalformed`; `ItemNotFound` for another mailbox's."""
        key = self._read_item(text)
        if key.folder == _GROUPS_FOLDER:
            raise IdMalformed
        return key

    def read_group(self, text: str) -> int:
        """Read the id of a task group. Raises like `read_task`."""
        key = self._read_item(text)
        if key.folder != _GROUPS_FOLDER:
            raise IdMalformed
        return key.item

    def read_folder(self, text: str) -> int:
        """Read the id of a task folder. Raises like `read_task`."""
        raw = _decode(text)
        number = int.from_bytes(raw[_FOLDER_START : _FOLDER_START + 6], "big")
        self._check(raw, _FOLDER_LENGTH, _FOLDER)
        return number

    def expect(self, if_match: str | None, change: int) -> None:
        """Raise `ChangeKeyStale` unless `If-Match` is absent or names the state `change`."""
        if if_match is not None and not etag.matches(if_match, self.change_key(change)):
            raise ChangeKeyStale

    def _item_head(self, folder: int) -> bytes:
        entry = self._store + _number(folder) + bytes(2) + self._replica
        return self._owner + _ITEM + entry

    def _read_item(self, text: str) -> ItemKey:
        raw = _decode(text)
        self._check(raw, _ITEM_LENGTH, _ITEM)
        return ItemKey(
            int.from_bytes(raw[_FOLDER_START : _FOLDER_START + 6], "big"),
            int.from_bytes(raw[_ITEM_START : _ITEM_START + 6], "big"),
        )

    def _check(self, raw: bytes, length: int, kind: bytes) -> None:
        well_formed = len(raw) == length and raw[:4] == _HEAD and raw[_GUID_END:_KIND_END] == kind
        if not well_formed:
            raise IdMalformed
        if raw[:_GUID_END] != self._owner:
            raise ItemNotFound


@lru_cache(maxsize=4096)
def of(mailbox: MailboxRow) -> Identifiers:
    """Return the identifiers of a mailbox."""
    return Identifiers(mailbox.guid, mailbox.replica)


def _number(number: int) -> bytes:
    return number.to_bytes(6, "big")


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")


def _decode(text: str) -> bytes:
    bare = text.rstrip("=")
    padded = bare + "=" * (-len(bare) % 4)
    try:
        raw = base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise IdMalformed from error
    if _encode(raw) != padded:
        raise IdMalformed
    return raw
