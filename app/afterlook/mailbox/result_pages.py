"""The page of a listing that use cases return for the `Page` that is wanted, and all its pages.

Owns where a page ends: how many rows it has tells nothing of whether more follow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Generic, NamedTuple, TypeVar

from afterlook.odata.filter.tree import Expression
from afterlook.store import mailboxes
from afterlook.store.pages import Page, count_fitting
from afterlook.store.sessions import ReadSession

Row = TypeVar("Row", bound=tuple[Any, ...])


class ResultPage(NamedTuple, Generic[Row]):
    """The rows of a page; whether more follow it, how many there are in all, and as of when.

    `total` and `until` are None where nobody asked and where the pages cannot shift.
    """

    rows: list[Row]
    more: bool = False
    total: int | None = None
    until: int | None = None

    def truncate(self, size: int) -> ResultPage[Row]:
        """Return the page with its first `size` rows, which the others follow."""
        if size >= len(self.rows):
            return self
        return self._replace(rows=self.rows[:size], more=True)


def read_page(
    session: ReadSession,
    page: Page,
    listed: Callable[[Page], list[Row]],
    count: Callable[[Expression | None], int],
) -> ResultPage[Row]:
    """Read a page and what was asked about the whole listing.

    The first page of a sorted listing fixes what its further pages are taken from.
    """
    if page.order and page.until is None:
        page = page._replace(until=mailboxes.get_change_number(session))
    rows, more = _end(listed(page), page.size)
    total = count(page.filter) if page.counted else None
    return ResultPage(rows, more, total, page.until)


def list_pages(size: int, listed: Callable[[Page], list[Row]]) -> Iterator[list[Row]]:
    """Yield the rows of a listing to its end: `size` at once, or fewer where their text is long."""
    skip, more = 0, True
    while more:
        rows, more = _end(listed(Page(size, skip)), size)
        skip += len(rows)
        yield rows


def _end(rows: list[Row], size: int) -> tuple[list[Row], bool]:
    """Return the rows of a page of those that were listed for it, and whether more follow."""
    # A page that is full of text ends earlier; where one row more was read, it is full anyway.
    fit = size if len(rows) > size else count_fitting(rows, size)
    return rows[:fit], len(rows) > fit > 0
