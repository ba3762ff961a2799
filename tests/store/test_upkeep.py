"""Upkeep of the change log: what expires, in which portions, and what is kept of it."""

import asyncio
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from afterlook.errors import StoreUnavailable
from afterlook.mailbox import tasks
from afterlook.mailbox.identifiers import ItemKey
from afterlook.mailbox.identities import DEFAULT_FOLDER
from afterlook.mailbox.timezones import UTC
from afterlook.mailbox.values import TaskValues
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.ids import RandomIds
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store import changes, upkeep
from afterlook.store.background import TRANSIENT
from afterlook.store.changes import FOLDERS
from afterlook.store.folders import FEED as OF_FOLDERS
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction
from afterlook.store.store import Store
from tests.store.changelog import read_log
from tests.support.stores import NOW, new_mailbox

HORIZON = 30 * TICKS_PER_DAY


class Turned:
    """A store and its clock."""

    def __init__(self, database: str) -> None:
        self.clock = FrozenClock(NOW)
        self.store = Store(database, "normal", self.clock, RandomIds())

    def at(self, days: float) -> None:
        """Turn the clock to so many days after the start."""
        self.clock.instant = Instant(NOW + int(days * TICKS_PER_DAY))

    def add(self, mailbox: MailboxRow) -> int:
        """Create a task; return its id."""
        with self.store.write_session(mailbox) as session:
            return tasks.create_task(session, DEFAULT_FOLDER, TaskValues(), UTC).id

    def gone(self, mailbox: MailboxRow) -> int:
        """Create and delete a task; return the number of its tombstone."""
        task = self.add(mailbox)
        with self.store.write_session(mailbox) as session:
            tasks.delete_task(session, ItemKey(DEFAULT_FOLDER, task))
        return read_log(self.store, mailbox).counter

    def tombstones(self, mailbox: MailboxRow) -> set[int]:
        """Return the numbers of the tombstones."""
        return {number for number, dead in read_log(self.store, mailbox).log.values() if dead}

    def forgotten(self, mailbox: MailboxRow) -> int:
        """Return the highest number that is forgotten."""
        with self.store.read_session(mailbox) as session:
            return OF_FOLDERS.read_changes(session, FOLDERS, 0, 1).purged_through

    def keep(self) -> None:
        """Do the upkeep once."""
        asyncio.run(upkeep.purge_tombstones(self.store, HORIZON))


@pytest.fixture
def turned(database: str) -> Iterator[Turned]:
    """Return a store on each engine."""
    opened = Turned(database)
    yield opened
    opened.store.close()


def test_what_expires(turned: Turned) -> None:
    """Tombstones older than the horizon, of every mailbox; what lives stays, however old."""
    one, two = new_mailbox(turned.store), new_mailbox(turned.store)
    living = turned.add(one)
    old = {mailbox.id: turned.gone(mailbox) for mailbox in (one, two)}
    turned.at(1)
    young = turned.gone(one)

    turned.at(30)
    turned.keep()
    assert turned.tombstones(one) == {old[one.id], young}
    turned.at(30.5)
    turned.keep()

    assert turned.tombstones(one) == {young}
    assert turned.tombstones(two) == set()
    assert turned.forgotten(one) == old[one.id]
    assert turned.forgotten(two) == old[two.id]
    seen = read_log(turned.store, one)
    assert seen.log[DEFAULT_FOLDER, living] == (seen.living[DEFAULT_FOLDER, living], False)


def test_the_highest_number_is_kept(turned: Turned) -> None:
    """Where the clock was turned back, an older date has the higher number; it never falls."""
    mailbox = new_mailbox(turned.store)
    early = turned.gone(mailbox)
    turned.at(-40)
    late = turned.gone(mailbox)
    assert late > early
    turned.at(0)
    turned.keep()
    assert turned.tombstones(mailbox) == {early}
    assert turned.forgotten(mailbox) == late
    turned.at(31)
    turned.keep()
    assert turned.tombstones(mailbox) == set()
    assert turned.forgotten(mailbox) == late


