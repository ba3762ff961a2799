"""The pages of the settings and of Sync to Outlook.

Owns what their fields begin with. They are sent by scripts, through the protocol.
"""

from __future__ import annotations

from typing import Any, NamedTuple, cast

from starlette.responses import Response

from afterlook.store.sessions import ReadSession
from afterlook.web.days import write_moment
from afterlook.web.page_data import MAX_LOCATIONS, members_of, page_data
from afterlook.web.rows import Project
from afterlook.web.texts import TEXTS, say
from afterlook.web.view_contents import Facts, read_facts
from afterlook.web.views import landing_view
from afterlook.web.visits import Visit
from afterlook.workmanagement.exchange_sync.state import (
    ExchangeSyncState,
    SyncResult,
    get_state,
    is_pending,
)
from afterlook.workmanagement.settings import UserSettings


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


async def show_settings(visit: Visit) -> Response:
    """Show the settings."""

    def show(session: ReadSession) -> Response:
        facts = read_facts(session, visit.now)
        values = {
            "data": page_data(visit, facts, "settings"),
            "fields": _fields(facts.settings),
            "back": landing_view(facts.persisted),
            **_project_values(facts),
        }
        return visit.render("settings.html", values)

    return await visit.store.scan(show)


def _project_values(facts: Facts) -> dict[str, Any]:
    """Return the projects that there is room for, the important ones first.

    Those that are important and not shown go with the form unseen, or saving would forget them.
    """
    important = facts.settings.important_location_ids
    found = [one for one in facts.locations.values() if one.row.id > 0]
    shown = sorted(found, key=lambda one: not one.important)[:MAX_LOCATIONS]
    keys = {one.row.id for one in shown}
    return {
        "projects": [Project(one.row.id, one.row.name, one.row.color) for one in shown],
        "important": frozenset(important),
        "unseen": [key for key in important if key not in keys],
        "cut_off": f"{len(shown):,}" if len(shown) < len(found) else None,
    }


async def show_sync(visit: Visit) -> Response:
    """Show whether the tasks are synchronised with Outlook."""

    def show(session: ReadSession) -> Response:
        facts, state = read_facts(session, visit.now), get_state(session)
        pending = is_pending(session, visit.now)
        ended = state.ended
        values = {
            "data": page_data(visit, facts, "sync", optedIn=state.is_opted_in, pending=pending),
            "is_on": state.is_opted_in,
            "is_pending": pending,
            "last": TEXTS["sync_never"]
            if ended is None
            else say("sync_last", time=write_moment(ended, visit.now)),
            "problem": _problem(state),
            "back": landing_view(facts.persisted),
        }
        return visit.render("sync.html", values)

    return await visit.store.scan(show)


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
