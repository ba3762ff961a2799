"""The shape of a query over the tasks of the user's list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from afterlook.runtime.instants import Instant

Comparison = Literal["equals", "contains", "begins with"]
SortField = Literal[
    "position",
    "title",
    "is_completed",
    "id",
    "due",
    "description",
    "pin_age",
    "location",
    "modified",
    "discovered",
]

NO_LOCATION = -1
"""The location of tasks that have none."""


class TickRange(NamedTuple):
    """From the first to the last, both within it; None is no bound."""

    first: int | None = None
    last: int | None = None


class NameCriterion(NamedTuple):
    """What a name is compared with, and how."""

    comparison: Comparison
    text: str


class FieldCriteria(NamedTuple):
    """Criteria on fields, of which all or `any` must be met; None is none."""

    any: bool = False
    completed: bool | None = None
    due: TickRange = TickRange()
    start: TickRange = TickRange()
    new: bool | None = None
    name: NameCriterion | None = None
    ids: Sequence[int] = ()


class LocationCriteria(NamedTuple):
    """The locations that tasks may be in, all of them where no `keys` are given."""

    keys: Sequence[int] = ()
    with_none: bool = True


class AttributeCriteria(NamedTuple):
    """Custom attributes, of which all or `any` must be there."""

    names: Sequence[str] = ()
    any: bool = False


class TaskOrder(NamedTuple):
    """A field to sort by; equal ones stay in the user's order."""

    field: SortField = "position"
    descending: bool = False


class TaskQuery(NamedTuple):
    """The criteria of a query. `new_from` and `stale_before` are the instants between new and old.

    Each of the `keywords` must be in the name or in the description.
    """

    keywords: Sequence[str] = ()
    pinned: bool | None = None
    locations: LocationCriteria = LocationCriteria()
    fields: FieldCriteria = FieldCriteria()
    modified: TickRange = TickRange()
    attributes: AttributeCriteria = AttributeCriteria()
    order: TaskOrder = TaskOrder()
    by_location: bool = False
    new_from: Instant = Instant(0)
    stale_before: Instant = Instant(0)
