"""Statements on what a user has set, and on the counters of a mailbox's list.

A mailbox has its row from the first write on; until then it has the defaults.
"""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import bindparam, insert, select, update

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import table
from afterlook.store.workmanagement.rows import WorkSettingsRow
from afterlook.store.workmanagement.tables import WorkSettings

Counter = Literal["next_task", "next_location", "next_refresh"]

_settings = table(WorkSettings)
_in_mailbox = _settings.c.mailbox == bindparam("of_mailbox")

_GET = select(*(_settings.c[name] for name in WorkSettingsRow._fields)).where(_in_mailbox)
_ADD = insert(_settings)
_REPLACE = (
    update(_settings)
    .where(_in_mailbox)
    .values({name: bindparam(name) for name in WorkSettingsRow._fields})
)


def get(session: ReadSession) -> WorkSettingsRow:
    """Return what a user has set."""
    row = session.first(_GET, {"of_mailbox": session.mailbox.id})
    return WorkSettingsRow() if row is None else WorkSettingsRow._make(row)


def put(session: WriteSession, settings: WorkSettingsRow) -> None:
    """Write what a user has set."""
    values = settings._asdict()
    if not session.execute(_REPLACE, {"of_mailbox": session.mailbox.id, **values}):
        session.execute(_ADD, {"mailbox": session.mailbox.id, **values})


def advance_counter(session: WriteSession, counter: Counter) -> int:
    """Return the next number of a counter, which it then never returns again."""
    stored = get(session)
    number: int = getattr(stored, counter)
    following: dict[str, Any] = {counter: number + 1}
    put(session, stored._replace(**following))
    return number
