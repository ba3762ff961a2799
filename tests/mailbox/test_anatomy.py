"""Ids and change keys: the anatomy that the service's own have.

One zero byte ends the text of the mailbox GUID (docs/reference/outlook.md §1.6):
only so do ids end as the service's own do (`AAAAAAESAAA=`), and only so is
the next pair of bytes what it looks like, the length of the EntryID.
"""

import base64
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from afterlook.mailbox.identifiers import Identifiers

GUID = "0f0e0d0c-0b0a-4908-8706-050403020100"
REPLICA = "11223344-5566-4788-99aa-bbccddeeff00"
MINE = Identifiers(GUID, REPLICA)
TASK, FOLDER, GROUP = (
    MINE.write_task_id(0x112, 0x113),
    MINE.write_folder_id(0x112),
    MINE.write_group_id(0x111),
)

# "Create linkedResource" in the documentation of Microsoft Graph.
SAMPLE = (
    "AAMkADliMmU5YjJlLTVmMmQtNGQzNS1iYjA0LTdmZTA2NTI0MTE5YwAuAAAAAADdOMUbUmCfTKa7OC-fqjkd"
    "AQBnu3olF7NfToRyJ2f__TNcAAAAAAESAAA="
)

numbers = st.integers(0, 2**48 - 1)


def raw(text: str) -> bytes:
    """Decode an id."""
    return base64.b64decode(text, altchars=b"-_", validate=True)


@settings(deadline=None)
@given(numbers, numbers)
def test_anatomy_of_an_item_id(folder: int, item: int) -> None:
    """113 bytes: head, mailbox, length of the EntryID (70), EntryID; 152 characters."""
    written = MINE.write_task_id(folder, item)
    octets = raw(written)

    assert (len(octets), len(written)) == (113, 152)
    assert octets[:43] == b"\0\3\x24\0" + GUID.encode() + b"\0\x46\0"
    assert octets[43:47] == bytes(4)
    assert octets[63:65] == b"\7\0"
    assert octets[65:81] == UUID(REPLICA).bytes
    assert octets[81:89] == folder.to_bytes(6, "big") + bytes(2)
    assert octets[89:105] == UUID(REPLICA).bytes
    assert octets[105:] == item.to_bytes(6, "big") + bytes(2)


@settings(deadline=None)
@given(numbers)
def test_anatomy_of_a_folder_id(folder: int) -> None:
    """89 bytes: head, mailbox, length of the EntryID (46), EntryID; 120 characters."""
    written = MINE.write_folder_id(folder)
    octets = raw(written)

    assert (len(octets), len(written)) == (89, 120)
    assert octets[:43] == b"\0\3\x24\0" + GUID.encode() + b"\0\x2e\0"
    assert octets[43:63] == raw(TASK)[43:63]
    assert octets[63:65] == b"\1\0"
    assert octets[65:81] == UUID(REPLICA).bytes
    assert octets[81:] == folder.to_bytes(6, "big") + bytes(2)


@settings(deadline=None)
@given(numbers, numbers, numbers)
def test_anatomy_of_an_attachment_id(folder: int, item: int, attachment: int) -> None:
    """134 bytes: those of its item, five fixed ones, sixteen of its own; 180 characters."""
    written = MINE.write_attachment_id(folder, item, attachment)
    octets = raw(written)

    assert (len(octets), len(written)) == (134, 180)
    assert octets[:113] == raw(MINE.write_task_id(folder, item))
    assert octets[113:118] == b"\1\x12\0\x10\0"
    assert octets[118:] == UUID(REPLICA).bytes[:10] + attachment.to_bytes(6, "big")


def test_an_attachment_id_begins_with_its_item_s() -> None:
    """As text too, but for the padding: so it was in every sample of full length."""
    written = MINE.write_attachment_id(0x112, 0x113, 0x114)

    assert written.startswith(TASK.rstrip("=") + "BEgAQA")
    assert written.endswith("=")


def test_anatomy_of_a_folder_of_the_service() -> None:
    """A default task list in Microsoft's own samples has the same fixed bytes in their places."""
    sample, octets = raw(SAMPLE), raw(FOLDER)

    assert len(sample) == len(octets)
    for fixed in (slice(4), slice(40, 47), slice(63, 65), slice(81, None)):
        assert octets[fixed] == sample[fixed]


def test_anatomy_of_a_change_key() -> None:
    """22 bytes in standard base64: a GUID and the number of the write; 32 characters."""
    written = Identifiers(GUID, "ffffffff-ffff-4fff-bfff-ffffffffffff").write_change_key(0x113)

    assert len(written) == 32
    assert written.endswith("==")
    assert base64.b64decode(written, validate=True)[16:] == b"\0\0\0\0\1\x13"
    assert "/" in written


@pytest.mark.parametrize("written", [TASK, FOLDER, GROUP])
def test_ids_look_like_the_service_s(written: str) -> None:
    """They begin with `AAMk` and end with `AAA=`."""
    assert written.startswith("AAMk")
    assert written.endswith("AAA=")
