"""Statements on the places that list tasks come from."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.rows import WorkLocationRow
from afterlook.store.workmanagement.tables import WorkLocation

_location = table(WorkLocation)
_columns = [_location.c[name] for name in WorkLocationRow._fields]
_in_mailbox = _location.c.mailbox == bindparam("of_mailbox")
_this = (_in_mailbox, _location.c.id == bindparam("of_id"))

_ALL = select(*_columns).where(_in_mailbox).order_by(_location.c.id)
_GET = select(*_columns).where(*_this)
_ADD = insert(_location)
_REPLACE = (
    update(_location)
    .where(*_this)
    .values({name: bindparam(name) for name in WorkLocationRow._fields if name != "id"})
)


def list_locations(session: ReadSession) -> list[WorkLocationRow]:
    """List the locations of a mailbox, oldest first."""
    return [
        WorkLocationRow._make(row) for row in session.all(_ALL, {"of_mailbox": session.mailbox.id})
    ]


def get(session: ReadSession, location: int) -> WorkLocationRow | None:
    """Find a location by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": location})
    return None if row is None else WorkLocationRow._make(row)


def add(session: WriteSession, location: WorkLocationRow) -> None:
    """Write a new location."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **location._asdict()})


def replace(session: WriteSession, location: WorkLocationRow) -> None:
    """Write every column of a location anew."""
    values = location._asdict()
    del values["id"]
    session.execute(_REPLACE, {"of_mailbox": session.mailbox.id, "of_id": location.id, **values})
