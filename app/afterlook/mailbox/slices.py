"""One page of a listing, as use cases return it."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

Row = TypeVar("Row")


class Slice(NamedTuple, Generic[Row]):
    """The rows of a page, and whether more follow it."""

    rows: list[Row]
    more: bool


def cut(rows: list[Row], size: int) -> Slice[Row]:
    """Cut a listing that was read one row further than `size`."""
    return Slice(rows[:size], more=len(rows) > size > 0)
