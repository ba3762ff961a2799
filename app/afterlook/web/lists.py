"""The pages with lists: one for each view.

Owns what is said where a list has nothing to show, and which part of it comes next.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from starlette.responses import Response

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession
from afterlook.web.addresses import read_number, read_wish, sort_links, write_address
from afterlook.web.days import write_moment
from afterlook.web.page_data import page_data
from afterlook.web.rows import Group, group_rows
from afterlook.web.texts import TEXTS, say
from afterlook.web.view_contents import MAX_TASKS, PAGE_SIZE, ListContents, ViewContents, read_view
from afterlook.web.views import PAGES, List, TaskView, Wish
from afterlook.web.visits import Visit
from afterlook.workmanagement.refresh.history import Health


class ListPart(NamedTuple):
    """A list as its template shows it. `empty` says why it has no rows."""

    key: str
    groups: list[Group]
    is_grouped: bool
    start: int
    total: int
    empty: str
    previous: str | None
    following: str | None
    is_cut_off: bool


class ProviderWarning(NamedTuple):
    """A provider that could not be read."""

    text: str
    last: str
    correlation: str


async def show_view(visit: Visit) -> Response:
    """Show a view."""
    view = PAGES[str(visit.request.path_params["page"]).lower()]
    wish = read_wish(visit.request, view)
    start = read_number(visit.request, "start") or 0

    def show(session: ReadSession) -> Response:
        return _render(visit, view, wish, read_view(session, view, wish, start, visit.now))

    return await visit.store.scan(show)


def _render(visit: Visit, view: TaskView, wish: Wish, contents: ViewContents) -> Response:
    """Render a view. A hundred rows take milliseconds, in which the event loop serves others."""
    now = visit.now
    parts = [_part(contents, one, wish) for one in contents.lists]
    values: dict[str, Any] = {
        "view": view,
        "wish": wish,
        "lists": parts,
        "counts": contents.counts,
        "timeline": contents.timeline,
        "is_grouped": contents.facts.persisted.group_by_projects,
        "is_filtered": bool(contents.facts.persisted.filtered_location_ids),
        "sort_links": sort_links(view, wish),
        "updated": _updated(contents.facts.health, now),
        "warnings": _warnings(contents.facts.health, now),
        "max_tasks": f"{MAX_TASKS:,}",
        "data": page_data(visit, contents.facts, view.key, **_own_data(parts, wish)),
    }
    return visit.render("view.html", values)


def _part(contents: ViewContents, one: ListContents, wish: Wish) -> ListPart:
    is_grouped = (
        one.kind is List.ACTIVE and contents.facts.persisted.group_by_projects and not wish.sort
    )
    groups = group_rows(one.rows, TEXTS["personal"]) if is_grouped else [Group(None, one.rows)]
    reachable = min(one.total, MAX_TASKS)
    after, before = one.start + PAGE_SIZE, one.start - PAGE_SIZE
    return ListPart(
        key=one.kind.value,
        groups=groups,
        is_grouped=is_grouped,
        start=one.start,
        total=one.total,
        empty=_empty(contents, one, wish),
        previous=write_address(wish, before) if one.start else None,
        following=write_address(wish, after) if after < reachable else None,
        is_cut_off=one.total > MAX_TASKS,
    )


def _empty(contents: ViewContents, one: ListContents, wish: Wish) -> str:
    if one.rows:
        return ""
    if wish.search:
        return say("empty_search", query=wish.search)
    if contents.facts.persisted.filtered_location_ids:
        return TEXTS["empty_filter"]
    days = contents.facts.settings.days_a_task_is_considered_new_task
    if one.kind is List.RECENT and days > 0:
        return say("empty_recent_days", days=days)
    return TEXTS[f"empty_{one.kind.value}"]


def _own_data(parts: list[ListPart], wish: Wish) -> dict[str, object]:
    return {
        "lists": [
            {"key": part.key, "start": part.start, "total": part.total, "grouped": part.is_grouped}
            for part in parts
        ],
        "wish": {"search": wish.search, "sort": wish.sort, "descending": wish.descending},
    }


def _updated(health: Health, now: Instant) -> str:
    if health.at is None:
        return TEXTS["never_updated"]
    return say("updated_at", time=write_moment(health.at, now))


def _warnings(health: Health, now: Instant) -> list[ProviderWarning]:
    return [
        ProviderWarning(
            say("provider_failed", provider=error.provider.title),
            TEXTS["never_read"]
            if error.succeeded is None
            else say("last_read", time=write_moment(error.succeeded, now)),
            say("correlation", id=error.correlation),
        )
        for error in health.errors
    ]
