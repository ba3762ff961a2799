"""Listings that go on from a key: what a row is sorted by, and its id.

A page by offset loses what moves up when something before it is deleted, and repeats what moves
down when something is inserted; a page after a key does neither. Owns the condition that a key
means, alike on SQLite and PostgreSQL.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, literal, or_

from afterlook.odata.filter.tree import Expression
from afterlook.store.filters import Columns, condition
from afterlook.store.pages import Order
from afterlook.store.sessions import ReadSession

Key = tuple[object, ...]
"""The values that a row is sorted by, its id the last of them."""


class Cursor(NamedTuple):
    """Where a page begins: right after a row of this key, or right before it and backwards."""

    key: Key
    before: bool = False


class KeysetPage(NamedTuple):
    """`size` rows from a cursor on, of those that `filter` lets through; by id at the end."""

    size: int
    order: Order = ()
    filter: Expression | None = None
    cursor: Cursor | None = None


class KeyedRow(NamedTuple):
    """A row, and its key in the order of the request."""

    row: Sequence[Any]
    key: Key


class KeyedListing:
    """A statement that lists rows: `columns` to ask by, `id_` deciding between equals.

    A nulls-first order is ascending, a nulls-last one descending (OData URL Conventions, §5.1.4).
    """

    def __init__(self, statement: Select[Any], columns: Columns, id_: ColumnElement[Any]) -> None:
        self._statement = statement
        self._width = len(statement.selected_columns)
        self._columns = columns
        self._id = id_
        # Building a statement costs more than running it on a small list.
        self._ordered = lru_cache(maxsize=128)(self._build)

    def read_rows(
        self, session: ReadSession, wanted: KeysetPage, parameters: Mapping[str, object]
    ) -> list[KeyedRow]:
        """Return the rows of a page, nearest first, and one more where more follow."""
        cursor = wanted.cursor
        statement = self._ordered(wanted.order, cursor is not None and cursor.before)
        if wanted.filter is not None:
            statement = statement.where(condition(wanted.filter, self._columns, session.dialect))
        if cursor is not None:
            statement = statement.where(self._beyond(wanted.order, cursor))
        return self._read(session, statement, {**parameters, "limit": wanted.size + 1})

    def key_of(
        self, session: ReadSession, order: Order, id_: int, parameters: Mapping[str, object]
    ) -> Key | None:
        """Return the key of the row of an id, if there is one."""
        statement = self._ordered(order, backwards=False).where(self._id == id_)
        rows = self._read(session, statement, {**parameters, "limit": 1})
        return rows[0].key if rows else None

    def _read(
        self, session: ReadSession, statement: Select[Any], parameters: Mapping[str, object]
    ) -> list[KeyedRow]:
        width = self._width
        rows = session.ad_hoc(statement, parameters)
        return [KeyedRow(row[:width], tuple(row[width:])) for row in rows]

    def _keys(self, order: Order) -> list[tuple[ColumnElement[Any], bool]]:
        keys = [(self._column(name), descending) for name, descending in order]
        return [*keys, (self._id, False)]

    def _build(self, order: Order, backwards: bool) -> Select[Any]:  # noqa: FBT001
        keys = self._keys(order)
        # Labels of their own: a key may be one of the columns of the entity.
        labelled = [column.label(f"key_{number}") for number, (column, _) in enumerate(keys)]
        statement = self._statement.add_columns(*labelled)
        for column, descending in keys:
            statement = statement.order_by(
                column.desc().nulls_last()
                if descending != backwards
                else column.asc().nulls_first()
            )
        return statement.limit(bindparam("limit"))

    def _beyond(self, order: Order, cursor: Cursor) -> ColumnElement[bool]:
        """Return the condition that a row lies beyond a cursor.

        It is beyond by one key, and equal by all before that: flat, for SQLite nests not far.
        """
        keys = list(zip(self._keys(order), cursor.key, strict=True))
        return or_(
            *(
                and_(
                    *(_equal(column, value) for (column, _), value in keys[:number]),
                    _after(column, value, upwards=descending == cursor.before),
                )
                for number, ((column, descending), value) in enumerate(keys)
            )
        )

    def _column(self, name: str) -> ColumnElement[Any]:
        column = self._columns[name]
        assert isinstance(column, ColumnElement)  # noqa: S101
        return column


def _equal(column: ColumnElement[Any], value: object) -> ColumnElement[bool]:
    return column.is_(None) if value is None else column == literal(value, column.type)


def _after(column: ColumnElement[Any], value: object, *, upwards: bool) -> ColumnElement[bool]:
    """Return whether a column comes after a value; null is less than anything."""
    if value is None:
        return column.is_not(None) if upwards else false()
    bound = literal(value, column.type)
    return column > bound if upwards else or_(column < bound, column.is_(None))
