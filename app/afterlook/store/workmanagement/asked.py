"""What a query over aggregated tasks asks for.

Owns its shape. Must not know SQL, nor how a client writes one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from afterlook.runtime.instants import Instant

Comparison = Literal["equals", "contains", "begins with"]
Field = Literal[
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

NOWHERE = -1
"""The location of tasks that have none."""


class Range(NamedTuple):
    """From the first to the last, both within it; None is no bound."""

    first: int | None = None
    last: int | None = None


class Name(NamedTuple):
    """What a name is compared with, and how."""

    comparison: Comparison
    text: str


class Fields(NamedTuple):
    """Criteria on fields, of which all or `any` must be met; None is none."""

    any: bool = False
    completed: bool | None = None
    due: Range = Range()
    start: Range = Range()
    new: bool | None = None
    name: Name | None = None
    ids: Sequence[int] = ()


class Locations(NamedTuple):
    """The locations that tasks may be in, all of them where no `keys` are given."""

    keys: Sequence[int] = ()
    with_none: bool = True


class Attributes(NamedTuple):
    """Custom attributes, of which all or `any` must be there."""

    names: Sequence[str] = ()
    any: bool = False


class Order(NamedTuple):
    """A field to sort by; equal ones stay in the user's order."""

    field: Field = "position"
    descending: bool = False


class TaskQuery(NamedTuple):
    """What is asked for. `new_from` and `stale_before` are the instants between new and old.

    Each of the `keywords` must be in the name or in the description.
    """

    keywords: Sequence[str] = ()
    pinned: bool | None = None
    locations: Locations = Locations()
    fields: Fields = Fields()
    modified: Range = Range()
    attributes: Attributes = Attributes()
    order: Order = Order()
    by_location: bool = False
    new_from: Instant = Instant(0)
    stale_before: Instant = Instant(0)
