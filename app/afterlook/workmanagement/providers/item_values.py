"""What a task in a provider list can hold, field by field."""

from __future__ import annotations

import math
from typing import TypedDict

from afterlook.runtime.instants import Instant, to_datetime
from afterlook.store.workmanagement.rows import NaiveTicks, ProviderItemRow
from afterlook.workmanagement.dates import FIRST_YEAR, LAST_YEAR
from afterlook.workmanagement.fields import MAX_DESCRIPTION, MAX_TITLE
from afterlook.workmanagement.providers.lists import ProviderWriteError, ProviderWriteRejected
from afterlook.workmanagement.providers.progress import PRIORITIES, STATUSES

MAX_NUMBERS = 100
"""The most users or predecessors of one item."""

_MAX_NUMBER = 2**31 - 1


class ItemValues(TypedDict, total=False):
    """What is to be written into an item; what is not given stays."""

    title: str
    body: str | None
    start: NaiveTicks | None
    due: NaiveTicks | None
    checkmark: bool
    percent: float
    status: str
    priority: str
    assigned: list[int]
    parent: int | None
    predecessors: list[int]
    is_workflow: bool


def check_values(item: ProviderItemRow, values: ItemValues) -> None:
    """Check what is to be written over an item. Raises `ProviderWriteRejected`."""
    title = values.get("title", item.title or "-")
    bad = {
        "Title": not title.strip() or len(title) > MAX_TITLE,
        "Body": len(values.get("body") or "") > MAX_DESCRIPTION,
        "StartDate": not _is_date(values.get("start")),
        "DueDate": not _is_date(values.get("due")),
        "PercentComplete": not _is_percent(values.get("percent", 0.0)),
        "Status": values.get("status", STATUSES[0]) not in STATUSES,
        "Priority": values.get("priority", PRIORITIES[0]) not in PRIORITIES,
        "AssignedToId": not _are_numbers(values.get("assigned", [])),
        "PredecessorsId": not _are_numbers(values.get("predecessors", [])),
        "ParentIDId": not _are_numbers([values.get("parent") or 1]),
    }
    for name, is_bad in bad.items():
        if is_bad:
            raise ProviderWriteRejected(ProviderWriteError.VALUE_INVALID, name)


def _is_date(ticks: NaiveTicks | None) -> bool:
    if ticks is None:
        return True
    try:
        return FIRST_YEAR <= to_datetime(Instant(ticks)).year <= LAST_YEAR
    except OverflowError:
        return False


def _is_percent(share: float) -> bool:
    return math.isfinite(share) and 0 <= share <= 1


def _are_numbers(numbers: list[int]) -> bool:
    return len(numbers) <= MAX_NUMBERS and all(0 < one <= _MAX_NUMBER for one in numbers)
