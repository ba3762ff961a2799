"""Work in lanes: few of a mailbox at once, few waiting, and nobody waits for somebody else's."""

import asyncio
from threading import Event

import pytest
from sqlalchemy import text

from afterlook.errors import ClientGone, MailboxBusy, ShuttingDown, StoreUnavailable, TookTooLong
from afterlook.store import store as stores
from afterlook.store.lanes import Lanes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session
from afterlook.store.store import Store
from tests.support.stores import new_mailbox

LONG = {
    "sqlite": "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
    "SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


def run_long(session: Session) -> None:
    """Ask for what never ends."""
    session.ad_hoc(text(LONG[session.dialect]), {})


def test_turns() -> None:
    """At most so many at once and waiting; in the order in which they came."""

    async def run() -> tuple[list[int], int, int]:
        lanes, done, most = Lanes(2, 3, 60), [], 0
        inside = 0

        async def work(number: int) -> None:
            nonlocal inside, most
            await lanes.enter("one")
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0)
            inside -= 1
            done.append(number)
            lanes.leave("one")

        ended = await asyncio.gather(*map(work, range(8)), return_exceptions=True)
        await lanes.enter("one")
        lanes.leave("one")
        return done, most, sum(isinstance(each, MailboxBusy) for each in ended)

    assert asyncio.run(run()) == ([0, 1, 2, 3, 4], 2, 3)


def test_whoever_stops_waiting_leaves_the_lane() -> None:
    async def run() -> None:
        lanes = Lanes(1, 1, 60)
        await lanes.enter("one")
        waiter = asyncio.create_task(lanes.enter("one"))
        await asyncio.sleep(0)
        waiter.cancel()
        await asyncio.wait([waiter])
        other = asyncio.create_task(lanes.enter("one"))
        await asyncio.sleep(0)
        lanes.leave("one")
        await other

    asyncio.run(run())


def test_whoever_stops_as_its_turn_comes_gives_it_on() -> None:
    """Whether it was told first or gave up first."""

    async def run() -> None:
        lanes = Lanes(1, 3, 60)
        await lanes.enter("one")
        first, second, third = (asyncio.create_task(lanes.enter("one")) for _ in range(3))
        await asyncio.sleep(0)
        lanes.leave("one")
        first.cancel()
        second.cancel()
        await asyncio.wait([first, second])
        await third

    asyncio.run(run())


def test_a_wait_ends() -> None:
    async def run() -> None:
        lanes = Lanes(1, 1, 0.01)
        await lanes.enter("one")
        with pytest.raises(StoreUnavailable):
            await lanes.enter("one")
        await lanes.enter("other")
        lanes.leave("other")
        lanes.leave("one")
        await lanes.enter("one")

    asyncio.run(run())


def test_a_deadline(store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scan ends with it, on the server of the database as well, and the next one is served."""
    monkeypatch.setattr(stores, "MAX_SCAN_SECONDS", 0.05)
    for engine in store._engines:
        if engine.dialect.name == "postgresql":
            monkeypatch.setitem(
                LONG, "postgresql", "SET statement_timeout = 50; SELECT pg_sleep(60)"
            )

    async def run() -> None:
        for _ in range(3):
            with pytest.raises(TookTooLong):
                await store.for_client(mailbox).scan(run_long)
        await store.for_client(mailbox).scan(lambda _: None)

    asyncio.run(run())


def test_work_is_dropped_with_its_client(store: Store, mailbox: MailboxRow) -> None:
    """What runs and what waits; others of the same mailbox are served after that."""

    async def run() -> None:
        left = asyncio.Event()

        async def wait_for_disconnect() -> None:
            await left.wait()

        client = store.for_client(mailbox, wait_for_disconnect)
        scans = [asyncio.create_task(client.scan(run_long)) for _ in range(6)]
        await asyncio.sleep(0.5)
        left.set()
        ended = await asyncio.gather(*scans, return_exceptions=True)
        assert {type(each) for each in ended} == {ClientGone}
        assert await store.for_client(mailbox).scan(lambda _: 7) == 7

    asyncio.run(run())


def test_a_mailbox_does_not_hold_up_another(store: Store, mailbox: MailboxRow) -> None:
    """However many long scans it has, another's is served; too many are refused."""

    async def run() -> None:
        client = store.for_client(mailbox)
        number = stores.MAX_SCANS + stores.MAX_WAITING_SCANS + 3
        scans = [asyncio.create_task(client.scan(run_long)) for _ in range(number)]
        await asyncio.sleep(0)
        assert await store.for_client(new_mailbox(store)).scan(lambda _: 7) == 7
        await store.check_ready()
        refused = [each.exception() for each in scans if each.done()]
        assert [type(each) for each in refused] == [MailboxBusy] * 3
        store.interrupt()
        ended = await asyncio.gather(*scans, return_exceptions=True)
        assert {type(each) for each in ended} == {MailboxBusy, ShuttingDown}

    asyncio.run(run())


def test_a_locked_mailbox_holds_up_nobody_else(store: Store, mailbox: MailboxRow) -> None:
    """On PostgreSQL an outsider may hold its row: others write and read, and it hears a 503."""
    if store._engines.writer.dialect.name == "sqlite":
        pytest.skip("SQLite has one lock for all")
    other = new_mailbox(store)

    async def run() -> None:
        with store._engines.writer.begin() as outsider:
            outsider.execute(
                text("SELECT 1 FROM mailbox WHERE id = :id FOR UPDATE"), mailbox._asdict()
            )
            writes = [asyncio.create_task(store.write(mailbox, lambda _: 7)) for _ in range(32)]
            await asyncio.sleep(0.1)
            assert await store.write(other, lambda _: 7) == 7
            assert await store.read_by_key(lambda _: 7) == 7
            await store.check_ready()
            assert not any(each.done() for each in writes)
        assert set(await asyncio.gather(*writes)) == {7}

    asyncio.run(run())


def test_an_end_cuts_off_what_runs(store: Store, mailbox: MailboxRow) -> None:
    """Scans and writes; nothing of them is kept, nothing new begins, and the store closes."""

    async def run() -> None:
        begun = Event()

        def write(session: Session) -> None:
            begun.set()
            run_long(session)

        works = [
            asyncio.create_task(store.write(mailbox, write)),
            asyncio.create_task(store.scan(run_long)),
        ]
        await asyncio.to_thread(begun.wait, 10)
        store.interrupt()
        ended = await asyncio.gather(*works, return_exceptions=True)
        assert [type(each) for each in ended] == [ShuttingDown] * 2
        with pytest.raises(ShuttingDown):
            await store.scan(lambda _: None)

    asyncio.run(run())
    store.close()
    assert store.is_closed
