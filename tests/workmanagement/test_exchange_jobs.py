"""Jobs of Exchange sync: when they begin, in what portions, and what becomes of them if cut off."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, TICKS_PER_SECOND, Instant
from afterlook.store import changes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.rows import WorkPairRow
from afterlook.workmanagement import tasks
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import reconcile
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import OptInResult
from afterlook.workmanagement.tasks import NewTask
from tests.workmanagement.exchanging import Sides


def test_opting_in_twice(sides: Sides, clock: FrozenClock) -> None:
    """While the first pairing is under way it is pending; a job that died is not."""
    with sides.store.writing(sides.mailbox.id) as session:
        exchange_state.opt_in(session)
    assert sides.opt_in() is OptInResult.USER_EXCHANGE_OPERATION_PENDING
    assert sides.is_pending()
    with sides.store.writing(sides.mailbox.id) as session:
        assert not exchange_state.begin_sync(session)
    clock.instant = Instant(clock.instant + 60 * TICKS_PER_SECOND)
    assert not sides.is_pending()
    assert sides.opt_in() is OptInResult.USER_ALREADY_OPTED_IN
    sides.job()
    assert sides.opt_in() is OptInResult.USER_ALREADY_OPTED_IN
    assert not sides.is_pending()


def test_opting_out_during_a_job(sides: Sides) -> None:
    """The job is over, and what is left of it is not done."""
    sides.list_task()
    with sides.store.writing(sides.mailbox.id) as session:
        exchange_state.opt_in(session)
    sides.opt_out()
    assert not sides.is_pending()
    assert not sides.portion()
    assert not sides.outlook


def test_a_clock_that_was_set_back(sides: Sides, clock: FrozenClock) -> None:
    """It keeps nobody waiting for a job that seems to have begun in the future."""
    with sides.store.writing(sides.mailbox.id) as session:
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
        sides.list_task(f"{number}")
    with sides.store.writing(sides.mailbox.id) as session:
        exchange_state.opt_in(session)
    for _ in range(3):
        clock.instant = Instant(clock.instant + 50 * TICKS_PER_SECOND)
        assert sides.portion()
        assert sides.is_pending()
    clock.instant = Instant(clock.instant + 60 * TICKS_PER_SECOND)
    assert not sides.is_pending()


def test_without_opting_in(sides: Sides) -> None:
    sides.list_task()
    sides.post()
    with sides.store.writing(sides.mailbox.id) as session:
        assert not exchange_state.begin_sync(session)
        assert not exchange_state.continue_sync(session, sides.mailbox)

    assert (len(sides.listed), len(sides.outlook)) == (1, 1)


def test_portions(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others write between them; whoever is cut off goes on where it was."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 3)
    with sides.store.writing(sides.mailbox.id) as session:
        for number in range(10):
            tasks.create_task(session, NewTask(f"Listed {number}"), "en-US")
    for number in range(10):
        sides.post(subject=f"Outlook {number}")
    with sides.store.writing(sides.mailbox.id) as session:
        exchange_state.opt_in(session)
    assert sides.portion()
    first, *_ = sides.outlook
    sides.patch(first, subject="Meanwhile")
    late = sides.list_task("Late")
    assert sides.finish() > 4

    assert len(sides.pairs) == len(sides.listed) == len(sides.outlook) == 21
    assert sides.outlook[sides.pairs[late]].subject == "Late"
    assert "Meanwhile" in {task.name for task in sides.listed.values()}
    for key in list(sides.listed):
        sides.delete(key)
    sides.job()
    assert not sides.outlook


def test_failures_undo_a_portion(
    sides: Sides, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of it is kept, not even how far it got; the next job does it all."""
    sides.write(pair[0], name="Renamed")
    sides.post(subject="New")
    before = sides.everything()
    with monkeypatch.context() as broken:
        broken.setattr(reconcile, "overwrite_list_task", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            sides.job()
    assert sides.everything() == before
    sides.finish()

    assert sides.outlook[pair[1]].subject == "Renamed"
    assert len(sides.listed) == 2


def test_forgotten_deletions(sides: Sides, pair: tuple[int, int], clock: FrozenClock) -> None:
    """Where the log no longer knows of a deletion, the tasks themselves do."""
    other = sides.list_task("Other")
    sides.job()
    sides.remove(pair[1])
    sides.remove(sides.pairs[other])
    sides.write(other, name="Changed")
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    with sides.store.founding() as transaction:
        assert changes.forget(transaction, sides.mailbox.id, clock.instant, 10) == 2
    sides.job()

    assert list(sides.listed) == [other]
    assert sides.outlook[sides.pairs[other]].subject == "Changed"


def test_a_job_costs_what_changed(
    sides: Sides, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        sides.list_task(f"{number}")
    sides.job()
    looked_at: list[int] = []

    def look(session: WriteSession, mailbox: MailboxRow, pair: WorkPairRow) -> None:
        looked_at.append(pair.task)
        reconcile.reconcile(session, mailbox, pair)

    monkeypatch.setattr(sync_job, "reconcile", look)
    sides.job()
    assert not looked_at
    sides.write(pair[0], name="Renamed")
    sides.job()
    sides.job()
    assert looked_at == [pair[0]]
    sides.patch(pair[1], subject="Renamed again")
    sides.job()
    sides.job()
    assert looked_at == [pair[0]] * 2
