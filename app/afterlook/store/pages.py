"""Listings: which entities, how many of them from where on, in which order.

Owns turning filters and sort keys into SQL that means the same on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from itertools import islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Subquery,
    Table,
    bindparam,
    func,
    literal,
    select,
)

from afterlook.odata.filter.tree import Expression
from afterlook.store.costs import expect_cheap
from afterlook.store.filters import Columns, condition
from afterlook.store.sessions import ReadSession, Texts

Order = tuple[tuple[str, bool], ...]
"""Sort keys: the name of a column, and whether it descends."""

NEAR_SIZE = 100
"""As many rows as are read at once without keeping others waiting."""

_NEAR_SKIP = 1000

MAX_PAGE_TEXT = 8 * 1024 * 1024
"""Characters with which a page of a listing, or of a synchronisation, ends before it is full."""


def text_of(row: Sequence[Any]) -> int:
    """Return how many characters of text a row holds."""
    return sum([len(value) for value in row if isinstance(value, str)])


def texts_in(statement: Select[Any]) -> Texts:
    """Return what picks the texts out of a row of a statement."""
    columns = statement.selected_columns
    places = [place for place, one in enumerate(columns) if isinstance(one.type, String)]
    if len(places) == 1:
        # By its number it would be picked bare. Each text counts once, as it does in `fitting`.
        return itemgetter(slice(places[0], places[0] + 1))
    return itemgetter(*places)


def length_of_texts(
    columns: Iterable[ColumnElement[Any]], length: Callable[..., Any] = func.length
) -> ColumnElement[int]:
    """Return how much text a row has in columns, in what `length` measures."""
    text: ColumnElement[int] = literal(0)
    for column in columns:
        if isinstance(column.type, String):
            text = text + func.coalesce(length(column), 0)
    return text


def count_fitting(rows: Iterable[Sequence[Any] | None], size: int, room: int | None = None) -> int:
    """Return how many of `rows` make a page: `size`, or as many as it takes for its text."""
    room = MAX_PAGE_TEXT if room is None else room
    for number, row in enumerate(islice(rows, size), 1):
        room -= 0 if row is None else text_of(row)
        if room <= 0:
            return number
    return size


def with_room(statement: Select[Any], place: ColumnElement[Any], most: int) -> Select[Any]:
    """Return what reads a page until its texts come to `most` characters, and one row more.

    For PostgreSQL, whose driver holds whatever is read. `place` orders the rows of the page.
    """
    page = statement.add_columns(place.label("place")).subquery("page")
    # The octets of a long text are known without it; its characters are counted in few of them.
    near = _end_page(page, func.octet_length, 4 * most)
    *columns, number = _end_page(near, func.length, most).c
    return select(*columns).order_by(number)


def _end_page(rows: Subquery, length: Callable[..., Any], most: int) -> Subquery:
    """Return rows until their texts come to `most`, and one more; their place comes last."""
    *columns, place = rows.c
    text = length_of_texts(columns, length)
    # All rows before the one before: the row that ends the page is followed by one more.
    passed = func.sum(text).over(order_by=place, rows=(None, -2)).label("passed")
    read = select(rows, passed).subquery()
    kept = select(*[read.c[column.name] for column in rows.c])
    return kept.where(func.coalesce(read.c.passed, 0) < most).subquery()


class Page(NamedTuple):
    """What is wanted of a listing: `size` rows after `skip`, of those that `filter` lets through.

    `until` leaves out what was created after that number, so that the pages of a sorted listing
    do not shift while others create.
    """

    size: int
    skip: int = 0
    order: Order = ()
    filter: Expression | None = None
    until: int | None = None
    counted: bool = False

    @property
    def is_index_read(self) -> bool:
        """Whether an index leads straight to it: few rows, from near the start, all of them."""
        plain = not self.order and self.filter is None and not self.counted
        return plain and self.size <= NEAR_SIZE and self.skip <= _NEAR_SKIP


def asked_columns(*tables: Table) -> dict[str, ColumnElement[Any]]:
    """Map columns to what they are compared and sorted by: folded text where there is some."""
    return {
        column.name: table.c.get(f"{column.name}_key", column)
        for table in tables
        for column in table.columns
    }


class Listing:
    """A statement that lists entities: `columns` to ask by, `keys` deciding between equals."""

    def __init__(
        self,
        statement: Select[Any],
        columns: Columns,
        *keys: ColumnElement[Any],
    ) -> None:
        self._statement = statement
        self._texts = texts_in(statement)
        self._columns = columns
        self._last_keys = keys
        # Building a statement costs more than running it on a small mailbox.
        self._ordered = lru_cache(maxsize=128)(self._build)
        self._roomy = lru_cache(maxsize=128)(self._build_roomy)

    def read_rows(
        self, session: ReadSession, page: Page, parameters: Mapping[str, object]
    ) -> Sequence[Sequence[Any]]:
        """Return the page's rows and one more where more follow.

        There are fewer than its size where the page ends with its text: `count_fitting` tells.
        """
        statement = self._ordered(page.order)
        if page.filter is not None:
            expect_cheap(page.filter, partial(self.count, session, None, parameters))
            statement = statement.where(self._condition(session, page.filter))
        if page.until is not None:
            statement = statement.where(self._column("id") <= page.until)
        if session.dialect != "sqlite":
            if page.filter is None and page.until is None:
                statement = self._roomy(page.order, MAX_PAGE_TEXT)
            else:
                statement = with_room(statement, self._place(page.order), MAX_PAGE_TEXT)
        bounds = {"limit": page.size + 1, "offset": page.skip}
        return session.ad_hoc_within(
            statement, {**parameters, **bounds}, self._texts, MAX_PAGE_TEXT
        )

    def count(
        self, session: ReadSession, filter_: Expression | None, parameters: Mapping[str, object]
    ) -> int:
        """Return how many entities there are, of those that a filter lets through."""
        entities = self._statement
        if filter_ is not None:
            expect_cheap(filter_, partial(self.count, session, None, parameters))
            entities = entities.where(self._condition(session, filter_))
        return int(session.ad_hoc(entities.with_only_columns(func.count()), parameters)[0][0])

    def _condition(self, session: ReadSession, filter_: Expression) -> ColumnElement[Any]:
        return condition(filter_, self._columns, session.dialect)

    def _column(self, name: str) -> ColumnElement[Any]:
        column = self._columns[name]
        assert isinstance(column, ColumnElement)  # noqa: S101
        return column

    def _build(self, order: Order) -> Select[Any]:
        ordered = self._statement.order_by(*self._keys(order))
        return ordered.limit(bindparam("limit")).offset(bindparam("offset"))

    def _build_roomy(self, order: Order, most: int) -> Select[Any]:
        return with_room(self._ordered(order), self._place(order), most)

    def _place(self, order: Order) -> ColumnElement[Any]:
        return func.row_number().over(order_by=self._keys(order))

    def _keys(self, order: Order) -> list[ColumnElement[Any]]:
        """Return sort keys: nulls come first when ascending (OData URL Conventions, §5.1.4)."""
        columns = [(self._column(name), descending) for name, descending in order]
        keys = [
            column.desc().nulls_last() if descending else column.asc().nulls_first()
            for column, descending in columns
        ]
        return [*keys, *self._last_keys]
