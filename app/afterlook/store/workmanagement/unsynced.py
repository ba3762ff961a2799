"""Tasks of the list that the mailbox has yet to hear of.

Owns finding them by the numbers of their latest writes, so that it costs by what has changed.
Must not know what is done about them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select

from afterlook.store.feeds import Entry
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.pairs import AWAKE
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.tables import WorkExchangePair, WorkTask
from afterlook.store.workmanagement.tasks import COLUMNS

_task = table(WorkTask)
_pair = table(WorkExchangePair)
_in_mailbox = _task.c.mailbox == bindparam("of_mailbox")

_GET = select(_task.c.change, *COLUMNS).where(_in_mailbox, _task.c.id == bindparam("of_id"))
_own = (
    select(_task.c.change, *COLUMNS)
    .select_from(
        _task.outerjoin(_pair, (_pair.c.mailbox == _task.c.mailbox) & (_pair.c.task == _task.c.id))
    )
    .where(_in_mailbox, *AWAKE)
)
_SINCE = (
    _own.where(
        _task.c.change >= bindparam("change"),
        or_(_task.c.change > bindparam("change"), _task.c.id > bindparam("after")),
        or_(_pair.c.task.is_(None), _pair.c.task_change != _task.c.change),
    )
    .order_by(_task.c.change, _task.c.id)
    .limit(bindparam("limit"))
)
_UNPAIRED = _own.where(_pair.c.task.is_(None)).order_by(_task.c.id)


def get(session: ReadSession, mailbox: int, task: int) -> Entry[WorkTaskRow] | None:
    """Find a task by its key, with the number of its latest write."""
    row = session.first(_GET, {"of_mailbox": mailbox, "of_id": task})
    return None if row is None else _entry(row)


def since(
    session: ReadSession, mailbox: int, change: int, after: int, limit: int
) -> list[Entry[WorkTaskRow]]:
    """List up to `limit` of the user's own tasks that no job has written or seen as they are now.

    They follow the position of a number and, among those of that number, a key.
    """
    bound = {"of_mailbox": mailbox, "change": change, "after": after, "limit": limit}
    return [_entry(row) for row in session.all(_SINCE, bound)]


def unpaired(
    session: ReadSession, mailbox: int, names: Collection[str]
) -> list[Entry[WorkTaskRow]]:
    """List the user's own tasks of these names that have no pair. It reads the whole list."""
    named = _UNPAIRED.where(_task.c.name.in_(names))
    return [_entry(row) for row in session.rows(named, {"of_mailbox": mailbox})]


def _entry(row: Sequence[Any]) -> Entry[WorkTaskRow]:
    task = WorkTaskRow._make(row[1:])
    return Entry(row[0], task.id, task)
