"""The page of a listing that use cases return for the `Page` that is wanted."""

from __future__ import annotations

from collections.abc import Callable
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
    rows = listed(page)
    total = count(page.filter) if page.counted else None
    # A page that is full of text ends earlier; where one row more was read, it is full anyway.
    size = page.size if len(rows) > page.size else count_fitting(rows, page.size)
    return ResultPage(rows[:size], len(rows) > size > 0, total, page.until)
