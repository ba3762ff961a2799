"""Statements on mailboxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import bindparam, func, insert, select

from afterlook.errors import StoreUnavailable
from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, Session, Transaction
from afterlook.store.tables import Attachment, Mailbox, Task, TaskFolder, table

_mailbox = table(Mailbox)
_columns = [_mailbox.c[name] for name in MailboxRow._fields]

_BY_IDENTITY = select(*_columns).where(
    _mailbox.c.tid == bindparam("tid"), _mailbox.c.oid == bindparam("oid")
)
_BY_UPN = (
    select(*_columns)
    .where(_mailbox.c.upn == bindparam("upn"), _mailbox.c.tid == bindparam("tid"))
    .order_by(_mailbox.c.id)
)
_BY_UPN_ANYWHERE = (
    select(*_columns).where(_mailbox.c.upn == bindparam("upn")).order_by(_mailbox.c.id)
)
_BY_ID = select(*_columns).where(_mailbox.c.id == bindparam("id"))
_LATEST = select(*_columns).order_by(_mailbox.c.id.desc()).limit(bindparam("most"))
_counts = [
    select(func.count())
    .where(counted.c.mailbox == _mailbox.c.id)
    .correlate(_mailbox)
    .scalar_subquery()
    for counted in (table(TaskFolder), table(Task), table(Attachment))
]
_SUMMARIES = (
    select(_mailbox.c.created, *_counts, *_columns)
    .order_by(_mailbox.c.id.desc())
    .limit(bindparam("most"))
)
_SUMMARY = select(_mailbox.c.created, *_counts, *_columns).where(
    _mailbox.c.id == bindparam("of_mailbox")
)
_PROGRESS = select(func.max(_mailbox.c.id), func.sum(_mailbox.c.change))
_COUNT = select(func.count()).select_from(_mailbox)
_ANY = select(_mailbox.c.id).limit(1)
_CHANGE = select(_mailbox.c.change).where(_mailbox.c.id == bindparam("of_mailbox"))
_ADD = insert(_mailbox).returning(*_columns)


class MailboxSummary(NamedTuple):
    """A mailbox, when it was made, and how much is in it."""

    mailbox: MailboxRow
    created: Instant
    folders: int
    tasks: int
    attachments: int


def list_summaries(session: Session, most: int) -> list[MailboxSummary]:
    """List the mailboxes that were made last, the newest first, with what is in them."""
    return [_summary(row) for row in session.all(_SUMMARIES, {"most": most})]


def summarize(session: Session, mailbox: MailboxRow) -> MailboxSummary | None:
    """Return what is in a mailbox, if it is still there."""
    row = session.first(_SUMMARY, {"of_mailbox": mailbox.id})
    return None if row is None else _summary(row)


def _summary(row: Sequence[Any]) -> MailboxSummary:
    created, folders, tasks, attachments, *rest = row
    return MailboxSummary(MailboxRow._make(rest), Instant(created), folders, tasks, attachments)


def count(session: Session) -> int:
    """Count the mailboxes."""
    row = session.first(_COUNT, {})
    return int(row[0]) if row else 0


def get_progress(session: Session) -> str:
    """Return how far a store has come: each write makes it another."""
    row = session.first(_PROGRESS, {}) or (None, None)
    return f"{row[0] or 0} {row[1] or 0}"


def find_by_identity(session: Session, tid: str, oid: str) -> MailboxRow | None:
    """Find the mailbox of a user in a tenant."""
    row = session.first(_BY_IDENTITY, {"tid": tid, "oid": oid})
    return None if row is None else MailboxRow._make(row)


def find_by_upn(session: Session, tid: str, upn: str) -> MailboxRow | None:
    """Find the oldest mailbox of a tenant with a user principal name, lower-case."""
    row = session.first(_BY_UPN, {"tid": tid, "upn": upn})
    return None if row is None else MailboxRow._make(row)


def find_by_upn_anywhere(session: Session, upn: str) -> MailboxRow | None:
    """Find the oldest mailbox with a user principal name, lower-case, in any tenant."""
    row = session.first(_BY_UPN_ANYWHERE, {"upn": upn})
    return None if row is None else MailboxRow._make(row)


def find_by_id(session: Session, mailbox_id: int) -> MailboxRow | None:
    """Find a mailbox by its key."""
    row = session.first(_BY_ID, {"id": mailbox_id})
    return None if row is None else MailboxRow._make(row)


def list_newest(session: Session, most: int) -> list[MailboxRow]:
    """List the mailboxes that were made last, the newest first."""
    return [MailboxRow._make(row) for row in session.all(_LATEST, {"most": most})]


def has_any(session: Session) -> bool:
    """Tell whether the store holds any mailbox."""
    return session.first(_ANY, {}) is not None


def get_change_number(session: ReadSession) -> int:
    """Return the number of the latest write to the mailbox."""
    row = session.first(_CHANGE, {"of_mailbox": session.mailbox.id})
    return int(row[0]) if row else 0


def add(session: Transaction, values: dict[str, object]) -> MailboxRow:
    """Write a new mailbox; return it. A lost race ends the transaction with an error."""
    row = session.first(_ADD, values)
    if row is None:
        raise StoreUnavailable
    return MailboxRow._make(row)
