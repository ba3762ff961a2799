"""Statements on the tasks of the mailbox that Exchange sync skips, as the list cannot hold them.

They are few, so whether there are any is known without reading through the mailbox.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table
from afterlook.store.workmanagement.exchange_pairs import IS_SYNCHRONISED
from afterlook.store.workmanagement.tables import WorkExchangePair, WorkExchangeSkip

_skip = table(WorkExchangeSkip)
_outlook_task = table(Task)
_pair = table(WorkExchangePair)
_in_mailbox = _skip.c.mailbox == bindparam("of_mailbox")
_this = (_in_mailbox, _skip.c.outlook == bindparam("of_outlook"))

_GET = select(_skip.c.outlook).where(*_this)
_suspended = (
    select(_pair.c.task)
    .where(_pair.c.mailbox == _skip.c.mailbox, _pair.c.outlook == _skip.c.outlook, ~IS_SYNCHRONISED)
    .exists()
)
# Not a join: SQLite would begin with all tasks of the folder.
_there = (
    select(_outlook_task.c.id)
    .where(
        _outlook_task.c.mailbox == _skip.c.mailbox,
        _outlook_task.c.id == _skip.c.outlook,
        _outlook_task.c.folder_id == bindparam("folder"),
    )
    .exists()
)
_ANY = select(_skip.c.outlook).where(_in_mailbox, _there, ~_suspended).limit(1)
_ADD = insert(_skip)
_REMOVE = delete(_skip).where(*_this)
_REMOVE_ALL = delete(_skip).where(_in_mailbox)


def has_any(session: ReadSession, folder: int) -> bool:
    """Tell whether tasks of a folder are skipped, but for those whose pair is suspended anyway."""
    return session.first(_ANY, {"of_mailbox": session.mailbox.id, "folder": folder}) is not None


def set_skipped(session: WriteSession, outlook: int, *, is_skipped: bool) -> None:
    """Note whether a task of the mailbox is skipped."""
    of = {"of_mailbox": session.mailbox.id, "of_outlook": outlook}
    if not is_skipped:
        session.execute(_REMOVE, of)
    elif session.first(_GET, of) is None:
        session.execute(_ADD, {"mailbox": session.mailbox.id, "outlook": outlook})


def remove_all(session: WriteSession) -> None:
    """Forget which tasks were skipped."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox.id})
