"""Many at once on one mailbox."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import WriteSession
from afterlook.store.store import Store
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement import order, queries, tasks
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.tasks import NewTask

T = TypeVar("T")
MANY = 12


def at_once(store: Store, mailbox: MailboxRow, work: Callable[[WriteSession, int], T]) -> list[T]:
    """Run as many writes at once; return their results."""

    def run(number: int) -> T:
        with store.write_session(mailbox) as session:
            return work(session, number)

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(run, range(MANY)))


def test_ids_and_positions(store: Store, mailbox: MailboxRow) -> None:
    """No id and no position is given out twice."""
    at_once(
        store,
        mailbox,
        lambda session, number: tasks.create_task(session, NewTask(f"Task {number}"), "en-US"),
    )
    at_once(store, mailbox, lambda session, number: order.reorder_task(session, number + 1, 1))
    with store.read_session(mailbox) as session:
        found = list(queries.read_tasks(session, TaskQuery(), Instant(0)))

    assert sorted(task.row.id for task in found) == list(range(1, MANY + 1))
    assert len({task.row.position for task in found}) == MANY


def test_refreshes(store: Store, mailbox: MailboxRow) -> None:
    """One begins, the others are ignored."""
    begun = at_once(store, mailbox, lambda session, _: refresh_job.begin_refresh(session))

    assert sorted(one.refresh for one in begun) == [*[refresh_job.IGNORED] * (MANY - 1), 1]
    assert [one.created for one in begun].count(True) == 1
