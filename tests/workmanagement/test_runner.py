"""Jobs go on by themselves: without being polled, one process at a time, over restarts."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from afterlook.errors import ClientGone, StoreUnavailable
from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import Instant
from afterlook.store import mailboxes
from afterlook.store.background import TRANSIENT
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from afterlook.store.workmanagement import due_jobs, settings
from afterlook.workmanagement import runner
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import DEAD_AFTER, OptInResult, SyncResult
from afterlook.workmanagement.refresh import history as refresh_history
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh import reader as refresh_reader
from afterlook.workmanagement.refresh.report import RefreshState
from afterlook.workmanagement.runner import LEASE, SYNC_EVERY, Runner
from tests.support.exchange_sync import Sides
from tests.support.provider_lists import ProviderFixture
from tests.support.stores import new_mailbox

ITEMS = 7
REFUSALS = [*TRANSIENT, ClientGone, ZeroDivisionError, OSError]


@pytest.fixture
def providers(
    store: Store, mailbox: MailboxRow, monkeypatch: pytest.MonkeyPatch
) -> ProviderFixture:
    """Return a providers with more that is new than a portion holds."""
    monkeypatch.setattr(refresh_reader, "MAX_PORTION", 2)
    return fill_list(store, mailbox)


def fill_list(store: Store, mailbox: MailboxRow) -> ProviderFixture:
    found = ProviderFixture(store, mailbox)
    number = found.make()
    for index in range(ITEMS):
        found.put(number, str(index))
    return found


def run(store: Store, owner: str = "one") -> None:
    """Look once whether anything is due, and do it."""
    asyncio.run(Runner(store, owner).run_due())


def later(clock: FrozenClock, ticks: int) -> None:
    clock.instant = Instant(clock.instant + ticks)


def change_of(store: Store, mailbox: MailboxRow) -> int:
    with store.read_session(mailbox) as session:
        return mailboxes.get_change_number(session)


def test_a_refresh_that_nobody_asks_for(providers: ProviderFixture) -> None:
    begun = providers.begin()
    assert len(providers.names()) < ITEMS
    assert providers.latest().state == RefreshState.PENDING
    run(providers.store)
    assert len(providers.names()) == ITEMS
    assert (providers.latest().id, providers.latest().state) == (
        begun.refresh,
        RefreshState.SUCCEEDED,
    )
    assert providers.latest().new_tasks == ITEMS


def test_meanwhile_nothing_is_told_that_is_not_so(providers: ProviderFixture) -> None:
    """Before any refresh, and while the first is under way, none has succeeded."""
    none = (None, False, 0)
    assert (
        providers.health().at,
        providers.health().succeeded,
        providers.health().new_tasks,
    ) == none
    providers.begin()
    assert (
        providers.health().at,
        providers.health().succeeded,
        providers.health().new_tasks,
    ) == none
    assert providers.latest().finished is None
    run(providers.store)
    assert providers.health() == refresh_history.Health(
        providers.latest().finished, True, ITEMS, []
    )


def test_an_idle_store_is_not_written_to(
    providers: ProviderFixture, monkeypatch: pytest.MonkeyPatch, clock: FrozenClock
) -> None:
    providers.begin()
    run(providers.store)
    sides = Sides(providers.store, providers.mailbox)
    sides.opt_in()
    later(clock, SYNC_EVERY)
    before = change_of(providers.store, providers.mailbox)

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(providers.store, "maintain", refuse)
    monkeypatch.setattr(providers.store, "write", refuse)
    run(providers.store)
    assert change_of(providers.store, providers.mailbox) == before


def test_exchange_sync_goes_on_after_opting_in(
    store: Store, sides: Sides, clock: FrozenClock
) -> None:
    sides.opt_in()
    key = sides.create_list_task("Listed")
    sides.post(subject="Posted")
    run(store)
    assert len(sides.listed) == 1
    later(clock, SYNC_EVERY)
    run(store)
    assert {task.name for task in sides.listed.values()} == {"Listed", "Posted"}
    assert {task.subject for task in sides.outlook.values()} == {"Listed", "Posted"}
    assert sides.state.ended == clock.instant

    sides.write(key, name="Changed")
    sides.opt_out()
    later(clock, SYNC_EVERY)
    run(store)
    assert {task.subject for task in sides.outlook.values()} == {"Listed", "Posted"}


def test_a_job_whose_process_died(
    store: Store, sides: Sides, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Goes on where it got to, once it cannot be alive any more; by the first job of all too."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 2)
    for index in range(5):
        sides.create_list_task(str(index))
    with store.write_session(sides.mailbox) as session:
        assert exchange_state.opt_in(session) is OptInResult.SUCCESS
    assert sides.portion()
    run(store)
    assert len(sides.outlook) == 2
    later(clock, DEAD_AFTER)
    run(store)
    assert len(sides.outlook) == 5
    assert sides.state.result is SyncResult.SUCCESS


def test_one_process_at_a_time(providers: ProviderFixture, clock: FrozenClock) -> None:
    """Others leave it to the one that holds the lease; it is the next one's once that is dead."""
    begun = providers.begin()
    with providers.store.write_session(providers.mailbox) as session:
        assert due_jobs.take_lease(
            session, "jobs", "one", Instant(clock.instant + LEASE), clock.instant
        )
    run(providers.store, "two")
    later(clock, LEASE - 1)
    run(providers.store, "two")
    assert providers.latest().state == RefreshState.PENDING
    later(clock, 1)
    run(providers.store, "two")
    assert (providers.latest().id, providers.latest().state) == (
        begun.refresh,
        RefreshState.SUCCEEDED,
    )


