"""Pages of lists, by key: as many rows as requested, or as much text as a page holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from afterlook.store.keyset import Cursor, Key, KeysetPage

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
    read: Callable[[KeysetPage], Sequence[tuple[Row, Key]]],
    length: Callable[[Row], int],
    page: KeysetPage,
) -> ListPage[Row]:
    """Return a page of what `read` gives, which is one more than requested where more follow."""
    rows, more = _read(read, length, page)
    if page.cursor is None or not page.cursor.before:
        return ListPage([row for row, _ in rows], more)
    rows.reverse()
    # What follows a page that was reached backwards is where one came from, if it still is there.
    onwards = page._replace(size=0, cursor=Cursor(rows[-1][1])) if rows else None
    return ListPage([row for row, _ in rows], onwards is not None and bool(read(onwards)))


def _read(
    read: Callable[[KeysetPage], Sequence[tuple[Row, Key]]],
    length: Callable[[Row], int],
    page: KeysetPage,
) -> tuple[list[tuple[Row, Key]], bool]:
    rows: list[tuple[Row, Key]] = []
    room, size, cursor = MAX_TEXT, min(page.size, _FIRST_READ), page.cursor
    before = cursor is not None and cursor.before
    while True:
        part = read(page._replace(size=size, cursor=cursor))
        for number, one in enumerate(part[:size], 1):
            rows.append(one)
            room -= length(one[0])
            if room <= 0:
                return rows, number < len(part)
        if len(part) <= size or len(rows) == page.size:
            return rows, len(part) > size
        cursor = Cursor(rows[-1][1], before)
        usual = (MAX_TEXT - room) // len(rows) + 1
        size = min(page.size - len(rows), max(_FIRST_READ, room // usual))
