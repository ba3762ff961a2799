"""What jobs are due, in any mailbox, and which process may do them.

Owns finding them by what mailboxes hold, so that nothing is lost with a process, and the lease that
one process holds.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, delete, insert, literal_column, or_, select, update

from afterlook.runtime.instants import Instant
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import Mailbox, table
from afterlook.store.workmanagement.tables import WorkLease, WorkRefresh, WorkSettings

_mailbox = table(Mailbox)
_refresh = table(WorkRefresh)
_settings = table(WorkSettings)
_lease = table(WorkLease)
_columns = [_mailbox.c[name] for name in MailboxRow._fields]
_named = _lease.c.name == bindparam("of_name")

# In the words of the indexes: with parameters neither engine would use them.
_DUE_REFRESHES = (
    select(_refresh.c.id, *_columns)
    .join(_mailbox, _mailbox.c.id == _refresh.c.mailbox)
    .where(literal_column("work_refresh.state = 1"))
    .order_by(_refresh.c.mailbox, _refresh.c.id)
)
_DUE_SYNCS = (
    select(*_columns)
    .join(_settings, _mailbox.c.id == _settings.c.mailbox)
    .where(
        literal_column("work_settings.is_exchange_on"),
        or_(
            _mailbox.c.change > _settings.c.exchange_outlook,
            _mailbox.c.change > _settings.c.exchange_change,
        ),
        or_(
            _settings.c.exchange_began.is_(None),
            _settings.c.exchange_began <= bindparam("dead"),
            _settings.c.exchange_began > bindparam("now"),
        ),
        or_(
            _settings.c.exchange_began.is_not(None),
            _settings.c.exchange_ended.is_(None),
            _settings.c.exchange_ended <= bindparam("ended"),
            _settings.c.exchange_ended > bindparam("now"),
        ),
    )
    .order_by(_settings.c.mailbox)
)
_GET_LEASE = select(_lease.c.owner, _lease.c.until).where(_named)
_ADD_LEASE = insert(_lease)
_TAKE_LEASE = (
    update(_lease)
    .where(
        _named,
        or_(
            _lease.c.owner == bindparam("new_owner"),
            _lease.c.until <= bindparam("now"),
            _lease.c.until > bindparam("latest"),
        ),
    )
    .values(owner=bindparam("new_owner"), until=bindparam("new_until"))
)
_GIVE_LEASE_BACK = delete(_lease).where(_named, _lease.c.owner == bindparam("of_owner"))


class DueRefresh(NamedTuple):
    """A refresh that is under way."""

    id: int
    mailbox: MailboxRow


def list_due_refreshes(session: Session) -> list[DueRefresh]:
    """List the refreshes that are under way."""
    rows = session.all(_DUE_REFRESHES, {})
    return [DueRefresh(row[0], MailboxRow._make(row[1:])) for row in rows]


def list_due_syncs(
    session: Session, now: Instant, dead: Instant, ended: Instant
) -> list[MailboxRow]:
    """List the mailboxes that have been written to since Exchange sync last looked.

    Not those whose job did a portion after `dead`, or ended after `ended`. What is later than
    `now` is of a clock that was set back.
    """
    rows = session.all(_DUE_SYNCS, {"now": now, "dead": dead, "ended": ended})
    return [MailboxRow._make(row) for row in rows]


def is_lease_free(session: Session, name: str, owner: str, now: Instant, latest: Instant) -> bool:
    """Tell whether an owner may take a lease: its own, one that has run out, or one of nobody."""
    row = session.first(_GET_LEASE, {"of_name": name})
    return row is None or row[0] == owner or not now < row[1] <= latest


def take_lease(session: Transaction, name: str, owner: str, until: Instant, now: Instant) -> bool:
    """Take a lease, or hold on to it; tell whether it is the owner's now.

    One that would last longer than this one is of a clock that was set back.
    """
    this = {"of_name": name, "new_owner": owner, "now": now, "latest": until, "new_until": until}
    if session.execute(_TAKE_LEASE, this):
        return True
    if session.first(_GET_LEASE, {"of_name": name}) is not None:
        return False
    session.execute(_ADD_LEASE, {"name": name, "owner": owner, "until": until})
    return True


def give_lease_back(session: Transaction, name: str, owner: str) -> None:
    """Give a lease back, if it is still the owner's."""
    session.execute(_GIVE_LEASE_BACK, {"of_name": name, "of_owner": owner})
