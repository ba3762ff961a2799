"""Pages of lists, by key: as many rows as were asked for, or as much text as a page holds.

Must not know what a row is.
"""

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
    """Rows in the order that was asked for, and whether more follow the last of them."""

    rows: list[Row]
    more: bool


def read_page(
    read: Callable[[Slice], Sequence[tuple[Row, Key]]], length: Callable[[Row], int], asked: Slice
) -> ListPage[Row]:
    """Return a page of what `read` gives, which is one more than asked where more follow."""
    found, more = _read(read, length, asked)
    if asked.place is None or not asked.place.before:
        return ListPage([row for row, _ in found], more)
    found.reverse()
    # What follows a page that was reached backwards is where one came from, if it still is there.
    onwards = asked._replace(size=0, place=Place(found[-1][1])) if found else None
    return ListPage([row for row, _ in found], onwards is not None and bool(read(onwards)))


def _read(
    read: Callable[[Slice], Sequence[tuple[Row, Key]]], length: Callable[[Row], int], asked: Slice
) -> tuple[list[tuple[Row, Key]], bool]:
    found: list[tuple[Row, Key]] = []
    room, size, place = MAX_TEXT, min(asked.size, _FIRST_READ), asked.place
    before = place is not None and place.before
    while True:
        part = read(asked._replace(size=size, place=place))
        for number, one in enumerate(part[:size], 1):
            found.append(one)
            room -= length(one[0])
            if room <= 0:
                return found, number < len(part)
        if len(part) <= size or len(found) == asked.size:
            return found, len(part) > size
        place = Place(found[-1][1], before)
        usual = (MAX_TEXT - room) // len(found) + 1
        size = min(asked.size - len(found), max(_FIRST_READ, room // usual))
