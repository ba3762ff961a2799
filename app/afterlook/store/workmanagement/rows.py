"""Rows of Work Management as the rest of the program sees them.

Owns their shape: field by field a table's columns, but for what is derived.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from afterlook.runtime.instants import Instant

NaiveTicks = int
"""Ticks of a day and time in no zone, counted as an `Instant` is."""


class WorkTaskRow(NamedTuple):
    """A list task. `attributes` is JSON text; `provider` is 0 for the user's own."""

    id: int
    name: str
    description: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    is_completed: bool
    pinned: Instant | None
    location: int
    edit_url: str | None
    is_read_only: bool
    modified: Instant
    discovered: Instant
    position: int
    provider: int
    provider_key: str | None
    custom_data: str | None
    attributes: str


class WorkLocationRow(NamedTuple):
    """A place that tasks come from."""

    id: int
    name: str
    parent: int
    provider: int
    url: str | None
    color: str | None
    active: Instant


class WorkSettingsRow(NamedTuple):
    """What a user has set: JSON text, empty for nothing yet; and the state of Exchange sync."""

    settings: str = "{}"
    persisted: str = "{}"
    next_task: int = 1
    next_location: int = 1
    next_refresh: int = 1
    is_exchange_on: bool = False
    exchange_ended: Instant | None = None
    exchange_result: int = 0
    exchange_began: Instant | None = None
    exchange_outlook: int = 0
    exchange_change: int = -1
    exchange_task: int = 0


class WorkPairRow(NamedTuple):
    """A list task and the same one of the mailbox, by their numbers and latest changes.

    `base` is what both held when they were last the same, as JSON text.
    """

    list_task: int
    outlook_task: int
    list_change: int
    outlook_change: int
    base: str
    is_list_task_deleted: bool = False


class WorkRefreshRow(NamedTuple):
    """A refresh of the list; `changes` and `providers` are JSON text."""

    id: int
    state: int
    started: Instant
    finished: Instant | None
    new_tasks: int
    correlation: str
    changes: str
    providers: str


class ProviderListRow(NamedTuple):
    """A list of tasks in a site, or a project."""

    id: int
    guid: str
    provider: int
    web: str
    title: str
    description: str
    template: int
    change: int
    seen: int
    location: int | None
    next_item: int
    items: int
    created: Instant
    modified: Instant
    is_down: bool


class ProviderItemRow(NamedTuple):
    """A task in a list. `assigned` and `predecessors` are as `join_numbers` writes them."""

    list: int
    id: int
    guid: str
    version: int
    change: int
    deleted: bool
    title: str
    body: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    percent: float
    status: str
    priority: str
    assigned: str
    parent: int | None
    predecessors: str
    is_workflow: bool
    created: Instant
    modified: Instant


def join_numbers(numbers: Iterable[int]) -> str:
    """Write numbers, each once and between commas, so that one can be looked for."""
    texts = [str(number) for number in dict.fromkeys(numbers)]
    return f",{','.join(texts)}," if texts else ""


def split_numbers(text: str) -> list[int]:
    """Read numbers as they were joined."""
    return [int(number) for number in text.split(",") if number]
