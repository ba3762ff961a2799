"""Queries over the list.

Owns what is new and what is stale, by the user's settings.
"""

from __future__ import annotations

from collections.abc import Generator

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement import queries
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.workmanagement.records import with_pin_age
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.settings import get_settings


def read_tasks(session: ReadSession, query: TaskQuery, now: Instant) -> Generator[TaskWithPinAge]:
    """Yield the tasks that a query asks for: all of them, to whoever reads as far."""
    timed = _at(session, query, now)
    for row in queries.find_tasks(session, timed):
        yield with_pin_age(row, timed.stale_before)


def count_tasks(session: ReadSession, query: TaskQuery, now: Instant) -> int:
    """Return how many tasks a query asks for."""
    return queries.count_tasks(session, _at(session, query, now))


def _at(session: ReadSession, query: TaskQuery, now: Instant) -> TaskQuery:
    settings = get_settings(session)
    return query._replace(new_from=settings.new_from(now), stale_before=settings.stale_before(now))
