"""The views: what each is called, which lists it has, and which tasks are on them.

Owns the queries of the page (docs/decisions.md "My Tasks page: queries"). They go through
`workmanagement`, as those of CSOM do: there is no second rule of what is late or new.
"""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from afterlook.runtime.instants import (
    FIRST_INSTANT,
    LAST_INSTANT,
    TICKS_PER_DAY,
    Instant,
    from_datetime,
    to_datetime,
)
from afterlook.store.workmanagement.task_query import (
    NO_LOCATION,
    FieldCriteria,
    LocationCriteria,
    SortField,
    TaskOrder,
    TaskQuery,
    TickRange,
)
from afterlook.workmanagement.settings import PersistedProperties, UserSettings

MAX_SEARCH = 256
"""Characters of a search that are looked at."""

MAX_SEARCH_WORDS = 20


class List(Enum):
    """A list of tasks on a page."""

    ACTIVE = "active"
    COMPLETED = "completed"
    IMPORTANT = "important"
    UPCOMING = "upcoming"
    RECENT = "recent"
    TIMELINE = "timeline"


class TaskView(NamedTuple):
    """A view: its key in texts, its page, and its lists, the first of which is counted for it.

    Tasks are sorted by their user, and so can be by a column, where it `can_sort`.
    """

    key: str
    page: str
    letter: str
    lists: tuple[List, ...]
    can_sort: bool = True
    can_add: bool = False


VIEWS = (
    TaskView("active", "AllTasks.aspx", "a", (List.ACTIVE,), can_add=True),
    TaskView(
        "highlights",
        "Highlights.aspx",
        "h",
        (List.IMPORTANT, List.UPCOMING),
        can_sort=False,
        can_add=True,
    ),
    TaskView("completed", "CompletedTasks.aspx", "c", (List.COMPLETED,)),
    TaskView("recent", "RecentlyAssigned.aspx", "r", (List.RECENT,)),
)
DEFAULT = VIEWS[0]

PAGES = {view.page.lower(): view for view in VIEWS} | {"completed.aspx": VIEWS[2]}
"""Views by their pages; `Completed.aspx` is what the blog calls the third."""

SORTS: dict[str, tuple[SortField, bool]] = {
    "title": ("title", False),
    "due": ("due", False),
    "added": ("discovered", True),
    "modified": ("modified", True),
}
"""What a list is sorted by, and whether downwards at first."""


class Wish(NamedTuple):
    """What an address asks for: a search, and an order."""

    search: str = ""
    sort: str = ""
    descending: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The words that are looked for."""
        return tuple(dict.fromkeys(self.search.split()))[:MAX_SEARCH_WORDS]


def landing_view(persisted: PersistedProperties) -> TaskView:
    """Return the view that the user left the page with."""
    return PAGES.get((persisted.quick_launch_landing_page or "").lower(), DEFAULT)


def query_of(
    list_: List,
    wish: Wish,
    settings: UserSettings,
    persisted: PersistedProperties,
    now: Instant,
) -> TaskQuery:
    """Return the query of a list."""
    query = TaskQuery(
        keywords=wish.words,
        locations=_locations(persisted),
        modified=TickRange(_oldest(settings, now)),
    )
    match list_:
        case List.ACTIVE:
            query = query._replace(fields=FieldCriteria(completed=False))
        case List.COMPLETED:
            order = TaskOrder("modified", descending=True)
            query = query._replace(fields=FieldCriteria(completed=True), order=order)
        case List.IMPORTANT:
            query = query._replace(pinned=True, fields=FieldCriteria(completed=False))
        case List.UPCOMING:
            due = _around(now, settings.late_tasks_limit, settings.upcoming_tasks_limit)
            fields = FieldCriteria(completed=False, due=due)
            query = query._replace(pinned=False, fields=fields, order=TaskOrder("due"))
        case List.RECENT:
            order = TaskOrder("discovered", descending=True)
            query = query._replace(fields=FieldCriteria(completed=False, new=True), order=order)
        case List.TIMELINE:
            days = timeline_range(settings, now)
            query = query._replace(fields=FieldCriteria(any=True, start=days, due=days))
    if wish.sort:
        query = query._replace(order=TaskOrder(SORTS[wish.sort][0], wish.descending))
    elif list_ is List.ACTIVE:
        query = query._replace(by_location=persisted.group_by_projects)
    return query


def timeline_range(settings: UserSettings, now: Instant) -> TickRange:
    """Return the first and the last tick of the timeline: whole days, at least today."""
    today = now - now % TICKS_PER_DAY
    return TickRange(
        _days_from(today, -max(settings.days_before_current_date_timeline_starts, 0)),
        _days_from(today, max(settings.days_after_current_date_timeline_ends, 0))
        + TICKS_PER_DAY
        - 1,
    )


def _around(now: Instant, days_before: int, days_after: int) -> TickRange:
    return TickRange(
        _days_from(now, -days_before) if days_before > 0 else None,
        _days_from(now, days_after) if days_after > 0 else None,
    )


def _days_from(ticks: int, days: int) -> int:
    """Return the ticks of so many days later or before, as far as there are any."""
    return min(max(ticks + days * TICKS_PER_DAY, FIRST_INSTANT), LAST_INSTANT + 1 - TICKS_PER_DAY)


def _locations(persisted: PersistedProperties) -> LocationCriteria:
    """Return the locations that are shown. Its own number stands for the tasks without one."""
    keys = persisted.filtered_location_ids
    return LocationCriteria(keys, NO_LOCATION in keys) if keys else LocationCriteria()


def _oldest(settings: UserSettings, now: Instant) -> int | None:
    months = settings.old_tasks_limit
    if months <= 0:
        return None
    try:
        return from_datetime(to_datetime(now) - relativedelta(months=months))
    except (ValueError, OverflowError):
        return FIRST_INSTANT
