"""What a view's page shows, read in one go, so that its parts agree."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import cache
from itertools import islice
from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.task_query import TaskQuery
from afterlook.web.rows import OFF_TIMELINE, Row, make_rows
from afterlook.web.timeline import Timeline, lay_out
from afterlook.web.views import VIEWS, List, TaskView, Wish, query_of, timeline_range
from afterlook.workmanagement.locations import Location, list_locations
from afterlook.workmanagement.queries import count_tasks, read_tasks
from afterlook.workmanagement.refresh.history import Health, get_health
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.settings import (
    PersistedProperties,
    UserSettings,
    get_persisted,
    get_settings,
)

PAGE_SIZE = 100
MAX_TASKS = 5000
"""The most tasks of a list that can be reached, here and by the protocol (docs/decisions.md)."""

_MAX_ON_TIMELINE = 500


class Facts(NamedTuple):
    """What every page of a mailbox knows of it."""

    settings: UserSettings
    persisted: PersistedProperties
    locations: Mapping[int, Location]
    health: Health


class ListContents(NamedTuple):
    """A part of a list: its rows from `start` on, and how many it has in all."""

    kind: List
    rows: list[Row]
    start: int
    total: int


class ViewContents(NamedTuple):
    """What a view shows. `counts` are by view: how many tasks each has."""

    facts: Facts
    lists: list[ListContents]
    counts: Mapping[str, int]
    timeline: Timeline | None


def read_facts(session: ReadSession, now: Instant) -> Facts:
    """Read what every page of a mailbox knows of it."""
    return Facts(
        get_settings(session),
        get_persisted(session),
        {one.row.id: one for one in list_locations(session, now)},
        get_health(session),
    )


def read_view(
    session: ReadSession, view: TaskView, wish: Wish, start: int, now: Instant
) -> ViewContents:
    """Read what a view shows."""
    facts = read_facts(session, now)

    def query(list_: List, wish_: Wish = Wish()) -> TaskQuery:  # noqa: B008
        return query_of(list_, wish_, facts.settings, facts.persisted, now)

    # A view's own lists are counted for the view and for the links to all of them.
    @cache
    def count(query_: TaskQuery) -> int:
        return count_tasks(session, query_, now)

    def read(query_: TaskQuery, first: int, most: int) -> list[TaskWithPinAge]:
        with closing(read_tasks(session, query_, now)) as tasks:
            return list(islice(tasks, first, first + most))

    lists = []
    for list_ in view.lists:
        wanted = query(list_, wish)
        total = count(wanted)
        # A list that became shorter meanwhile shows its end.
        first = min(start, max(min(total, MAX_TASKS) - 1, 0)) // PAGE_SIZE * PAGE_SIZE
        tasks = read(wanted, first, PAGE_SIZE)
        rows = make_rows(tasks, facts.locations, facts.settings, now)
        lists.append(ListContents(list_, rows, first, total))
    timeline = None
    if List.IMPORTANT in view.lists:
        shown = read(query(List.TIMELINE), 0, _MAX_ON_TIMELINE)
        unread = count(query(List.TIMELINE)) - len(shown)
        on_it = [task.row for task in shown if OFF_TIMELINE not in task.attributes]
        timeline = lay_out(on_it, timeline_range(facts.settings, now), now, unread)
    counts = {one.key: sum(count(query(list_)) for list_ in one.lists) for one in VIEWS}
    return ViewContents(facts, lists, counts, timeline)