@pytest.mark.parametrize("back", [LEASE, 10 * LEASE, 10**16])
def test_a_clock_that_was_set_back(
    providers: ProviderFixture, clock: FrozenClock, back: int
) -> None:
    providers.begin()
    with providers.store.write_session(providers.mailbox) as session:
        until = Instant(clock.instant + LEASE + back)
        assert due_jobs.take_lease(session, "jobs", "one", until, clock.instant)
    run(providers.store, "two")
    assert providers.latest().state == RefreshState.SUCCEEDED


def test_who_has_lost_the_lease_stops(
    providers: ProviderFixture, clock: FrozenClock, monkeypatch: Any
) -> None:
    """With the portion that it was about to do."""
    providers.begin()
    one = Runner(providers.store, "one")
    write = providers.store.write
    done: list[int] = []

    async def stolen(mailbox: MailboxRow, work: Callable[[Any], Any]) -> Any:
        done.append(len(providers.names()))
        if len(done) == 2:
            later(clock, LEASE)
            with providers.store.write_session(mailbox) as session:
                until = Instant(clock.instant + LEASE)
                assert due_jobs.take_lease(session, "jobs", "two", until, clock.instant)
        return await write(mailbox, work)

    monkeypatch.setattr(providers.store, "write", stolen)
    asyncio.run(one.run_due())
    assert len(providers.names()) == done[-1]
    assert providers.latest().state == RefreshState.PENDING
    run(providers.store, "two")
    assert providers.latest().state == RefreshState.SUCCEEDED


