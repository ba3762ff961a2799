"""What a filter costs: how often it reads a collection.

Owns the bound on that; whatever else is slow meets the deadline of a scan (`execution.py`). Must
not know what is asked.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

from afterlook.errors import InvalidFilter
from afterlook.odata.filter.tree import Expression, Quantifier

MAX_COLLECTIONS = 500_000
"""Collections that one filter may read: those of every entity, once for each `any` and `all`."""

_CHEAP = 8
"""So few that it is not worth counting the entities."""

_WITHIN = 4
"""What one within another counts as: it is read for every item of the outer one."""


def expect_cheap(filter_: Expression, count: Callable[[], int]) -> None:
    """Raise `InvalidFilter` for one that would read too many collections of `count` entities."""
    weight = _quantifiers(filter_, 1)
    if weight > _CHEAP and weight * count() > MAX_COLLECTIONS:
        reason = "'any' and 'all' would look at too much: use fewer of them, or a smaller folder"
        raise InvalidFilter(reason=reason, position=0)


def _quantifiers(expression: Expression, each: int) -> int:
    weight = 0
    if isinstance(expression, Quantifier):
        weight, each = each, each * _WITHIN
    for field in fields(expression):
        value = getattr(expression, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Expression):
                weight += _quantifiers(part, each)
    return weight
