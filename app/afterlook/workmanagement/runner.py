"""Jobs that go on by themselves, as the product's timer jobs did.

Owns when one is taken up and by which process: refreshes that are under way, and Exchange sync of
who has opted in. What there is to do stands in the store, so a restart loses nothing; the process
that does it holds a lease there, so that no other does the same meanwhile. Each portion is a use
case, in a transaction of its own.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Callable
from typing import NamedTuple

from afterlook.runtime.instants import TICKS_PER_SECOND, Instant
from afterlook.store.background import TRANSIENT, keep_going, log_refusal
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session, Transaction, WriteSession
from afterlook.store.store import Store
from afterlook.store.workmanagement import due_jobs
from afterlook.workmanagement.exchange_sync import state as exchange_state
from afterlook.workmanagement.exchange_sync.state import DEAD_AFTER
from afterlook.workmanagement.refresh import job as refresh_job
from afterlook.workmanagement.refresh.report import RefreshState

INTERVAL_SECONDS = 2
"""How often a process looks whether anything is due. Looking reads two small indexes."""

SYNC_EVERY = 60 * TICKS_PER_SECOND
"""How long after the end of a job of Exchange sync the next begins, if anything has changed."""

LEASE = 30 * TICKS_PER_SECOND
"""How long after its last portion another process takes over from one that has died."""

_NAME = "jobs"
_log = logging.getLogger("afterlook")


class DueJobs(NamedTuple):
    """The jobs that are due."""

    refreshes: list[due_jobs.DueRefresh]
    syncs: list[MailboxRow]


class Job(NamedTuple):
    """What is done for a mailbox: a portion first, then others, each telling whether more comes."""

    mailbox: MailboxRow
    first: Callable[[WriteSession], bool]
    portion: Callable[[WriteSession], bool]
    fail: Callable[[WriteSession], None]


class LeaseLost(Exception):
    """Another process has taken over."""


class Runner:
    """One process's part in the jobs of a store; `owner` is a name that no other has."""

    def __init__(self, store: Store, owner: str) -> None:
        self._store = store
        self._owner = owner

    async def run(self) -> None:
        """Do what is due, until cancelled; nothing else ends it."""
        while True:
            with keep_going("The look for jobs"):
                await self.run_due()
            await asyncio.sleep(INTERVAL_SECONDS)

    async def run_due(self) -> None:
        """Do what is due now, unless another process does. Raises what the look for it raises.

        Mailboxes take turns, a portion each, so that none waits for all of another's. A locked one
        costs the others one wait for its lock, and is then left for the next look.
        """
        jobs = await self._store.scan(self._find_due_jobs)
        if jobs is None or not (jobs.refreshes or jobs.syncs):
            return
        if not await self._store.maintain(self._take_lease):
            return
        waiting = deque([*map(_refresh_job, jobs.refreshes), *map(_sync_job, jobs.syncs)])
        try:
            while waiting:
                job = waiting.popleft()
                if await self._do_portion(job):
                    waiting.append(job._replace(first=job.portion))
        except LeaseLost:
            return
        finally:
            # What it raised would take the place of a cancellation; a lease runs out by itself.
            with keep_going("Giving the lease back"):
                await self._store.maintain(
                    lambda transaction: due_jobs.give_lease_back(transaction, _NAME, self._owner)
                )

    def _find_due_jobs(self, session: Session) -> DueJobs | None:
        now = self._store.now()
        if not due_jobs.is_lease_free(session, _NAME, self._owner, now, Instant(now + LEASE)):
            return None
        dead, ended = Instant(now - DEAD_AFTER), Instant(now - SYNC_EVERY)
        return DueJobs(
            due_jobs.list_due_refreshes(session), due_jobs.list_due_syncs(session, now, dead, ended)
        )

    async def _do_portion(self, job: Job) -> bool:
        """Do the next portion of a job; tell whether there is more. Raises `LeaseLost`.

        A mailbox that is locked, or has too much waiting, is left for the next look: how far its
        job got stands in the store.
        """

        def run_with_lease(session: WriteSession) -> bool:
            if not self._take_lease(session):
                raise LeaseLost
            return job.first(session)

        work = f"A job of mailbox {job.mailbox.id}"
        try:
            return await self._store.write(job.mailbox, run_with_lease)
        except LeaseLost:
            raise
        except TRANSIENT as error:
            log_refusal(work, error)
        except Exception:  # noqa: BLE001
            # A defect in one mailbox must not keep others waiting, nor be reported as a success.
            _log.exception("%s could not be carried out", work)
            with keep_going(work):
                await self._store.write(job.mailbox, job.fail)
        return False

    def _take_lease(self, transaction: Transaction) -> bool:
        now = transaction.now
        return due_jobs.take_lease(transaction, _NAME, self._owner, Instant(now + LEASE), now)


def _refresh_job(under_way: due_jobs.DueRefresh) -> Job:
    def portion(session: WriteSession) -> bool:
        row = refresh_job.continue_refresh(session, under_way.id)
        return row is not None and row.state == RefreshState.PENDING

    return Job(
        under_way.mailbox,
        portion,
        portion,
        lambda session: refresh_job.fail_refresh(session, under_way.id),
    )


def _sync_job(mailbox: MailboxRow) -> Job:
    def portion(session: WriteSession) -> bool:
        return exchange_state.continue_sync(session)

    def first(session: WriteSession) -> bool:
        return exchange_state.begin_sync(session) and portion(session)

    return Job(mailbox, first, portion, exchange_state.fail_sync)