def test_in_portions_among_the_writers(turned: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a transaction of its own; whoever writes between two of them is not kept waiting."""
    mailbox = new_mailbox(turned.store)
    for _ in range(7):
        turned.gone(mailbox)
    turned.at(31)
    left: list[int] = []
    maintain = turned.store.maintain

    async def watched(work: Callable[..., Any]) -> object:
        done = await maintain(work)
        left.append(len(turned.tombstones(mailbox)))
        turned.add(mailbox)
        return done

    monkeypatch.setattr(upkeep, "_PORTION", 3)
    monkeypatch.setattr(turned.store, "maintain", watched)
    turned.keep()
    assert left == [4, 1, 0]
    assert len(read_log(turned.store, mailbox).living) == 2 + len(left)


def test_while_writers_write(turned: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upkeep and writers at once, on the threads of the store: both get through."""
    mailbox = new_mailbox(turned.store)
    for _ in range(40):
        turned.gone(mailbox)
    turned.at(31)
    monkeypatch.setattr(upkeep, "_PORTION", 2)

    async def add(number: int) -> int:
        values = TaskValues(subject=str(number))
        row = await turned.store.write(
            mailbox,
            lambda session: tasks.create_task(session, DEFAULT_FOLDER, values, UTC),
        )
        return row.change

    async def both() -> list[int]:
        keeping = upkeep.purge_tombstones(turned.store, HORIZON)
        _, *numbers = await asyncio.gather(keeping, *map(add, range(40)))
        return [number for number in numbers if number is not None]

    numbers = asyncio.run(both())
    seen = read_log(turned.store, mailbox)
    assert len(set(numbers)) == 40
    assert set(numbers) <= set(seen.living.values())
    assert turned.tombstones(mailbox) == set()


def test_two_at_once(turned: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process of a server does it: none stumbles over another."""
    mailbox = new_mailbox(turned.store)
    numbers = [turned.gone(mailbox) for _ in range(20)]
    turned.at(31)
    monkeypatch.setattr(upkeep, "_PORTION", 3)

    async def all_() -> None:
        await asyncio.gather(*(upkeep.purge_tombstones(turned.store, HORIZON) for _ in range(4)))

    asyncio.run(all_())
    assert turned.tombstones(mailbox) == set()
    assert turned.forgotten(mailbox) == max(numbers)


def test_a_mailbox_that_is_locked(turned: Turned, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps its tombstones until the next turn; no other waits for it."""
    mailboxes = [new_mailbox(turned.store) for _ in range(3)]
    for mailbox in mailboxes:
        turned.gone(mailbox)
    turned.at(31)
    locked = mailboxes[0]
    forget = changes.purge_tombstones

    def refuse(session: Transaction, mailbox_id: int, before: Instant, limit: int) -> int:
        if mailbox_id == locked.id:
            raise StoreUnavailable
        return forget(session, mailbox_id, before, limit)

    with monkeypatch.context() as patched:
        patched.setattr(changes, "purge_tombstones", refuse)
        turned.keep()
    assert [len(turned.tombstones(mailbox)) for mailbox in mailboxes] == [1, 0, 0]
    turned.keep()
    assert turned.tombstones(locked) == set()


@pytest.mark.parametrize("error", [*TRANSIENT, ZeroDivisionError])
def test_a_store_that_cannot(
    turned: Turned, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """It tries again at the next turn; being cancelled ends it."""
    tried: list[int] = []

    async def run() -> None:
        thrice = asyncio.Event()

        async def fail(*_: object) -> None:
            tried.append(1)
            if len(tried) == 3:
                thrice.set()
            raise error

        monkeypatch.setattr(upkeep, "purge_tombstones", fail)
        keeping = asyncio.create_task(upkeep.run_upkeep(turned.store, HORIZON))
        await thrice.wait()
        keeping.cancel()
        await asyncio.wait([keeping])
        assert keeping.cancelled()

    monkeypatch.setattr(upkeep, "_INTERVAL_SECONDS", 0)
    asyncio.run(run())
