"""Queries over aggregated tasks: which of them, in which order.

Owns turning a `TaskQuery` into SQL that means the same on SQLite and PostgreSQL. What is new or
stale is decided by the instants in the query.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, and_, bindparam, case, func, literal, or_, select

from afterlook.runtime.instants import Instant
from afterlook.store.folding import fold
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.tables import WorkTask
from afterlook.store.workmanagement.task_query import (
    NO_LOCATION,
    FieldCriteria,
    NameCriterion,
    SortField,
    TaskQuery,
    TickRange,
)
from afterlook.store.workmanagement.tasks import COLUMNS, attribute_line

Condition = ColumnElement[bool]

_task = table(WorkTask).c


def find_tasks(session: ReadSession, mailbox_id: int, query: TaskQuery) -> Generator[WorkTaskRow]:
    """Yield the tasks that a query asks for, in its order, as they are read."""
    find = func.instr if session.dialect == "sqlite" else func.strpos
    statement = (
        select(*COLUMNS)
        .where(_task.mailbox == bindparam("of_mailbox"), *_conditions(query, find))
        .order_by(*_order(query))
    )
    yield from map(WorkTaskRow._make, session.stream(statement, {"of_mailbox": mailbox_id}))


def count_tasks(session: ReadSession, mailbox_id: int, query: TaskQuery) -> int:
    """Return how many tasks a query asks for."""
    find = func.instr if session.dialect == "sqlite" else func.strpos
    statement = select(func.count()).where(
        _task.mailbox == bindparam("of_mailbox"), *_conditions(query, find)
    )
    return int(session.rows(statement, {"of_mailbox": mailbox_id})[0][0])


def _conditions(query: TaskQuery, find: Any) -> Iterable[Condition]:
    for word in map(fold, query.keywords):
        yield or_(
            _contains(find, _task.name_key, word), _contains(find, _task.description_key, word)
        )
    if query.pinned is not None:
        yield _task.pinned.is_not(None) if query.pinned else _task.pinned.is_(None)
    keys, with_none = query.locations
    if keys:
        yield or_(_task.location.in_(keys), *([_task.location == NO_LOCATION] if with_none else []))
    elif not with_none:
        yield _task.location != NO_LOCATION
    yield from _within(_task.modified, query.modified)
    if query.attributes.names:
        holds = [
            _contains(find, _task.attributes, attribute_line(name))
            for name in query.attributes.names
        ]
        yield or_(*holds) if query.attributes.any else and_(*holds)
    if criteria := list(_criteria(query.fields, query.new_from, find)):
        yield or_(*criteria) if query.fields.any else and_(*criteria)


def _criteria(fields: FieldCriteria, new_from: Instant, find: Any) -> Iterable[Condition]:
    if fields.completed is not None:
        yield _task.is_completed.is_(fields.completed)
    if fields.new is not None:
        yield _task.discovered >= new_from if fields.new else _task.discovered < new_from
    for column, range_ in ((_task.due, fields.due), (_task.start, fields.start)):
        if bounds := list(_within(column, range_)):
            yield and_(*bounds)
    if fields.name is not None:
        yield _matches_name(fields.name, find)
    if fields.ids:
        yield _task.id.in_(fields.ids)


def _within(column: ColumnElement[Any], range_: TickRange) -> Iterable[Condition]:
    if range_.first is not None:
        yield column >= range_.first
    if range_.last is not None:
        yield column <= range_.last


def _matches_name(name: NameCriterion, find: Any) -> Condition:
    text = fold(name.text)
    match name.comparison:
        case "equals":
            return _task.name_key == text
        case "contains":
            return _contains(find, _task.name_key, text)
    return func.substr(_task.name_key, 1, len(text)) == text


def _contains(find: Any, text: ColumnElement[Any], part: str) -> Condition:
    position: ColumnElement[int] = find(text, part, type_=BigInteger())
    return func.coalesce(position, 0) > 0


def _order(query: TaskQuery) -> Iterable[ColumnElement[Any]]:
    if query.by_location:
        yield _task.location
    yield from _key(query)
    yield _task.position
    yield _task.id


def _key(query: TaskQuery) -> Iterable[ColumnElement[Any]]:
    field, descending = query.order
    if field == "position":
        if descending:
            yield from (_task.position.desc(), _task.id.desc())
        return
    key = _keys(query.stale_before)[field]
    # Clients get no date as the first of all days, and no text as an empty one: sorted alike.
    yield key.desc().nulls_last() if descending else key.asc().nulls_first()
    if field == "modified":
        # Clients see whole seconds, which do not order two writes within one.
        yield _task.change.desc() if descending else _task.change


def _keys(stale_before: Instant) -> dict[SortField, ColumnElement[Any]]:
    pin_age = case(
        (_task.pinned.is_(None), literal(0)),
        (_task.pinned < stale_before, literal(2)),
        else_=literal(1),
    )
    return {
        "title": _task.name_key,
        "is_completed": _task.is_completed,
        "id": _task.id,
        "due": _task.due,
        "description": _task.description_key,
        "pin_age": pin_age,
        "location": _task.location,
        "modified": _task.modified,
        "discovered": _task.discovered,
    }
