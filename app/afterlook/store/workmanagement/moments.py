"""Moments of lists in SQL: what clients see of them are whole seconds, as the service kept them.

What is compared and sorted must be what is shown, or a client that goes on from what it has seen
would miss something.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, ColumnElement, literal

from afterlook.runtime.instants import TICKS_PER_SECOND


def whole_seconds(ticks: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return ticks without their fraction of a second."""
    second = literal(TICKS_PER_SECOND, BigInteger())
    return ticks - ticks % second
