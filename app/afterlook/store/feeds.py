"""A collection read in the order of its changes: what a synchronisation reads.

Owns the two orders in which the change log can be followed, each in one statement, so that what
is said of the mailbox and what is listed are of one moment.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, Literal, NamedTuple, TypeVar

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    Select,
    bindparam,
    func,
    select,
    true,
)

from afterlook.store.pages import MAX_PAGE_TEXT, count_fitting, texts_in, with_room
from afterlook.store.sessions import ReadSession, Texts
from afterlook.store.tables import Change, Mailbox, table

_log = table(Change)
_mailbox = table(Mailbox)

_BEYOND_ALL = 2**63 - 1

Row = TypeVar("Row", bound=tuple[Any, ...])
Join = tuple[FromClause, ColumnElement[bool]]
Way = Literal["up", "down"]
Key = tuple[Column[Any], Way]


class ChangeEntry(NamedTuple, Generic[Row]):
    """An entity at the position of its latest change; without a `row` it is a tombstone."""

    change_number: int
    entity: int
    row: Row | None


class ChangeFeedSlice(NamedTuple, Generic[Row]):
    """Entries in a row, and the mailbox at that moment.

    `latest_change` is the number of its latest write, `purged_through` that of the last tombstone
    that is gone. `next_change` is the number of the entry after the last of these, None where there
    is none: how many entries came does not tell, for a slice also ends when it is full of text.
    """

    latest_change: int
    purged_through: int
    entries: list[ChangeEntry[Row]]
    next_change: int | None


class _Statements(NamedTuple):
    """A statement for an embedded database, which is read row by row, and for a remote one."""

    embedded: Select[Any]
    remote: Select[Any]
    texts: Texts


class ChangeFeed(Generic[Row]):
    """The change log of a collection, joined with the entities themselves.

    `joins` lead from the log to `columns`, of which the first is the entity's key. An entity that
    is `leading` comes before the newest one. One that is `built_in` is in no table and has no
    changes: it comes after the oldest one, its id the lowest of all.
    """

    def __init__(
        self,
        columns: Sequence[ColumnElement[Any]],
        joins: Sequence[Join],
        make: Callable[[Sequence[Any]], Row],
        leading: Column[bool] | None = None,
        built_in: Row | None = None,
    ) -> None:
        self._make = make
        self._built_in = built_in
        inner: FromClause = _log
        outer: FromClause = _log
        for target, on in joins:
            inner, outer = inner.join(target, on), outer.outerjoin(target, on)
        entries = select(_log.c.number, _log.c.entity, *columns).where(
            _log.c.mailbox == bindparam("of_mailbox"), _log.c.scope == bindparam("of_scope")
        )
        living = entries.select_from(inner).where(
            ~_log.c.deleted, _log.c.number < bindparam("below")
        )
        newest: Key = (_log.c.number, "down")
        if leading is None:
            self._start = self._newest = _of_one_moment(living, newest)
        else:
            self._start = _of_one_moment(living, (leading, "down"), newest)
            self._newest = _of_one_moment(living.where(~leading), newest)
        changed = entries.select_from(outer).where(_log.c.number > bindparam("after"))
        self._oldest = _of_one_moment(changed, (_log.c.number, "up"))

    def read_entities(
        self, session: ReadSession, scope: int, below: int | None, size: int
    ) -> ChangeFeedSlice[Row]:
        """Read the entities there are, latest change first: up to `size`, below a change number."""
        statements = self._start if below is None else self._newest
        bound = {"below": _BEYOND_ALL if below is None else below}
        slice_ = self._read(session, statements, scope, bound, size)
        if self._built_in is None or slice_.next_change is not None:
            return slice_
        number = self._built_in[0]
        if len(slice_.entries) < size:
            last = ChangeEntry(number, number, self._built_in)
            return slice_._replace(entries=[*slice_.entries, last])
        return slice_._replace(next_change=number)

    def read_changes(
        self, session: ReadSession, scope: int, after: int, size: int, room: int | None = None
    ) -> ChangeFeedSlice[Row]:
        """Read the changes after one, earliest first: up to `size`, tombstones among them.

        It ends with `room` characters of text, or those of a page, if it is not full before.
        """
        return self._read(session, self._oldest, scope, {"after": after}, size, room)

    def _read(
        self,
        session: ReadSession,
        statements: _Statements,
        scope: int,
        bound: dict[str, int],
        size: int,
        room: int | None = None,
    ) -> ChangeFeedSlice[Row]:
        where = {"of_mailbox": session.mailbox.id, "of_scope": scope, "limit": size + 1}
        read = statements.embedded if session.dialect == "sqlite" else statements.remote
        rows = session.all_within(read, {**where, **bound}, statements.texts, room or MAX_PAGE_TEXT)
        # There is always one row, which tells of the mailbox; it may have no entry.
        latest_change, purged_through = rows[0][:2] if rows else (0, 0)
        changed = [row for row in rows if row[2] is not None]
        end = count_fitting(changed, size, room)
        next_change = changed[end][2] if len(changed) > end else None
        return ChangeFeedSlice(
            latest_change, purged_through, [self._entry(row) for row in changed[:end]], next_change
        )

    def _entry(self, row: Sequence[Any]) -> ChangeEntry[Row]:
        return ChangeEntry(row[2], row[3], None if row[4] is None else self._make(row[4:]))


def _of_one_moment(entries: Select[Any], *order: Key) -> _Statements:
    """Return statements that read entries together with the mailbox that they are of."""
    keys = [_sort_key(column, way) for column, way in order]
    page = entries.order_by(*keys).limit(bindparam("limit"))
    place = func.row_number().over(order_by=keys)
    embedded, remote = (
        _beside(each, order) for each in (page, with_room(page, place, MAX_PAGE_TEXT))
    )
    return _Statements(embedded, remote, texts_in(embedded))


def _beside(entries: Select[Any], order: Sequence[Key]) -> Select[Any]:
    page = entries.subquery("entries")
    return (
        select(_mailbox.c.change, _mailbox.c.forgotten, *page.c)
        .select_from(_mailbox.outerjoin(page, true()))
        .where(_mailbox.c.id == bindparam("of_mailbox"))
        .order_by(*(_sort_key(page.c[column.name], way) for column, way in order))
    )


def _sort_key(column: ColumnElement[Any], way: Way) -> ColumnElement[Any]:
    return column.asc() if way == "up" else column.desc()