def test_a_job_that_fails(
    providers: ProviderFixture, store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeps nobody else waiting, and is told as what it is."""
    other = fill_list(store, new_mailbox(store))
    providers.begin()
    other.begin()
    sides = Sides(store, new_mailbox(store))
    sides.opt_in()
    sides.create_list_task()
    later(clock, SYNC_EVERY)
    go_on = refresh_job.continue_refresh

    def broken(session: Any, key: int) -> Any:
        if session.mailbox == providers.mailbox:
            raise ZeroDivisionError
        return go_on(session, key)

    def broken_too(*_: object) -> bool:
        raise ZeroDivisionError

    monkeypatch.setattr(refresh_job, "continue_refresh", broken)
    monkeypatch.setattr(sync_job, "run_portion", broken_too)
    run(store)
    assert providers.latest().state == RefreshState.FAILED
    assert providers.health().succeeded is False
    assert other.latest().state == RefreshState.SUCCEEDED
    assert sides.state.result is SyncResult.UNKNOWN_ERROR
    with store.read_session(sides.mailbox) as session:
        assert settings.get(session).exchange_began is None


@pytest.mark.parametrize("error", TRANSIENT)
def test_a_mailbox_that_is_locked(
    providers: ProviderFixture,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    error: type[Exception],
) -> None:
    """Keeps nobody else waiting, is no failure, and is gone on with at the next look."""
    other = fill_list(store, new_mailbox(store))
    providers.begin()
    other.begin()
    write = store.write

    async def locked(mailbox: MailboxRow, work: Callable[[Any], Any]) -> Any:
        if mailbox == providers.mailbox:
            raise error
        return await write(mailbox, work)

    with monkeypatch.context() as patched:
        patched.setattr(store, "write", locked)
        run(store)
    assert other.latest().state == RefreshState.SUCCEEDED
    assert providers.latest().state == RefreshState.PENDING
    run(store)
    assert providers.latest().state == RefreshState.SUCCEEDED


def test_mailboxes_take_turns(
    providers: ProviderFixture, store: Store, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None waits for more than a portion of each other one, whatever is done for it."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 2)
    other = fill_list(store, new_mailbox(store))
    providers.begin()
    other.begin()
    sides = [Sides(store, new_mailbox(store)) for _ in range(2)]
    for one in sides:
        one.opt_in()
        for index in range(ITEMS):
            one.create_list_task(str(index))
    later(clock, SYNC_EVERY)
    write = store.write
    turns: list[int] = []

    async def counted(mailbox: MailboxRow, work: Callable[[Any], Any]) -> Any:
        turns.append(mailbox.id)
        return await write(mailbox, work)

    monkeypatch.setattr(store, "write", counted)
    run(store)
    mailboxes = {providers.mailbox.id, other.mailbox.id, *(one.mailbox.id for one in sides)}
    assert set(turns[:4]) == set(turns[4:8]) == mailboxes
    assert all(len(one.outlook) == ITEMS for one in sides)
    assert other.latest().state == providers.latest().state == RefreshState.SUCCEEDED


def test_the_lease_is_given_back(providers: ProviderFixture) -> None:
    providers.begin()
    run(providers.store, "one")
    with providers.store.session() as session:
        assert list(session.ad_hoc(text("SELECT * FROM work_lease"), {})) == []


@pytest.mark.parametrize("error", REFUSALS)
def test_until_it_is_cancelled(
    providers: ProviderFixture, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    """It looks again and again, whatever a look has come to."""
    monkeypatch.setattr(runner, "INTERVAL_SECONDS", 0)
    one = Runner(providers.store, "one")
    looked = 0
    run_due = one.run_due

    async def counted() -> None:
        nonlocal looked
        looked += 1
        if looked == 1:
            raise error
        await run_due()
        if looked == 3:
            raise asyncio.CancelledError

    monkeypatch.setattr(one, "run_due", counted)
    providers.begin()
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(one.run())
    assert providers.latest().state == RefreshState.SUCCEEDED


def test_a_failure_that_cannot_be_noted(
    providers: ProviderFixture, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keeps nobody else waiting either."""
    other = ProviderFixture(store, new_mailbox(store))
    other.put(other.make(), "Task")
    providers.begin()
    other.begin()
    write = store.write

    async def broken(mailbox: MailboxRow, work: Callable[[Any], Any]) -> Any:
        if mailbox == providers.mailbox:
            raise ZeroDivisionError
        return await write(mailbox, work)

    monkeypatch.setattr(store, "write", broken)
    run(store)
    assert other.latest().state == RefreshState.SUCCEEDED
    assert providers.latest().state == RefreshState.PENDING


def test_cancelled_while_the_store_closes(
    providers: ProviderFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A lease that cannot be given back does not keep it alive."""
    monkeypatch.setattr(runner, "INTERVAL_SECONDS", 0)
    providers.begin()
    one = Runner(providers.store, "one")
    running: list[asyncio.Task[None]] = []
    maintain = providers.store.maintain

    async def closing(work: Callable[[Any], Any]) -> Any:
        if running[0].cancelling():
            raise StoreUnavailable
        return await maintain(work)

    async def cancelled(*_: object) -> None:
        running[0].cancel()
        await asyncio.sleep(0)

    monkeypatch.setattr(providers.store, "maintain", closing)
    monkeypatch.setattr(providers.store, "write", cancelled)

    async def both() -> None:
        running.append(asyncio.create_task(one.run()))
        await asyncio.wait(running, timeout=5)
        assert running[0].cancelled()

    asyncio.run(both())
