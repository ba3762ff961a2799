"""Statements on mailboxes."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select

from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession, Transaction
from afterlook.store.tables import Mailbox, table

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
_ANY = select(_mailbox.c.id).limit(1)
_NEWEST = select(func.max(_mailbox.c.id))
_CHANGE = select(_mailbox.c.change).where(_mailbox.c.id == bindparam("of_mailbox"))
_ADD = insert(_mailbox).returning(_mailbox.c.id)


def by_identity(session: ReadSession, tid: str, oid: str) -> MailboxRow | None:
    """Find the mailbox of a user in a tenant."""
    row = session.first(_BY_IDENTITY, {"tid": tid, "oid": oid})
    return None if row is None else MailboxRow._make(row)


def by_upn(session: ReadSession, tid: str, upn: str) -> MailboxRow | None:
    """Find the oldest mailbox of a tenant with a user principal name, lower-case."""
    row = session.first(_BY_UPN, {"tid": tid, "upn": upn})
    return None if row is None else MailboxRow._make(row)


def by_upn_anywhere(session: ReadSession, upn: str) -> MailboxRow | None:
    """Find the oldest mailbox with a user principal name, lower-case, in any tenant."""
    row = session.first(_BY_UPN_ANYWHERE, {"upn": upn})
    return None if row is None else MailboxRow._make(row)


def by_id(session: ReadSession, mailbox_id: int) -> MailboxRow | None:
    """Find a mailbox by its key."""
    row = session.first(_BY_ID, {"id": mailbox_id})
    return None if row is None else MailboxRow._make(row)


def list_newest(session: ReadSession, most: int) -> list[MailboxRow]:
    """List the mailboxes that were made last, the newest first."""
    return [MailboxRow._make(row) for row in session.all(_LATEST, {"most": most})]


def exist(session: ReadSession) -> bool:
    """Tell whether the store holds any mailbox."""
    return session.first(_ANY, {}) is not None


def newest(session: ReadSession) -> int:
    """Return the key of the newest mailbox: none is ever removed, so as many there are."""
    row = session.first(_NEWEST, {})
    return int(row[0] or 0) if row else 0


def change(session: ReadSession, mailbox_id: int) -> int:
    """Return the number of the latest write to a mailbox."""
    row = session.first(_CHANGE, {"of_mailbox": mailbox_id})
    return int(row[0]) if row else 0


def add(session: Transaction, values: dict[str, object]) -> int:
    """Write a new mailbox; return its key. A lost race ends the transaction with an error."""
    row = session.first(_ADD, values)
    return int(row[0]) if row else 0
