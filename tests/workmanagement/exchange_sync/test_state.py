"""Opting in and out of Exchange sync."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import ExchangeSyncState, OptInResult, SyncResult
from tests.support.exchange_sync import Sides, day
from tests.support.stores import new_mailbox


def test_opting_in_copies_both_ways(sides: Sides) -> None:
    key = sides.create_list_task("Listed", is_pinned=True, is_completed=True, start="2016-04-26")
    number = sides.post(subject="Outlook", due=day(1), importance=2, body="Text")
    assert sides.state == ExchangeSyncState(
        is_opted_in=False, ended=None, result=SyncResult.NO_VALUE
    )
    assert sides.opt_in() is OptInResult.SUCCESS

    copy = sides.outlook[sides.pairs[key]]
    assert (copy.subject, copy.importance, copy.status, copy.body) == ("Listed", 2, 2, "")
    assert copy.start == copy.due == sides.listed[key].due
    (other,) = set(sides.listed) - {key}
    task = sides.listed[other]
    assert (task.name, task.description, task.due) == ("Outlook", "Text", day(1))
    assert (task.is_completed, task.pinned) == (False, sides.store.now())
    assert sides.pairs == {key: copy.id, other: number}
    assert (task.provider, task.location, task.is_read_only) == (0, -1, False)
    assert sides.state == ExchangeSyncState(True, sides.store.now(), SyncResult.SUCCESS)


def test_a_copy_is_new_on_the_list(sides: Sides, clock: FrozenClock) -> None:
    """However old the task is: it is first there, and found out about now."""
    number = sides.post(subject="Old", status=2)
    clock.instant = Instant(clock.instant + 30 * TICKS_PER_DAY)
    listed = sides.create_list_task("Listed")
    sides.opt_in()
    (key,) = set(sides.listed) - {listed}

    assert list(sides.listed) == [key, listed]
    assert sides.pairs[key] == number
    assert sides.listed[key].discovered == clock.instant
    assert sides.listed[key].is_completed is True


def test_opting_out_keeps_both(sides: Sides, pair: tuple[int, int]) -> None:
    key, number = pair
    sides.opt_out()
    assert not sides.state.is_opted_in
    assert not sides.pairs
    sides.delete(key)
    sides.patch(number, subject="Mine")
    sides.opt_in()

    assert [task.name for task in sides.listed.values()] == ["Mine"]


def test_opting_out_is_ones_own(sides: Sides, pair: tuple[int, int]) -> None:
    """The pairs of others, by the same keys, stay as they are."""
    other = Sides(sides.store, new_mailbox(sides.store))
    key = other.create_list_task("Theirs")
    other.opt_in()
    assert key == pair[0]
    sides.opt_out()
    assert list(other.pairs) == [key]
    other.opt_out()
    sides.opt_in()
    assert list(sides.pairs) == [key]


def test_opting_in_again(sides: Sides, pair: tuple[int, int]) -> None:
    """What has stayed the same is not copied; what has not is there twice, and nothing is lost."""
    for number in range(3):
        sides.create_list_task(f"Same {number % 2}")
    sides.job()
    sides.opt_out()
    sides.write(pair[0], name="Changed")
    sides.opt_in()

    names = sorted(task.name for task in sides.listed.values())
    assert names == ["Changed", "Same 0", "Same 0", "Same 1", "Task"]
    assert names == sorted(str(task.subject) for task in sides.outlook.values())


def test_opting_in_twice(sides: Sides, clock: FrozenClock) -> None:
    """While the first pairing is under way it is pending; a job that died is not."""
    with sides.store.write_session(sides.mailbox) as session:
        exchange_state.opt_in(session)
    assert sides.opt_in() is OptInResult.USER_EXCHANGE_OPERATION_PENDING
    assert sides.is_pending()
    with sides.store.write_session(sides.mailbox) as session:
        assert not exchange_state.begin_sync(session)
    clock.instant = Instant(clock.instant + 60 * TICKS_PER_SECOND)
    assert not sides.is_pending()
    assert sides.opt_in() is OptInResult.USER_ALREADY_OPTED_IN
    sides.job()
    assert sides.opt_in() is OptInResult.USER_ALREADY_OPTED_IN
    assert not sides.is_pending()


def test_opting_out_during_a_job(sides: Sides) -> None:
    """The job is over, and what is left of it is not done."""
    sides.create_list_task()
    with sides.store.write_session(sides.mailbox) as session:
        exchange_state.opt_in(session)
    sides.opt_out()
    assert not sides.is_pending()
    assert not sides.portion()
    assert not sides.outlook


def test_a_clock_that_was_set_back(sides: Sides, clock: FrozenClock) -> None:
    """It keeps nobody waiting for a job that seems to have begun in the future."""
    with sides.store.write_session(sides.mailbox) as session:
        exchange_state.opt_in(session)
    clock.instant = Instant(clock.instant - 1)

    assert not sides.is_pending()
    sides.job()
    assert sides.state.ended == clock.instant


def test_a_job_that_takes_long(
    sides: Sides, clock: FrozenClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each portion shows that it has not died."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 1)
    for number in range(5):
        sides.create_list_task(f"{number}")
    with sides.store.write_session(sides.mailbox) as session:
        exchange_state.opt_in(session)
    for _ in range(3):
        clock.instant = Instant(clock.instant + 50 * TICKS_PER_SECOND)
        assert sides.portion()
        assert sides.is_pending()
    clock.instant = Instant(clock.instant + 60 * TICKS_PER_SECOND)
    assert not sides.is_pending()


def test_without_opting_in(sides: Sides) -> None:
    sides.create_list_task()
    sides.post()
    with sides.store.write_session(sides.mailbox) as session:
        assert not exchange_state.begin_sync(session)
        assert not exchange_state.continue_sync(session)

    assert (len(sides.listed), len(sides.outlook)) == (1, 1)
