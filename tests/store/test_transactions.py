"""A use case is one transaction: kept whole or not at all."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import delete, insert, select, text, update

from afterlook.errors import StoreUnavailable
from afterlook.mailbox import folders, groups, identities, tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER, DEFAULT_GROUP, Identity
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.store.engines import open_engines
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow, TaskRow
from afterlook.store.store import DuplicateError, Store
from afterlook.store.tables import Change, Mailbox, Task, TaskFolder, TaskGroup, table
from tests.support.stores import NOW, contents, new_mailbox, open_store


class Planted(Exception):
    """Raised by a use case in the middle of its work."""


def create(store: Store, mailbox: MailboxRow, subject: str) -> TaskRow:
    """Create a task in a transaction of its own."""
    with store.write_session(mailbox) as session:
        return tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject=subject), UTC)


def key(task: TaskRow) -> ItemKey:
    """Return the key of a task."""
    return ItemKey(task.folder_id, task.id)


def test_a_use_case_that_raises_keeps_nothing(store: Store, mailbox: MailboxRow) -> None:
    """Neither rows nor numbers of the counter."""
    create(store, mailbox, "kept")
    before = contents(store)

    def lose() -> None:
        with store.write_session(mailbox) as session:
            tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject="lost"), UTC)
            groups.create_group(session.begin_next_write(), "lost")
            session.advance_counter(1)
            raise Planted

    with pytest.raises(Planted):
        lose()
    assert contents(store) == before


def test_a_creation_that_raises_keeps_nothing(store: Store, mailbox: MailboxRow) -> None:
    """No half-made mailbox."""
    before = contents(store)

    def lose() -> None:
        with store.new_mailbox_session() as transaction:
            identities.create_mailbox(
                transaction, Identity(upn="half@afterlook.example", owner="Half")
            )
            raise Planted

    with pytest.raises(Planted):
        lose()
    assert contents(store) == before


def test_two_writers_in_one_instant(store: Store, mailbox: MailboxRow) -> None:
    """Though the clock stands still they get two change keys, and two positions in the log."""
    one, other = create(store, mailbox, "one"), create(store, mailbox, "other")
    with store.write_session(mailbox) as session:
        values = TaskValues(subject="x")
        patched = tasks.update_task(session, key(one), values, UTC)
    with store.session() as session:
        numbers = [row[0] for row in session.ad_hoc(select(table(Change).c.number), {})]

    assert one.modified == other.modified == patched.modified == NOW
    assert one.change < other.change < patched.change
    assert len(numbers) == len(set(numbers))


def test_writers_at_once_take_turns(store: Store, mailbox: MailboxRow) -> None:
    """Eight threads that read and then write lose nothing."""
    task = create(store, mailbox, "0")
    together = Barrier(8)

    def add(_: int) -> None:
        together.wait()
        for _ in range(10):
            with store.write_session(mailbox) as session:
                stored = tasks.get_task(session, key(task))
                subject = str(int(stored.subject or 0) + 1)
                tasks.update_task(session, key(task), TaskValues(subject=subject), UTC)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add, range(8)))
    with store.read_session(mailbox) as session:
        assert tasks.get_task(session, key(task)).subject == "80"


def test_creation_race(database: str) -> None:
    """Eight threads in two processes' worth of stores make one mailbox, whole."""
    stores = [open_store(database), open_store(database)]
    identity = Identity(upn="race@afterlook.example", owner="Race")
    together = Barrier(8)

    def create_and_find(number: int) -> MailboxRow | None:
        store = stores[number % 2]
        with store.session() as session:
            assert identities.find(session, identity) is None
        together.wait()
        with suppress(DuplicateError), store.new_mailbox_session() as transaction:
            identities.create_mailbox(transaction, identity)
        with store.session() as session:
            return identities.find(session, identity)

    with ThreadPoolExecutor(8) as pool:
        found_by_all = set(pool.map(create_and_find, range(8)))
    rows = contents(stores[0])
    for store in stores:
        store.close()

    assert len(found_by_all) == 1
    assert None not in found_by_all
    assert [len(each) for each in rows if isinstance(each, list)] == [1, 1, 1, 0, 2]


def test_mailboxes_are_apart(store: Store, mailbox: MailboxRow) -> None:
    """The same ids in another mailbox are other entities."""
    other = new_mailbox(store)
    mine, theirs = create(store, mailbox, "mine"), create(store, other, "theirs")
    assert key(mine) == key(theirs)

    with store.write_session(mailbox) as session:
        tasks.delete_task(session, key(mine))
    with store.session() as session:
        first, second = session.bind(mailbox), session.bind(other)
        assert tasks.list_tasks(first, Page(10)).rows == []
        assert tasks.list_tasks(second, Page(10)).rows == [theirs]
        assert [row.name for row in folders.list_folders(first, Page(10)).rows] == ["Tasks"]


@pytest.mark.parametrize(
    "statement",
    [
        update(table(Task)).values(folder_id=999),
        update(table(TaskFolder)).values(group_id=999),
        delete(table(TaskFolder)).where(table(TaskFolder).c.id == DEFAULT_FOLDER),
        delete(table(TaskGroup)).where(table(TaskGroup).c.id == DEFAULT_GROUP),
        delete(table(Mailbox)),
        insert(table(TaskGroup)).values(
            mailbox=999, id=1, change=1, name="x", group_key="x", is_default=False
        ),
    ],
)
def test_foreign_keys(store: Store, mailbox: MailboxRow, statement: object) -> None:
    """No task without its folder, no folder without its group, nothing without its mailbox."""
    create(store, mailbox, "x")
    before = contents(store)

    with pytest.raises(StoreUnavailable), store.write_session(mailbox) as session:
        session.execute(statement, {})  # type: ignore[arg-type]

    assert contents(store) == before


def test_sqlite_is_tuned(tmp_path: Path) -> None:
    """Every connection has the settings that the promises rest on."""
    names = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
    engines = open_engines(f"sqlite:///{tmp_path / 'tuned.db'}", "full")
    # A writer tries again by itself, and can be stopped between two tries.
    for engine, patience in ((engines.reader, 10_000), (engines.writer, 0)):
        with engine.connect() as connection:
            tuned = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in names]
        engine.dispose()
        assert tuned == ["wal", 2, 1, patience]
