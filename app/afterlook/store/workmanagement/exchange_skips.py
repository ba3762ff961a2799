"""Statements on the tasks of the mailbox that Exchange sync had to leave out of the list.

They are few, so whether there are any is told without looking through the mailbox.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table
from afterlook.store.workmanagement.exchange_pairs import IS_SYNCHRONISED
from afterlook.store.workmanagement.tables import WorkExchangePair, WorkExchangeSkip

_skip = table(WorkExchangeSkip)
_outlook = table(Task)
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
    select(_outlook.c.id)
    .where(
        _outlook.c.mailbox == _skip.c.mailbox,
        _outlook.c.id == _skip.c.outlook,
        _outlook.c.folder_id == bindparam("folder"),
    )
    .exists()
)
_ANY = select(_skip.c.outlook).where(_in_mailbox, _there, ~_suspended).limit(1)
_ADD = insert(_skip)
_REMOVE = delete(_skip).where(*_this)
_REMOVE_ALL = delete(_skip).where(_in_mailbox)


def has_any(session: ReadSession, mailbox: int, folder: int) -> bool:
    """Tell whether tasks of a folder are left out, but for those whose pair sleeps anyway."""
    return session.first(_ANY, {"of_mailbox": mailbox, "folder": folder}) is not None


def set_skipped(session: WriteSession, outlook: int, *, is_left_out: bool) -> None:
    """Keep in mind whether a task of the mailbox is left out."""
    of = {"of_mailbox": session.mailbox, "of_outlook": outlook}
    if not is_left_out:
        session.execute(_REMOVE, of)
    elif session.first(_GET, of) is None:
        session.execute(_ADD, {"mailbox": session.mailbox, "outlook": outlook})


def remove_all(session: WriteSession) -> None:
    """Forget all of them."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox})
