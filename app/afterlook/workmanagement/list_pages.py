"""Pages of lists, by key: as many rows as requested, or as much text as a page holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from afterlook.store.keyset import Key, Place, Slice

Row = TypeVar("Row")

MAX_TEXT = 8 * 1024 * 1024
"""Characters of bodies with which a page ends: thousands of long ones would fill the memory."""

_FIRST_READ = 250
"""Rows that are read before anything is known of their length."""


class ListPage(NamedTuple, Generic[Row]):
    """Rows in the order of the request, and whether more follow the last of them."""

    rows: list[Row]
    more: bool


def read_page(
    read: Callable[[Slice], Sequence[tuple[Row, Key]]], length: Callable[[Row], int], slice_: Slice
) -> ListPage[Row]:
    """Return a page of what `read` gives, which is one more than requested where more follow."""
    rows, more = _read(read, length, slice_)
    if slice_.place is None or not slice_.place.before:
        return ListPage([row for row, _ in rows], more)
    rows.reverse()
    # What follows a page that was reached backwards is where one came from, if it still is there.
    onwards = slice_._replace(size=0, place=Place(rows[-1][1])) if rows else None
    return ListPage([row for row, _ in rows], onwards is not None and bool(read(onwards)))


def _read(
    read: Callable[[Slice], Sequence[tuple[Row, Key]]], length: Callable[[Row], int], slice_: Slice
) -> tuple[list[tuple[Row, Key]], bool]:
    rows: list[tuple[Row, Key]] = []
    room, size, place = MAX_TEXT, min(slice_.size, _FIRST_READ), slice_.place
    before = place is not None and place.before
    while True:
        part = read(slice_._replace(size=size, place=place))
        for number, one in enumerate(part[:size], 1):
            rows.append(one)
            room -= length(one[0])
            if room <= 0:
                return rows, number < len(part)
        if len(part) <= size or len(rows) == slice_.size:
            return rows, len(part) > size
        place = Place(rows[-1][1], before)
        usual = (MAX_TEXT - room) // len(rows) + 1
        size = min(slice_.size - len(rows), max(_FIRST_READ, room // usual))
