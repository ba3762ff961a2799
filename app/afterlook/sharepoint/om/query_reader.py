"""From a TaskQuery or a SortableTaskQuery to the query of the store.

Owns the meaning of each criterion, and of its being left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar, cast

from afterlook.csom.types import ServerObject
from afterlook.sharepoint.om.declarations import read_instant, read_wall
from afterlook.sharepoint.om.errors import OutOfRange
from afterlook.store.workmanagement.task_query import (
    AttributeCriteria,
    Comparison,
    FieldCriteria,
    LocationCriteria,
    NameCriterion,
    SortField,
    TaskOrder,
    TaskQuery,
    TickRange,
)

T = TypeVar("T")

MAX_KEYS = 5000
"""The most ids that one query may name."""

MAX_ATTRIBUTES = 100
MAX_WORDS = 100
"""The most keywords of one query."""

_TRUTHS: dict[int, bool | None] = {0: None, 1: True, 2: False}
_IS_ANY = {0: False, 1: False, 2: True}
_COMPARISONS: dict[int, Comparison | None] = {
    0: None,
    1: "equals",
    2: "contains",
    3: "begins with",
}
_FIELDS: dict[int, SortField] = {
    0: "position",
    1: "id",
    2: "discovered",
    4: "description",
    5: "due",
    13: "is_completed",
    17: "modified",
    18: "location",
    21: "title",
    22: "pin_age",
}


def read_query(query: ServerObject | None) -> TaskQuery:
    """Read a TaskQuery; null selects everything. Raises `OutOfRange`.

    LastQueryTime selects nothing: the page sends the present time along with the id of a task
    that it wants to see however old it is.
    """
    if query is None:
        return TaskQuery()
    return TaskQuery(
        keywords=_words(query, "KeywordFilter"),
        pinned=_enum_value(_TRUTHS, query, "PinnedFilter"),
        locations=_locations(_part(query, "LocationFilter")),
        fields=_fields(_part(query, "FieldFilter")),
        modified=_range(_part(query, "LastModifiedDateRangeFilter"), read_instant),
        attributes=_attributes(_part(query, "CustomAttributeFilter")),
    )


def read_sorted_query(query: ServerObject) -> TaskQuery:
    """Read a SortableTaskQuery. Raises `OutOfRange`."""
    order = _part(query, "Order")
    core = read_query(_part(query, "CoreQuery"))
    if order is None:
        return core
    descending = bool(order.values["IsDescending"])
    return core._replace(order=TaskOrder(_enum_value(_FIELDS, order, "Field"), descending))


def _fields(filter_: ServerObject | None) -> FieldCriteria:
    if filter_ is None:
        return FieldCriteria()
    return FieldCriteria(
        any=_enum_value(_IS_ANY, filter_, "CriterionConcatType"),
        completed=_truth(_part(filter_, "CompletedCriterion")),
        due=_range(_part(filter_, "DueDateRangeCriterion"), read_wall),
        start=_range(_part(filter_, "StartDateRangeCriterion"), read_wall),
        new=_truth(_part(filter_, "IsNewCriterion")),
        name=_name(_part(filter_, "NameCriterion")),
        ids=_keys(filter_, "IdsToFilterBy", MAX_KEYS),
    )


def _truth(criterion: ServerObject | None) -> bool | None:
    return None if criterion is None else _enum_value(_TRUTHS, criterion, "CompareType")


def _name(criterion: ServerObject | None) -> NameCriterion | None:
    if criterion is None:
        return None
    comparison = _enum_value(_COMPARISONS, criterion, "CompareType")
    value = cast("str | None", criterion.values["CompareValue"])
    return None if comparison is None else NameCriterion(comparison, value or "")


def _range(
    criterion: ServerObject | None, bound: Callable[[datetime | None], int | None]
) -> TickRange:
    if criterion is None:
        return TickRange()
    first, last = (
        bound(cast("datetime | None", criterion.values[name]))
        for name in ("RangeStartValue", "RangeEndValue")
    )
    return TickRange(first, last)


def _locations(filter_: ServerObject | None) -> LocationCriteria:
    if filter_ is None:
        return LocationCriteria()
    keys = _keys(filter_, "LocationKeys", MAX_KEYS)
    return LocationCriteria(keys, bool(filter_.values["IncludeUncategorizedTasks"]))


def _attributes(filter_: ServerObject | None) -> AttributeCriteria:
    if filter_ is None:
        return AttributeCriteria()
    names = _keys(filter_, "Attributes", MAX_ATTRIBUTES)
    return AttributeCriteria(names, _enum_value(_IS_ANY, filter_, "ConcatType"))


def _part(owner: ServerObject, name: str) -> ServerObject | None:
    part = owner.values[name]
    return part if isinstance(part, ServerObject) else None


def _keys(owner: ServerObject, name: str, most: int) -> Sequence[Any]:
    """Return what an array names, each once. Raises `OutOfRange` for too many."""
    values = cast("list[Any] | None", owner.values[name]) or ()
    keys = [key for key in dict.fromkeys(values) if key is not None]
    if len(keys) > most:
        raise OutOfRange(name=name)
    return keys


def _words(owner: ServerObject, name: str) -> Sequence[str]:
    """Return the words of a text, each once. Raises `OutOfRange` for too many."""
    words = list(dict.fromkeys(cast("str", owner.values[name] or "").split()))
    if len(words) > MAX_WORDS:
        raise OutOfRange(name=name)
    return words


def _enum_value(values: dict[int, T], owner: ServerObject, name: str) -> T:
    """Return what a member of an enumeration stands for. Raises `OutOfRange`."""
    number = cast("int", owner.values[name])
    if number not in values:
        raise OutOfRange(name=name)
    return values[number]
