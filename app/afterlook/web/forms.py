"""The pages with forms: a task, the settings, and Sync to Outlook.

Owns what their fields begin with. They are sent by scripts, through the protocol.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from starlette.responses import Response

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.web.addresses import read_number
from afterlook.web.days import day_of, write_full, write_moment
from afterlook.web.page_data import members_of, page_data
from afterlook.web.readings import Facts, read_facts
from afterlook.web.rows import Project, Row, make_rows
from afterlook.web.texts import TEXTS, say
from afterlook.web.views import PAGES, landing_view
from afterlook.web.visits import Visit
from afterlook.workmanagement.exchange_sync.state import (
    ExchangeSyncState,
    SyncResult,
    get_state,
    is_pending,
)
from afterlook.workmanagement.locations import Location
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.settings import UserSettings
from afterlook.workmanagement.tasks import get_task

MAX_TASK_ID = 2**31 - 1


class Field(NamedTuple):
    """A number among the settings; one that `can_be_none` has no limit below 1."""

    name: str
    label: str
    unit: str
    can_be_none: bool
    value: int


_GROUPS = {
    "settings_lists": [
        ("LateTasksLimit", "late_limit", "days", True),
        ("UpcomingTasksLimit", "upcoming_limit", "days", True),
        ("OldTasksLimit", "old_limit", "months", True),
        ("ImportantTasksLimit", "important_limit", "days", True),
    ],
    "settings_timeline": [
        ("DaysBeforeCurrentDateTimelineStarts", "days_before", "days", False),
        ("DaysAfterCurrentDateTimelineEnds", "days_after", "days", False),
    ],
    "settings_new": [("DaysATaskIsConsideredNewTask", "new_for", "days", False)],
    "settings_projects": [
        ("InactiveMonthsBeforeLocationExpiration", "expire_projects", "months", True)
    ],
}


async def show_task(visit: Visit) -> Response:
    """Show a task, or the form of a new one."""
    query = {name.lower(): value for name, value in visit.request.query_params.multi_items()}
    is_new = not query.get("taskid")
    key = read_number(visit.request, "taskid")
    now = visit.now

    def read(session: ReadSession) -> tuple[Facts, TaskWithPinAge | None]:
        task = None
        if key is not None and key <= MAX_TASK_ID:
            task = get_task(session, key, now)
        return read_facts(session, now), task

    facts, task = await visit.store.scan(read)
    back = PAGES.get(query.get("source", "").rpartition("/")[2].partition("?")[0].lower())
    back = back or landing_view(facts.persisted)
    data = page_data(visit, facts, "new" if is_new else "edit", source=back.page)
    values: dict[str, Any] = {"data": data, "back": back, "is_new": is_new}
    if task is None and not is_new:
        return visit.render("gone.html", values, 404)
    values |= _task_values(visit, task, facts, now)
    return visit.render("task.html", values)


def _task_values(
    visit: Visit, task: TaskWithPinAge | None, facts: Facts, now: Instant
) -> dict[str, Any]:
    row = _row(task, facts, now)
    personal = Project(-1, TEXTS["personal"])
    projects = [personal, *_projects(facts.locations.values())]
    if row is not None and row.project is not None and row.project not in projects:
        projects.append(row.project)
    is_elsewhere = task is not None and row is not None and not row.is_personal
    start = None if task is None else task.row.start
    return {
        "task": row,
        "description": "" if task is None else task.row.description or "",
        "start": _iso(start),
        "start_full": "" if start is None else write_full(day_of(start)),
        "projects": projects,
        "current": -1 if row is None else row.location,
        "origin_url": _origin_url(visit, task) if is_elsewhere and task is not None else None,
    }


async def show_settings(visit: Visit) -> Response:
    """Show the settings."""
    now = visit.now
    facts = await visit.store.scan(lambda session: read_facts(session, now))
    important = set(facts.settings.important_location_ids)
    values = {
        "data": page_data(visit, facts, "settings"),
        "fields": _fields(facts.settings),
        "projects": _all_projects(facts.locations.values()),
        "important": important,
        "back": landing_view(facts.persisted),
    }
    return visit.render("settings.html", values)


async def show_sync(visit: Visit) -> Response:
    """Show whether the tasks are synchronised with Outlook."""
    now = visit.now

    def read(session: ReadSession) -> tuple[Facts, ExchangeSyncState, bool]:
        facts = read_facts(session, now)
        pending = is_pending(session, now)
        return facts, get_state(session), pending

    facts, state, pending = await visit.store.scan(read)
    values = {
        "data": page_data(visit, facts, "sync", optedIn=state.is_opted_in, pending=pending),
        "is_on": state.is_opted_in,
        "is_pending": pending,
        "last": TEXTS["sync_never"]
        if state.ended is None
        else say("sync_last", time=write_moment(state.ended, now)),
        "problem": _problem(state),
        "back": landing_view(facts.persisted),
    }
    return visit.render("sync.html", values)


def _row(task: TaskWithPinAge | None, facts: Facts, now: Instant) -> Row | None:
    rows = [] if task is None else make_rows([task], facts.locations, facts.settings, now)
    return rows[0] if rows else None


def _iso(ticks: NaiveTicks | None) -> str:
    return "" if ticks is None else day_of(ticks).isoformat()


def _origin_url(visit: Visit, task: TaskWithPinAge) -> str | None:
    """Return where a task of a provider's is edited, as far as it may be a link."""
    url = task.edit_url
    if url.startswith("/"):
        return f"{visit.origin}{url}"
    return url if url.lower().startswith(("https://", "http://")) else None


def _projects(locations: Iterable[Location]) -> list[Project]:
    """Return the places that a task can be put into: the important ones, but for its own."""
    return [
        Project(one.row.id, one.row.name, one.row.color)
        for one in locations
        if one.important and one.row.id > 0
    ]


def _all_projects(locations: Iterable[Location]) -> list[Project]:
    return [Project(one.row.id, one.row.name, one.row.color) for one in locations if one.row.id > 0]


def _problem(state: ExchangeSyncState) -> str:
    if state.result in (SyncResult.NO_VALUE, SyncResult.SUCCESS):
        return ""
    is_partly = state.result is SyncResult.SYNC_WITH_ERRORS
    return TEXTS["sync_partly" if is_partly else "sync_failed"]


def _fields(settings: UserSettings) -> dict[str, list[Field]]:
    """Return the numbers of each group of settings."""
    members = members_of(settings)
    return {
        group: [Field(*field, value=cast("int", members[field[0]])) for field in fields]
        for group, fields in _GROUPS.items()
    }
