"""Ids and change keys, read: what is malformed, what is foreign, what is stale."""

import base64
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from afterlook.errors import ChangeKeyStale, IdMalformed, ItemNotFound
from afterlook.mailbox.identifiers import Identifiers, ItemKey, identifiers_of
from afterlook.odata.etag import read_precondition
from afterlook.store.rows import MailboxRow

GUID = "0f0e0d0c-0b0a-4908-8706-050403020100"
REPLICA = "11223344-5566-4788-99aa-bbccddeeff00"
MINE = Identifiers(GUID, REPLICA)
THEIRS = Identifiers("0f0e0d0c-0b0a-4908-8706-0504030201ff", REPLICA)
TASK, FOLDER, GROUP = (
    MINE.write_task_id(0x112, 0x113),
    MINE.write_folder_id(0x112),
    MINE.write_group_id(0x111),
)
ATTACHMENT = MINE.write_attachment_id(0x112, 0x113, 0x114)

numbers = st.integers(0, 2**48 - 1)
Read = Callable[[Identifiers, str], object]


def read_attachment(ids: Identifiers, written: str) -> object:
    """Read the id of an attachment of the one task."""
    return ids.read_attachment_id(written, ItemKey(0x112, 0x113))


READERS: list[tuple[str, Read]] = [
    (TASK, Identifiers.read_task_id),
    (FOLDER, Identifiers.read_folder_id),
    (GROUP, Identifiers.read_group_id),
    (ATTACHMENT, read_attachment),
]


def raw(text: str) -> bytes:
    """Decode an id."""
    return base64.b64decode(text, altchars=b"-_", validate=True)


def text(octets: bytes) -> str:
    """Encode an id."""
    return base64.urlsafe_b64encode(octets).decode()


@settings(deadline=None)
@given(numbers, numbers)
def test_round_trips(folder: int, item: int) -> None:
    """What is written is read, with or without padding."""
    for written in (MINE.write_folder_id(folder), MINE.write_folder_id(folder).rstrip("=")):
        assert MINE.read_folder_id(written) == folder
    for written in (MINE.write_group_id(item), MINE.write_group_id(item).rstrip("=")):
        assert MINE.read_group_id(written) == item
    if folder != 0x10E:
        for written in (
            MINE.write_task_id(folder, item),
            MINE.write_task_id(folder, item).rstrip("="),
        ):
            assert MINE.read_task_id(written) == ItemKey(folder, item)


@settings(deadline=None)
@given(st.text("AEz09-_+=é ", max_size=16) | st.binary(max_size=10).map(text))
@example("AAAAAAETAAA=")
@example("AAAAAAETAAA")
@example("AAAAAAETAAB=")
@example("AAAAAAETAAAA")
def test_known_folders(tail: str) -> None:
    """An id is read alike whether or not one of its folder has been written before."""
    written = MINE.write_task_id(0x112, 0x113)[:140] + tail

    assert read_or_refuse(MINE, written) == read_or_refuse(Identifiers(GUID, REPLICA), written)


def read_or_refuse(ids: Identifiers, written: str) -> object:
    """Return what an id says, or what it is refused with."""
    try:
        return ids.read_task_id(written)
    except IdMalformed:
        return IdMalformed


@settings(deadline=None)
@given(numbers, numbers, numbers)
def test_attachments_round_trip(folder: int, item: int, attachment: int) -> None:
    """With the task that they belong to, and with no other."""
    written = MINE.write_attachment_id(folder, item, attachment)
    key = ItemKey(folder, item)

    for spelt in (written, written.rstrip("=")):
        assert MINE.read_attachment_id(spelt, key) == attachment
    for other in (ItemKey(folder ^ 1, item), ItemKey(folder, item ^ 1)):
        with pytest.raises(ItemNotFound):
            MINE.read_attachment_id(written, other)


@pytest.mark.parametrize(("written", "read"), READERS)
def test_foreign_ids(written: str, read: Read) -> None:
    """A well-formed id of another mailbox names nothing here."""
    with pytest.raises(ItemNotFound):
        read(THEIRS, written)


@pytest.mark.parametrize(("written", "read"), READERS)
def test_ids_of_another_kind(written: str, read: Read) -> None:
    """An id of another kind is malformed here, whoever's it is."""
    for other in {TASK, FOLDER, GROUP, ATTACHMENT} - {written}:
        with pytest.raises(IdMalformed):
            read(MINE, other)


@pytest.mark.parametrize(("written", "read"), READERS)
@pytest.mark.parametrize(
    "spoil",
    [
        lambda _: "",
        lambda _: "=",
        lambda _: "x",
        lambda _: "é" * 152,
        lambda _: "A" * 152,
        lambda _: "A" * 1_000_000,
        lambda id_: id_[:-5],
        lambda id_: id_[:-4],
        lambda id_: id_ + "AAAA",
        lambda id_: id_ + "A",
        lambda id_: "\n" + id_,
        lambda id_: id_ + " ",
        lambda id_: id_[:60] + "\n" + id_[60:],
        lambda id_: id_[:60] + "=" + id_[60:],
        lambda id_: id_[:-2] + "B=",
        lambda id_: id_.swapcase(),
        lambda id_: "AQMk" + id_[4:],
        lambda id_: base64.b64encode(raw(id_)).decode().replace("A", "+", 1),
    ],
)
def test_malformed(written: str, read: Read, spoil: Callable[[str], str]) -> None:
    """What has not the anatomy of its kind is malformed."""
    with pytest.raises(IdMalformed):
        read(MINE, spoil(written))


@pytest.mark.parametrize(("written", "read"), READERS)
def test_one_spelling_each(written: str, read: Read) -> None:
    """Clients compare ids as text: one with any other byte never reads as the same entity."""
    octets = raw(written)
    meant = read(MINE, written)
    also = []
    for position in range(len(octets)):
        changed = bytearray(octets)
        changed[position] ^= 0x01
        try:
            if read(MINE, text(bytes(changed))) == meant:
                also.append(position)
        except (IdMalformed, ItemNotFound):
            continue

    assert not also, f"bytes that count for nothing: {also}"


@settings(deadline=None)
@given(st.text() | st.text("AMk-_=", max_size=160) | st.binary(max_size=120).map(text))
def test_any_text_is_an_id_or_refused(id_: str) -> None:
    """Nothing but `IdMalformed` and `ItemNotFound` comes out of any text."""
    for _, read in READERS:
        with pytest.raises((IdMalformed, ItemNotFound)):
            read(MINE, id_)


def test_if_match() -> None:
    """Absent or naming the state it lets pass, else the change key is stale."""
    for if_match in (None, "*", MINE.write_change_key(7), f'W/"{MINE.write_change_key(7)}"'):
        MINE.expect_met(read_precondition(if_match, None), 7)
    for if_match in ("", '""', MINE.write_change_key(8), f'W/"{MINE.write_change_key(6)}"'):
        with pytest.raises(ChangeKeyStale):
            MINE.expect_met(read_precondition(if_match, None), 7)


def test_of_a_mailbox() -> None:
    """A mailbox's identifiers are made from its GUIDs."""
    mailbox = MailboxRow(1, GUID, REPLICA, "oid", "tid", "upn", "owner", "00")

    assert identifiers_of(mailbox).write_task_id(0x112, 0x113) == TASK
