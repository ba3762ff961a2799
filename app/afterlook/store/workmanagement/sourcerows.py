"""Rows of what providers have, field by field a table's columns, but for what is derived."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from afterlook.runtime.instants import Instant
from afterlook.store.workmanagement.rows import Wall


class SourceListRow(NamedTuple):
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


class SourceItemRow(NamedTuple):
    """A task in a list. `assigned` and `predecessors` are as `joined` writes them."""

    list: int
    id: int
    guid: str
    version: int
    change: int
    deleted: bool
    title: str
    body: str | None
    start: Wall | None
    due: Wall | None
    percent: float
    status: str
    priority: str
    assigned: str
    parent: int | None
    predecessors: str
    is_workflow: bool
    created: Instant
    modified: Instant


def joined(numbers: Iterable[int]) -> str:
    """Write numbers, each once and between commas, so that one can be looked for."""
    texts = [str(number) for number in dict.fromkeys(numbers)]
    return f",{','.join(texts)}," if texts else ""


def split(text: str) -> list[int]:
    """Read numbers as they were joined."""
    return [int(number) for number in text.split(",") if number]
