"""A collection by change position: the two orders, and what is told beside the entries."""

import pytest

from afterlook.mailbox import folders, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.instants import Instant
from afterlook.store import changes, pages
from afterlook.store.changes import FOLDERS
from afterlook.store.feeds import ChangeFeed, ChangeFeedSlice
from afterlook.store.folders import FEED as OF_FOLDERS
from afterlook.store.rows import FolderRow, MailboxRow, TaskRow
from afterlook.store.store import Store
from afterlook.store.tasks import FEED as OF_TASKS
from tests.store.changelog import read_log
from tests.support.stores import NOW, new_mailbox


@pytest.fixture
def written(store: Store, mailbox: MailboxRow) -> list[int]:
    """Return four tasks of the default folder by latest change, the third of them deleted."""
    made = []
    for _ in range(4):
        with store.write_session(mailbox) as session:
            task = tasks.create_task(session, DEFAULT_FOLDER, TaskValues(), UTC)
        made.append(task.id)
    first, second, third, fourth = made
    with store.write_session(mailbox) as session:
        tasks.delete_task(session, ItemKey(DEFAULT_FOLDER, second))
    with store.write_session(mailbox) as session:
        values, key = TaskValues(subject="x"), ItemKey(DEFAULT_FOLDER, first)
        tasks.update_task(session, key, values, UTC)
    return [third, fourth, second, first]


def read(
    store: Store, mailbox: MailboxRow, way: str, position: int | None, size: int = 10
) -> ChangeFeedSlice[TaskRow]:
    """Read the tasks of the default folder."""
    with store.read_session(mailbox) as session:
        if way == "newest":
            return OF_TASKS.read_entities(session, DEFAULT_FOLDER, position, size)
        return OF_TASKS.read_changes(session, DEFAULT_FOLDER, position or 0, size)


def entities(slice_: ChangeFeedSlice[TaskRow]) -> list[int]:
    """Return the ids of the entries."""
    return [entry.entity for entry in slice_.entries]


def test_newest_first(store: Store, mailbox: MailboxRow, written: list[int]) -> None:
    """What lives alone, from the head or from below a position, so many of it."""
    third, fourth, _, first = written
    whole = read(store, mailbox, "newest", None)
    assert entities(whole) == [first, fourth, third]
    assert all(entry.row and entry.row.change == entry.change_number for entry in whole.entries)
    assert entities(read(store, mailbox, "newest", None, 2)) == [first, fourth]
    below = whole.entries[1].change_number
    assert entities(read(store, mailbox, "newest", below + 1)) == [fourth, third]
    assert entities(read(store, mailbox, "newest", below)) == [third]
    assert entities(read(store, mailbox, "newest", 0)) == []


def test_oldest_first(store: Store, mailbox: MailboxRow, written: list[int]) -> None:
    """Tombstones too, without a row, after a position."""
    whole = read(store, mailbox, "oldest", 0)
    assert entities(whole) == written
    assert [entry.row is None for entry in whole.entries] == [False, False, True, False]
    assert [entry.row.id for entry in whole.entries if entry.row] == [written[0], *written[1::2]]
    for at, entry in enumerate(whole.entries):
        assert entities(read(store, mailbox, "oldest", entry.change_number)) == written[at + 1 :]
    assert entities(read(store, mailbox, "oldest", 0, 2)) == written[:2]


@pytest.mark.parametrize("way", ["newest", "oldest"])
@pytest.mark.parametrize("room", [10_000_000, 1])
def test_what_follows(
    store: Store,
    mailbox: MailboxRow,
    written: list[int],
    monkeypatch: pytest.MonkeyPatch,
    way: str,
    room: int,
) -> None:
    """It is told, and no caller need count: a slice ends with its text too."""
    assert written
    whole = read(store, mailbox, way, None)
    assert whole.next_change is None
    monkeypatch.setattr(pages, "MAX_PAGE_TEXT", room)
    for size in range(1, len(whole.entries) + 1):
        slice_ = read(store, mailbox, way, None, size)
        end = len(slice_.entries)
        assert 0 < end <= size
        assert slice_.entries == whole.entries[:end]
        left = whole.entries[end:]
        assert slice_.next_change == (left[0].change_number if left else None)


def test_the_mailbox_beside_them(store: Store, mailbox: MailboxRow, written: list[int]) -> None:
    """Head and what is forgotten come with every slice, with an empty one too."""
    assert written
    head = read_log(store, mailbox).counter
    for way, position in (("newest", None), ("newest", 0), ("oldest", 0), ("oldest", head)):
        assert read(store, mailbox, way, position)[:2] == (head, 0)
    deleted = read(store, mailbox, "oldest", 0).entries[2].change_number
    with store.new_mailbox_session() as transaction:
        changes.purge_tombstones(transaction, mailbox.id, Instant(NOW + 1), 10)
    for way, position in (("newest", None), ("newest", 0), ("oldest", 0), ("oldest", head)):
        assert read(store, mailbox, way, position)[:2] == (head, deleted)


def test_nobody_elses(store: Store, mailbox: MailboxRow, written: list[int]) -> None:
    """Neither another mailbox's nor another scope's; one that is not there has nothing."""
    assert written
    other, nobodys = new_mailbox(store), mailbox._replace(id=999_999)
    for way in ("newest", "oldest"):
        assert read(store, other, way, None).entries == []
        assert read(store, nobodys, way, None) == ChangeFeedSlice(0, 0, [], None)
    with store.read_session(mailbox) as session:
        assert OF_TASKS.read_changes(session, 999_999, 0, 10).entries == []


def test_the_leading_one(store: Store, mailbox: MailboxRow) -> None:
    """The default folder comes before the newest one, and never again further down."""
    made = []
    for name in "abc":
        with store.write_session(mailbox) as session:
            made.append(folders.create_folder(session, name, DEFAULT_GROUP).id)
    feed: ChangeFeed[FolderRow] = OF_FOLDERS
    with store.read_session(mailbox) as session:
        start = feed.read_entities(session, FOLDERS, None, 10)
        further = feed.read_entities(session, FOLDERS, start.latest_change + 1, 10)
        later = feed.read_changes(session, FOLDERS, 0, 10)
    assert [entry.entity for entry in start.entries] == [DEFAULT_FOLDER, *made[::-1]]
    assert [entry.entity for entry in further.entries] == made[::-1]
    assert [entry.entity for entry in later.entries] == [DEFAULT_FOLDER, *made]
