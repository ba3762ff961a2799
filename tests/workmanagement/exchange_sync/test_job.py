"""Jobs of Exchange sync: portions, costs, and what is left of one that is cut off."""

import pytest

from afterlook.runtime.clock import FrozenClock
from afterlook.runtime.instants import TICKS_PER_DAY, Instant
from afterlook.store import changes
from afterlook.store.sessions import WriteSession
from afterlook.store.workmanagement.rows import WorkPairRow
from afterlook.workmanagement import tasks
from afterlook.workmanagement.exchange_sync import job as sync_job
from afterlook.workmanagement.exchange_sync import reconcile
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.tasks import NewTask
from tests.support.exchange_sync import Sides


def test_portions(sides: Sides, monkeypatch: pytest.MonkeyPatch) -> None:
    """Others write between them; whoever is cut off goes on where it was."""
    monkeypatch.setattr(sync_job, "MAX_PORTION", 3)
    with sides.store.write_session(sides.mailbox) as session:
        for number in range(10):
            tasks.create_task(session, NewTask(f"Listed {number}"), "en-US")
    for number in range(10):
        sides.post(subject=f"Outlook {number}")
    with sides.store.write_session(sides.mailbox) as session:
        exchange_state.opt_in(session)
    assert sides.portion()
    first, *_ = sides.outlook
    sides.patch(first, subject="Meanwhile")
    late = sides.create_list_task("Late")
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
    other = sides.create_list_task("Other")
    sides.job()
    sides.remove(pair[1])
    sides.remove(sides.pairs[other])
    sides.write(other, name="Changed")
    clock.instant = Instant(clock.instant + TICKS_PER_DAY)
    with sides.store.new_mailbox_session() as transaction:
        assert changes.purge_tombstones(transaction, sides.mailbox.id, clock.instant, 10) == 2
    sides.job()

    assert list(sides.listed) == [other]
    assert sides.outlook[sides.pairs[other]].subject == "Changed"


def test_a_job_costs_what_changed(
    sides: Sides, pair: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(30):
        sides.create_list_task(f"{number}")
    sides.job()
    looked_at: list[int] = []

    def look(session: WriteSession, pair: WorkPairRow) -> None:
        looked_at.append(pair.list_task)
        reconcile.reconcile(session, pair)

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
