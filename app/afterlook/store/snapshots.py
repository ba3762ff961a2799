"""Statements on snapshots."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import Snapshot, SnapshotPart, table

_PART = 1024 * 1024

_snapshot = table(Snapshot)
_part = table(SnapshotPart)


class SnapshotRow(NamedTuple):
    """A snapshot without what is in it."""

    name: str
    saved: Instant
    revision: str
    mailboxes: int
    tasks: int
    size: int


_columns = [_snapshot.c[name] for name in SnapshotRow._fields]
_this = _snapshot.c.name == bindparam("of_name")
_GET = select(*_columns).where(_this)
_ALL = select(*_columns).order_by(_snapshot.c.saved.desc(), _snapshot.c.name)
_TOTAL = select(func.count(), func.coalesce(func.sum(_snapshot.c.size), 0))
_PARTS = select(_part.c.data).where(_part.c.name == bindparam("of_name")).order_by(_part.c.part)
_ADD = insert(_snapshot)
_ADD_PART = insert(_part)
_REMOVE_PARTS = delete(_part).where(_part.c.name == bindparam("of_name"))
_REMOVE = delete(_snapshot).where(_this)


def get(session: Session, name: str) -> SnapshotRow | None:
    """Find a snapshot by its name."""
    row = session.first(_GET, {"of_name": name})
    return None if row is None else SnapshotRow._make(row)


def list_all(session: Session) -> list[SnapshotRow]:
    """List the snapshots, the latest first."""
    return [SnapshotRow._make(row) for row in session.all(_ALL, {})]


def get_total(session: Session) -> tuple[int, int]:
    """Return how many snapshots there are, and their bytes together."""
    row = session.first(_TOTAL, {})
    return (0, 0) if row is None else (int(row[0]), int(row[1]))


def read(session: Session, name: str) -> bytes:
    """Return what is in a snapshot."""
    return b"".join(bytes(row[0]) for row in session.all(_PARTS, {"of_name": name}))


def add(transaction: Transaction, snapshot: SnapshotRow, content: bytes) -> None:
    """Write a new snapshot."""
    transaction.execute(_ADD, snapshot._asdict())
    for number, start in enumerate(range(0, len(content), _PART)):
        part = {"name": snapshot.name, "part": number, "data": content[start : start + _PART]}
        transaction.execute(_ADD_PART, part)


def remove(transaction: Transaction, name: str) -> bool:
    """Delete a snapshot; tell whether it was there."""
    transaction.execute(_REMOVE_PARTS, {"of_name": name})
    return transaction.execute(_REMOVE, {"of_name": name}) > 0
