"""The form of a task, new or not.

Owns what its fields begin with. It is sent by scripts, through the protocol.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from starlette.responses import Response

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.store.workmanagement.rows import NaiveTicks
from afterlook.web.addresses import read_number, read_text
from afterlook.web.days import day_of, write_full
from afterlook.web.page_data import page_data
from afterlook.web.rows import Project, Row, make_rows
from afterlook.web.texts import TEXTS
from afterlook.web.view_contents import Facts, read_facts
from afterlook.web.views import PAGES, landing_view
from afterlook.web.visits import Visit
from afterlook.workmanagement.locations import Location
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.tasks import get_task

MAX_TASK_ID = 2**31 - 1


async def show_task(visit: Visit) -> Response:
    """Show a task, or the form of a new one."""
    is_new = not read_text(visit.request, "taskid")
    key = read_number(visit.request, "taskid")
    source = read_text(visit.request, "source").rpartition("/")[2].partition("?")[0].lower()

    def show(session: ReadSession) -> Response:
        facts = read_facts(session, visit.now)
        back = PAGES.get(source) or landing_view(facts.persisted)
        data = page_data(visit, facts, "new" if is_new else "edit", source=back.page)
        task = None
        if key is not None and key <= MAX_TASK_ID:
            task = get_task(session, key, visit.now)
        values: dict[str, Any] = {"data": data, "back": back, "is_new": is_new}
        if task is None and not is_new:
            return visit.render("gone.html", values, 404)
        return visit.render("task.html", values | _task_values(visit, task, facts, visit.now))

    return await visit.store.scan(show)


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
    """Return the projects that a task can be put into: the important ones, but for its own."""
    return [
        Project(one.row.id, one.row.name, one.row.color)
        for one in locations
        if one.important and one.row.id > 0
    ]
