"""Statements on refreshes of a mailbox's list."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select, update

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.rows import WorkRefreshRow
from afterlook.store.workmanagement.tables import WorkRefresh

_refresh = table(WorkRefresh)
_columns = [_refresh.c[name] for name in WorkRefreshRow._fields]
_in_mailbox = _refresh.c.mailbox == bindparam("of_mailbox")

_GET = select(*_columns).where(_in_mailbox, _refresh.c.id == bindparam("of_id"))
_LATEST = select(*_columns).where(_in_mailbox).order_by(_refresh.c.id.desc()).limit(1)
_LATEST_FINISHED = (
    select(*_columns)
    .where(_in_mailbox, _refresh.c.finished.is_not(None))
    .order_by(_refresh.c.id.desc())
    .limit(1)
)
_SINCE = (
    select(*_columns)
    .where(_in_mailbox, _refresh.c.started >= bindparam("since"))
    .order_by(_refresh.c.id.desc())
)
_ADD = insert(_refresh)
_REPLACE = (
    update(_refresh)
    .where(_in_mailbox, _refresh.c.id == bindparam("of_id"))
    .values({name: bindparam(name) for name in WorkRefreshRow._fields if name != "id"})
)
_DELETE_UNTIL = delete(_refresh).where(_in_mailbox, _refresh.c.id <= bindparam("until"))


def get(session: ReadSession, refresh: int) -> WorkRefreshRow | None:
    """Find a refresh by its key."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id, "of_id": refresh})
    return None if row is None else WorkRefreshRow._make(row)


def get_latest(session: ReadSession) -> WorkRefreshRow | None:
    """Find the refresh that began last."""
    row = session.first(_LATEST, {"of_mailbox": session.mailbox.id})
    return None if row is None else WorkRefreshRow._make(row)


def get_latest_finished(session: ReadSession) -> WorkRefreshRow | None:
    """Find the refresh that began last of those that are over."""
    row = session.first(_LATEST_FINISHED, {"of_mailbox": session.mailbox.id})
    return None if row is None else WorkRefreshRow._make(row)


def list_since(session: ReadSession, instant: Instant) -> list[WorkRefreshRow]:
    """List the refreshes that began at an instant or later, the latest first."""
    rows = session.all(_SINCE, {"of_mailbox": session.mailbox.id, "since": instant})
    return [WorkRefreshRow._make(row) for row in rows]


def add(session: WriteSession, refresh: WorkRefreshRow) -> None:
    """Write a new refresh."""
    session.execute(_ADD, {"mailbox": session.mailbox.id, **refresh._asdict()})


def replace(session: WriteSession, refresh: WorkRefreshRow) -> None:
    """Write every column of a refresh anew."""
    values = refresh._asdict()
    del values["id"]
    session.execute(_REPLACE, {"of_mailbox": session.mailbox.id, "of_id": refresh.id, **values})


def delete_until(session: WriteSession, until: int) -> None:
    """Delete the refreshes up to a key."""
    session.execute(_DELETE_UNTIL, {"of_mailbox": session.mailbox.id, "until": until})
