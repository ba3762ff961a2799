"""Rows of the page: from a task to what its template shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.workmanagement.task_query import NO_LOCATION
from afterlook.web.days import Due, describe_due
from afterlook.workmanagement.locations import Location
from afterlook.workmanagement.records import is_personal
from afterlook.workmanagement.results import TaskWithPinAge
from afterlook.workmanagement.settings import UserSettings

OFF_TIMELINE = "AWIOP_RemoveFromTimeline"
"""The attribute of tasks that are not on the timeline, where all others are."""


_GREY = "#78828c"


class Project(NamedTuple):
    """A location as a row shows it."""

    id: int
    name: str
    color: str | None = None

    @property
    def hex_color(self) -> str:
        """Its colour as a field for colours takes it; a grey where it has none."""
        digits = (self.color or "").removeprefix("#")
        if len(digits) == 3:  # noqa: PLR2004
            digits = "".join(digit * 2 for digit in digits)
        return f"#{digits[:6].lower()}" if digits else _GREY


class Row(NamedTuple):
    """A task as its row shows it."""

    id: int
    name: str
    due: Due | None
    is_completed: bool
    is_pinned: bool
    is_read_only: bool
    is_personal: bool
    is_new: bool
    is_on_timeline: bool
    location: int
    project: Project | None


class Group(NamedTuple):
    """Rows of one project; without one where rows are not grouped."""

    project: Project | None
    rows: list[Row]


def make_rows(
    tasks: Iterable[TaskWithPinAge],
    locations: Mapping[int, Location],
    settings: UserSettings,
    now: Instant,
) -> list[Row]:
    """Make rows of tasks."""
    new_from = settings.new_from(now)
    return [
        Row(
            id=row.id,
            name=row.name,
            due=describe_due(row.due, now, is_completed=row.is_completed),
            is_completed=row.is_completed,
            is_pinned=row.pinned is not None,
            is_read_only=row.is_read_only,
            is_personal=is_personal(row),
            is_new=not row.is_completed and row.discovered >= new_from,
            is_on_timeline=OFF_TIMELINE not in task.attributes,
            location=row.location,
            project=project_of(row.location, locations),
        )
        for task in tasks
        for row in [task.row]
    ]


def project_of(location: int, locations: Mapping[int, Location]) -> Project | None:
    """Return the project of a location; tasks without one have none."""
    found = None if location == NO_LOCATION else locations.get(location)
    return Project(found.row.id, found.row.name, found.row.color) if found is not None else None


def group_rows(rows: Iterable[Row], personal: str) -> list[Group]:
    """Group rows that are in order of their location."""
    groups: dict[int, Group] = {}
    for row in rows:
        head = row.project or Project(row.location, personal)
        groups.setdefault(row.location, Group(head, [])).rows.append(row)
    return list(groups.values())
