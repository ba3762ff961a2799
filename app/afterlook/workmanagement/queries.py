"""Queries over the list.

Owns what is new and what is stale for whoever asks, and how much one answer holds. Must not know
how a client spells a query.
"""

from __future__ import annotations

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import queries
from afterlook.store.workmanagement.asked import TaskQuery
from afterlook.workmanagement.records import with_age
from afterlook.workmanagement.results import AgedTask
from afterlook.workmanagement.settings import get_settings

MOST_TASKS = 5000
"""The most tasks in one answer: what the product took for the most that a list view may hold."""


def read_tasks(
    session: ReadSession, mailbox: MailboxRow, query: TaskQuery, now: Instant
) -> list[AgedTask]:
    """Return the tasks that a query asks for, the first `MOST_TASKS` of them."""
    settings = get_settings(session, mailbox.id)
    stale_before = settings.stale_before(now)
    timed = query._replace(new_from=settings.new_from(now), stale_before=stale_before)
    rows = queries.find(session, mailbox.id, timed, MOST_TASKS)
    return [with_age(row, stale_before) for row in rows]
