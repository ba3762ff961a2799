"""Short writes on SQLite run on the event loop, unless somebody would have to wait for them."""

import asyncio
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from afterlook.errors import ShuttingDown, StoreUnavailable
from afterlook.mailbox import tasks
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.store import writer
from afterlook.store.pages import Page
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from tests.support.stores import new_mailbox, open_store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return where the store is."""
    return tmp_path / "short.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    """Return an open store in one file, whatever the engine that the others run on."""
    opened = open_store(f"sqlite:///{file}")
    yield opened
    opened.close()


async def create(store: Store, mailbox: MailboxRow, subject: str = "x") -> str:
    """Create a task by a short write; return the name of the thread that did it."""

    def work(session: WriteSession) -> str:
        tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject=subject), UTC)
        return threading.current_thread().name

    return await store.write(mailbox, work, is_short=lambda _: True)


def subjects(store: Store, mailbox: MailboxRow) -> list[str]:
    """Return what is kept, by another connection than that of the writer."""
    with store.read_session(mailbox) as session:
        return sorted(str(row.subject) for row in tasks.list_tasks(session, Page(100)).rows)


def test_right_here(store: Store) -> None:
    """Nobody waits: no thread is asked, and what is written is kept when it returns."""
    mailbox = new_mailbox(store)

    assert asyncio.run(create(store, mailbox)) == threading.current_thread().name
    assert subjects(store, mailbox) == ["x"]


def test_lock_of_another_process(store: Store, file: Path) -> None:
    """While another process writes, the loop goes on; the write comes after it."""
    mailbox = new_mailbox(store)
    other = sqlite3.connect(file, isolation_level=None)

    async def run() -> tuple[str, int]:
        other.execute("BEGIN IMMEDIATE")
        writing, turns = asyncio.create_task(create(store, mailbox)), 0
        for _ in range(20):
            await asyncio.sleep(0.001)
            turns += not writing.done()
        other.execute("COMMIT")
        return await writing, turns

    thread, turns = asyncio.run(run())
    other.close()

    assert thread.startswith("store-write")
    assert turns == 20
    assert subjects(store, mailbox) == ["x"]


@pytest.mark.parametrize("is_cancelled", [False, True])
def test_behind_a_long_one(store: Store, *, is_cancelled: bool) -> None:
    """While a thread writes, what is short waits its turn there, and the loop goes on.

    So it does if nobody waits for the long one any more: its work goes on, and nobody takes its
    connection from it.
    """
    mailbox = new_mailbox(store)
    begun, go_on = threading.Event(), threading.Event()

    def long(session: WriteSession) -> None:
        tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject="long"), UTC)
        begun.set()
        assert go_on.wait(30)

    async def run() -> str:
        first = asyncio.create_task(store.write(mailbox, long))
        await asyncio.to_thread(begun.wait, 30)
        if is_cancelled:
            first.cancel()
        second = asyncio.create_task(create(store, mailbox))
        await asyncio.sleep(0.01)
        assert not second.done()
        go_on.set()
        with pytest.raises(asyncio.CancelledError) if is_cancelled else nullcontext():
            await first
        return await second

    assert asyncio.run(run()).startswith("store-write")
    assert subjects(store, mailbox) == ["long", "x"]


def test_kept_connection_is_with_one_at_a_time(store: Store) -> None:
    """Whoever works with it, nobody else does, whatever the lanes say."""
    mailbox = new_mailbox(store)

    async def run() -> str:
        with store._writer._turn:
            writing = asyncio.create_task(create(store, mailbox))
            await asyncio.sleep(0.01)
            assert not writing.done()
        return await writing

    assert asyncio.run(run()).startswith("store-write")
    assert subjects(store, mailbox) == ["x"]


def test_slow_disk(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that held the loop up sends those after it to a thread, for a while."""
    mailbox, now = new_mailbox(store), [0.0]
    monkeypatch.setattr(writer, "monotonic", lambda: now[0])

    async def slowly() -> None:
        def work(_: WriteSession) -> None:
            now[0] += 0.5

        await store.write(mailbox, work, is_short=lambda _: True)

    async def run() -> list[str]:
        threads = []
        for wait in (0.0, 4.9, 0.2):
            now[0] += wait
            threads.append(await create(store, mailbox))
        return threads

    now[0] = 1.0
    asyncio.run(slowly())

    here = threading.current_thread().name
    assert [name == here for name in asyncio.run(run())] == [False, False, True]


def test_log_is_brought_in(store: Store, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread brings SQLite's log into the file, so that no client waits for it."""
    monkeypatch.setattr(writer, "_CHECKPOINT_WRITES", 3)
    # Not sent to the thread where the machine is slow.
    monkeypatch.setattr(writer, "_SLOW_SECONDS", 60)
    mailbox = new_mailbox(store)
    for number in range(3):
        asyncio.run(create(store, mailbox, str(number)))
    # There is one thread that writes: what was begun before has ended.
    store._workers.writers.submit(int).result()

    alone = file.with_name("alone.db")
    shutil.copyfile(file, alone)
    with closing(sqlite3.connect(alone)) as connection:
        kept = connection.execute("SELECT subject FROM task ORDER BY subject").fetchall()
    assert kept == [("0",), ("1",), ("2",)]


def test_undone_by_sqlite(store: Store) -> None:
    """What SQLite has undone by itself is not acknowledged, whoever swallowed its error."""
    mailbox = new_mailbox(store)

    async def run() -> None:
        def work(session: WriteSession) -> None:
            tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject="y"), UTC)
            session._driver.rollback()

        await store.write(mailbox, work, is_short=lambda _: True)

    with pytest.raises(StoreUnavailable):
        asyncio.run(run())
    asyncio.run(create(store, mailbox))

    assert subjects(store, mailbox) == ["x"]


def test_failure(store: Store) -> None:
    """What raises is undone, and the next one is none the worse for it."""
    mailbox = new_mailbox(store)

    async def fail() -> None:
        def work(session: WriteSession) -> None:
            tasks.create_task(session, DEFAULT_FOLDER, TaskValues(subject="y"), UTC)
            raise LookupError

        await store.write(mailbox, work, is_short=lambda _: True)

    with pytest.raises(LookupError):
        asyncio.run(fail())
    asyncio.run(create(store, mailbox))

    assert subjects(store, mailbox) == ["x"]


def test_end(store: Store) -> None:
    """Once the server ends, nothing more is written here either."""
    mailbox = new_mailbox(store)
    store.interrupt()

    with pytest.raises(ShuttingDown):
        asyncio.run(create(store, mailbox))

    assert subjects(store, mailbox) == []
