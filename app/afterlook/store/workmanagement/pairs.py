"""Statements on pairs: a task of the list, and the task of the mailbox that is the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, delete, exists, insert, literal_column, select, update

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table
from afterlook.store.workmanagement.asked import NOWHERE
from afterlook.store.workmanagement.rows import WorkPairRow
from afterlook.store.workmanagement.tables import WorkExchangePair, WorkTask

_pair = table(WorkExchangePair)
_listed = table(WorkTask)
_outlook = table(Task)
_columns = [_pair.c[name] for name in WorkPairRow._fields]
_in_mailbox = _pair.c.mailbox == bindparam("of_mailbox")
_of_task = _pair.c.task == bindparam("of_task")

AWAKE = (_listed.c.provider == 0, _listed.c.location == NOWHERE)
"""Which tasks of the list the mailbox hears of: the user's own, as long as they lie nowhere."""

IS_AWAKE = exists().where(
    _listed.c.mailbox == _pair.c.mailbox, _listed.c.id == _pair.c.task, *AWAKE
)
_OF_TASK = select(*_columns).where(_in_mailbox, _of_task)
_OF_OUTLOOK = select(*_columns).where(_in_mailbox, _pair.c.outlook == bindparam("of_outlook"))
# In the words of the index on them: for `gone = 1` SQLite would not use it.
_GONE = (
    select(*_columns)
    .where(_in_mailbox, literal_column("gone"))
    .order_by(_pair.c.task)
    .limit(bindparam("limit"))
)
_WIDOWED = select(*_columns).where(
    _in_mailbox,
    ~exists().where(_outlook.c.mailbox == _pair.c.mailbox, _outlook.c.id == _pair.c.outlook),
)
_ADD = insert(_pair)
_FORGET_ASLEEP = delete(_pair).where(_in_mailbox, _of_task, ~IS_AWAKE)
_BEREAVE = update(_pair).where(_in_mailbox, _of_task).values(gone=True)
_REMOVE = delete(_pair).where(_in_mailbox, _of_task)
_REMOVE_ALL = delete(_pair).where(_in_mailbox)


def of_task(session: ReadSession, mailbox: int, task: int) -> WorkPairRow | None:
    """Find the pair of a task of the list."""
    return _row(session.first(_OF_TASK, {"of_mailbox": mailbox, "of_task": task}))


def of_outlook(session: ReadSession, mailbox: int, outlook: int) -> WorkPairRow | None:
    """Find the pair of a task of the mailbox."""
    return _row(session.first(_OF_OUTLOOK, {"of_mailbox": mailbox, "of_outlook": outlook}))


def gone(session: ReadSession, mailbox: int, limit: int) -> list[WorkPairRow]:
    """List up to `limit` pairs whose task of the list has been deleted."""
    rows = session.all(_GONE, {"of_mailbox": mailbox, "limit": limit})
    return [WorkPairRow._make(row) for row in rows]


def widowed(session: ReadSession, mailbox: int) -> list[WorkPairRow]:
    """List the pairs whose task of the mailbox is not there. It reads all pairs."""
    return [WorkPairRow._make(row) for row in session.all(_WIDOWED, {"of_mailbox": mailbox})]


def add(session: WriteSession, pair: WorkPairRow) -> None:
    """Write a new pair."""
    session.execute(_ADD, {"mailbox": session.mailbox, **pair._asdict()})


def bereave(session: WriteSession, task: int) -> None:
    """Keep in mind that a task of the list is about to be deleted.

    One that is not the user's own, or lies in a location, only loses its pair: what is not carried
    over while it lives is not deleted with it either.
    """
    of = {"of_mailbox": session.mailbox, "of_task": task}
    session.execute(_FORGET_ASLEEP, of)
    session.execute(_BEREAVE, of)


def remove(session: WriteSession, task: int) -> None:
    """Forget the pair of a task of the list."""
    session.execute(_REMOVE, {"of_mailbox": session.mailbox, "of_task": task})


def remove_all(session: WriteSession) -> None:
    """Forget all pairs."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox})


def _row(row: Sequence[Any] | None) -> WorkPairRow | None:
    return None if row is None else WorkPairRow._make(row)
