"""Statements on the tasks of the mailbox that Exchange sync had to leave out of the list.

They are few, so whether there are any is told without looking through the mailbox.
"""

from __future__ import annotations

from sqlalchemy import bindparam, delete, insert, select

from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table
from afterlook.store.workmanagement.pairs import IS_AWAKE
from afterlook.store.workmanagement.tables import WorkExchangeLeftOut, WorkExchangePair

_left_out = table(WorkExchangeLeftOut)
_outlook = table(Task)
_pair = table(WorkExchangePair)
_in_mailbox = _left_out.c.mailbox == bindparam("of_mailbox")
_this = (_in_mailbox, _left_out.c.outlook == bindparam("of_outlook"))

_GET = select(_left_out.c.outlook).where(*_this)
_asleep = (
    select(_pair.c.task)
    .where(
        _pair.c.mailbox == _left_out.c.mailbox, _pair.c.outlook == _left_out.c.outlook, ~IS_AWAKE
    )
    .exists()
)
# Not a join: SQLite would begin with all tasks of the folder.
_there = (
    select(_outlook.c.id)
    .where(
        _outlook.c.mailbox == _left_out.c.mailbox,
        _outlook.c.id == _left_out.c.outlook,
        _outlook.c.folder_id == bindparam("folder"),
    )
    .exists()
)
_ANY = select(_left_out.c.outlook).where(_in_mailbox, _there, ~_asleep).limit(1)
_ADD = insert(_left_out)
_REMOVE = delete(_left_out).where(*_this)
_REMOVE_ALL = delete(_left_out).where(_in_mailbox)


def has_any(session: ReadSession, mailbox: int, folder: int) -> bool:
    """Tell whether tasks of a folder are left out, but for those whose pair sleeps anyway."""
    return session.first(_ANY, {"of_mailbox": mailbox, "folder": folder}) is not None


def note(session: WriteSession, outlook: int, *, is_left_out: bool) -> None:
    """Keep in mind whether a task of the mailbox is left out."""
    of = {"of_mailbox": session.mailbox, "of_outlook": outlook}
    if not is_left_out:
        session.execute(_REMOVE, of)
    elif session.first(_GET, of) is None:
        session.execute(_ADD, {"mailbox": session.mailbox, "outlook": outlook})


def remove_all(session: WriteSession) -> None:
    """Forget all of them."""
    session.execute(_REMOVE_ALL, {"of_mailbox": session.mailbox})
