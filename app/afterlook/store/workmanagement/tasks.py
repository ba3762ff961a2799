"""Statements on list tasks, but for queries over all of them."""

from __future__ import annotations

from collections.abc import Iterable

import orjson
from sqlalchemy import bindparam, delete, func, insert, select, update

from afterlook.store.folding import fold, fold_or_none
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement import exchange_pairs
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.tables import WorkTask

GAP = 1 << 16
"""How far apart positions stand, so that a task finds room between two others."""

_task = table(WorkTask)
COLUMNS = [_task.c[name] for name in WorkTaskRow._fields]
_FURTHER = ("name_key", "description_key", "change")
_in_mailbox = _task.c.mailbox == bindparam("of_mailbox")
_this = (_in_mailbox, _task.c.id == bindparam("of_id"))

_GET = select(*COLUMNS).where(*_this)
_BY_PROVIDER_KEY = select(*COLUMNS).where(
    _in_mailbox,
    _task.c.provider == bindparam("provider"),
    _task.c.provider_key == bindparam("key"),
)
_ADD = insert(_task)
_REPLACE = (
    update(_task)
    .where(*_this)
    .values({name: bindparam(name) for name in (*WorkTaskRow._fields, *_FURTHER) if name != "id"})
)
_MOVE = update(_task).where(*_this).values(position=bindparam("position"))
_DELETE = delete(_task).where(*_this)
_TOP = select(func.min(_task.c.position)).where(_in_mailbox)
_NEXT = (
    select(_task.c.position)
    .where(_in_mailbox, _task.c.id != bindparam("of_id"))
    .where(_task.c.position > bindparam("after"))
    .order_by(_task.c.position)
    .limit(1)
)
_rank = func.row_number().over(order_by=(_task.c.position, _task.c.id))
_ranked = select(_task.c.id, _rank.label("rank")).where(_in_mailbox).subquery("ranked")
_RENUMBER = (
    update(_task)
    .where(_in_mailbox, _task.c.id == _ranked.c.id)
    .values(position=_ranked.c.rank * GAP)
)


def get(session: ReadSession, task: int) -> WorkTaskRow | None:
    """Find a task by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": task})
    return None if row is None else WorkTaskRow._make(row)


def find_by_provider_key(session: ReadSession, provider: int, key: str) -> WorkTaskRow | None:
    """Find a task by what its provider knows it by."""
    row = session.first(
        _BY_PROVIDER_KEY, {"of_mailbox": session.mailbox.id, "provider": provider, "key": key}
    )
    return None if row is None else WorkTaskRow._make(row)


def add(session: WriteSession, task: WorkTaskRow) -> None:
    """Write a new task."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **_columns_of(session, task)})


def replace(session: WriteSession, task: WorkTaskRow) -> None:
    """Write every column of a task anew."""
    values = _columns_of(session, task)
    del values["id"]
    session.execute(_REPLACE, {"of_mailbox": session.mailbox.id, "of_id": task.id, **values})


def remove(session: WriteSession, task: int) -> None:
    """Delete a task. If it has a pair in the mailbox, the pair says so from then on."""
    exchange_pairs.mark_list_task_deleted(session, task)
    session.execute(_DELETE, {"of_mailbox": session.mailbox.id, "of_id": task})


def get_top_position(session: ReadSession) -> int:
    """Return a position above every task."""
    row = session.first(_TOP, {"of_mailbox": session.mailbox.id})
    highest = row[0] if row else None
    return GAP if highest is None else int(highest) - GAP


def set_position(session: WriteSession, task: int, position: int) -> None:
    """Put a task at a position."""
    values = {"of_mailbox": session.mailbox.id, "of_id": task, "position": position}
    session.execute(_MOVE, values)


def get_position_below(session: ReadSession, position: int, but: int) -> int | None:
    """Return the first position below one, of a task other than `but`; None at the bottom."""
    row = session.first(_NEXT, {"of_mailbox": session.mailbox.id, "of_id": but, "after": position})
    return None if row is None else int(row[0])


def renumber(session: WriteSession) -> None:
    """Set the positions of all tasks apart again, in their order."""
    session.execute(_RENUMBER, {"of_mailbox": session.mailbox.id})


def _columns_of(session: WriteSession, task: WorkTaskRow) -> dict[str, object]:
    return {
        **task._asdict(),
        "name_key": fold(task.name),
        "description_key": fold_or_none(task.description),
        "change": session.change_number,
    }


def attribute_line(attribute: str) -> str:
    """Return how an attribute begins its line: nothing else can begin so."""
    return f"\n{orjson.dumps(attribute).decode()}"


def encode_attributes(attributes: Iterable[str]) -> str:
    """Return attributes as their text."""
    return "[" + ",".join(attribute_line(name) for name in attributes) + "\n]"


NO_ATTRIBUTES = encode_attributes(())
"""The attributes of most tasks."""


def decode_attributes(attributes: str) -> list[str]:
    """Return attributes from their text."""
    if attributes == NO_ATTRIBUTES:
        return []
    names: list[str] = orjson.loads(attributes)
    return names
