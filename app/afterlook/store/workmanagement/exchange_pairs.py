"""Statements on the pairs of Exchange sync: a task of the list, and the same one of the mailbox.

Owns that tasks of the list which are not synchronised yet are looked for by the numbers of their
latest writes, so that a job costs by what has changed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, literal_column, or_, select, update

from afterlook.store.feeds import ChangeEntry
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table
from afterlook.store.workmanagement.rows import WorkPairRow, WorkTaskRow
from afterlook.store.workmanagement.tables import WorkExchangePair, WorkTask
from afterlook.store.workmanagement.task_query import NO_LOCATION

_pair = table(WorkExchangePair)
_list_task = table(WorkTask)
_outlook_task = table(Task)
_columns = [
    _pair.c[name] for name in ("task", "outlook", "task_change", "outlook_change", "base", "gone")
]
"""The columns of a `WorkPairRow`, in its order."""
_list_task_columns = [_list_task.c[name] for name in WorkTaskRow._fields]
_in_mailbox = _pair.c.mailbox == bindparam("of_mailbox")
_on_list = _list_task.c.mailbox == bindparam("of_mailbox")
_of_task = _pair.c.task == bindparam("of_task")

SYNCHRONISED = (_list_task.c.provider == 0, _list_task.c.location == NO_LOCATION)
"""Which tasks of the list are synchronised: the user's own, as long as they are in no location."""

IS_SYNCHRONISED = exists().where(
    _list_task.c.mailbox == _pair.c.mailbox, _list_task.c.id == _pair.c.task, *SYNCHRONISED
)
_BY_LIST_TASK = select(*_columns).where(_in_mailbox, _of_task)
_BY_OUTLOOK_TASK = select(*_columns).where(_in_mailbox, _pair.c.outlook == bindparam("of_outlook"))
# In the words of the index on them: for `gone = 1` SQLite would not use it.
_DELETED_IN_LIST = (
    select(*_columns)
    .where(_in_mailbox, literal_column("gone"))
    .order_by(_pair.c.task)
    .limit(bindparam("limit"))
)
_ORPHANED = select(*_columns).where(
    _in_mailbox,
    ~exists().where(
        _outlook_task.c.mailbox == _pair.c.mailbox, _outlook_task.c.id == _pair.c.outlook
    ),
)
_LIST_TASK = select(_list_task.c.change, *_list_task_columns).where(
    _on_list, _list_task.c.id == bindparam("of_id")
)
_own = (
    select(_list_task.c.change, *_list_task_columns)
    .select_from(
        _list_task.outerjoin(
            _pair, (_pair.c.mailbox == _list_task.c.mailbox) & (_pair.c.task == _list_task.c.id)
        )
    )
    .where(_on_list, *SYNCHRONISED)
)
_UNSYNCHRONISED = (
    _own.where(
        _list_task.c.change >= bindparam("change"),
        or_(_list_task.c.change > bindparam("change"), _list_task.c.id > bindparam("after")),
        or_(_pair.c.task.is_(None), _pair.c.task_change != _list_task.c.change),
    )
    .order_by(_list_task.c.change, _list_task.c.id)
    .limit(bindparam("limit"))
)
_UNPAIRED = _own.where(_pair.c.task.is_(None)).order_by(_list_task.c.id)
_ADD = insert(_pair)
_FORGET_SUSPENDED = delete(_pair).where(_in_mailbox, _of_task, ~IS_SYNCHRONISED)
_MARK_DELETED = update(_pair).where(_in_mailbox, _of_task).values(gone=True)
_REMOVE = delete(_pair).where(_in_mailbox, _of_task)
_REMOVE_ALL = delete(_pair).where(_in_mailbox)


def find_by_list_task(session: ReadSession, task: int) -> WorkPairRow | None:
    """Find the pair of a task of the list."""
    return _row(session.first(_BY_LIST_TASK, {"of_mailbox": session.mailbox.id, "of_task": task}))


def find_by_outlook_task(session: ReadSession, outlook: int) -> WorkPairRow | None:
    """Find the pair of a task of the mailbox."""
    return _row(
        session.first(_BY_OUTLOOK_TASK, {"of_mailbox": session.mailbox.id, "of_outlook": outlook})
    )


def list_deleted_in_list(session: ReadSession, limit: int) -> list[WorkPairRow]:
    """List up to `limit` pairs whose task of the list has been deleted."""
    rows = session.all(_DELETED_IN_LIST, {"of_mailbox": session.mailbox.id, "limit": limit})
    return [WorkPairRow._make(row) for row in rows]


def list_orphaned(session: ReadSession) -> list[WorkPairRow]:
    """List the pairs whose task of the mailbox is not there. It reads all pairs."""
    return [
        WorkPairRow._make(row) for row in session.all(_ORPHANED, {"of_mailbox": session.mailbox.id})
    ]


def add(session: WriteSession, pair: WorkPairRow) -> None:
    """Write a new pair."""
    session.execute(
        _ADD,
        {
            "mailbox": session.mailbox.id,
            **dict(zip((column.name for column in _columns), pair, strict=True)),
        },
    )


def mark_list_task_deleted(session: WriteSession, task: int) -> None:
    """Note on its pair that a task of the list is about to be deleted, for the next job to see.

    While a task is not synchronised its pair is suspended, and a deletion only removes the pair:
    a task whose changes are not carried over is not deleted in the mailbox either.
    """
    of = {"of_mailbox": session.mailbox.id, "of_task": task}
    session.execute(_FORGET_SUSPENDED, of)
    session.execute(_MARK_DELETED, of)


def remove(session: WriteSession, task: int) -> None:
    """Forget the pair of a task of the list."""
    session.execute(_REMOVE, {"of_mailbox": session.mailbox.id, "of_task": task})


def remove_all(session: WriteSession) -> None:
    """Forget all pairs."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox.id})


def get_list_task(session: ReadSession, task: int) -> ChangeEntry[WorkTaskRow] | None:
    """Find a task by its key, with the number of its latest write."""
    row = session.first(_LIST_TASK, {"of_mailbox": session.mailbox.id, "of_id": task})
    return None if row is None else _entry(row)


def list_unsynchronised(
    session: ReadSession, change: int, after: int, limit: int
) -> list[ChangeEntry[WorkTaskRow]]:
    """List up to `limit` of the user's own tasks that no job has written or read as they are now.

    They follow the position of a number and, among those of that number, a key.
    """
    bound = {"of_mailbox": session.mailbox.id, "change": change, "after": after, "limit": limit}
    return [_entry(row) for row in session.all(_UNSYNCHRONISED, bound)]


def list_unpaired(session: ReadSession, names: Collection[str]) -> list[ChangeEntry[WorkTaskRow]]:
    """List the user's own tasks of these names that have no pair. It reads the whole list."""
    statement = _UNPAIRED.where(_list_task.c.name.in_(names))
    return [_entry(row) for row in session.ad_hoc(statement, {"of_mailbox": session.mailbox.id})]


def _row(row: Sequence[Any] | None) -> WorkPairRow | None:
    return None if row is None else WorkPairRow._make(row)


def _entry(row: Sequence[Any]) -> ChangeEntry[WorkTaskRow]:
    task = WorkTaskRow._make(row[1:])
    return ChangeEntry(row[0], task.id, task)
