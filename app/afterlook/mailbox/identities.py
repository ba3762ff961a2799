"""Mailboxes by the identity of their user, made on first use.

Owns what a new mailbox holds: the default group and the default folder.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from afterlook.store import changes, folders, groups, mailboxes
from afterlook.store.rows import FolderRow, GroupRow, MailboxRow
from afterlook.store.sessions import Session, Transaction, WriteSession

DEFAULT_GROUP = 0x111
DEFAULT_FOLDER = 0x112
DEFAULT_GROUP_KEY = "0006f0b7-0000-0000-c000-000000000046"
"""The GroupKey of the default group in every mailbox (docs/reference/outlook.md §1.3)."""

HOME_TENANT = "8d9a3fd5-7a2c-4f0b-9c3e-5b1f4d6e7a80"
"""The tenant of users whose token names none."""

OPAQUE_TENANT = "5d0c2f2e-6a0b-4c39-8a5e-2f7d90c1b3a4"
"""The tenant of users known by an opaque token alone.

No claim may name it: the object id there comes from a secret, and every `@odata.id` shows it.
"""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a user is: object id and tenant id (GUIDs), or the user principal name alone."""

    upn: str
    owner: str
    oid: str | None = None
    tid: str = HOME_TENANT


def _oid_of(upn: str) -> str:
    """Return the object id of a user known by name alone."""
    return str(uuid5(UUID(HOME_TENANT), upn))


OWN_DOMAIN = "@afterlook.example"
"""Of the principal names of users whose tokens name none."""

_DEMO_UPN = "demo@afterlook.example"
DEMO = Identity(upn=_DEMO_UPN, owner="Demo User", oid=_oid_of(_DEMO_UPN))
"""The user that a call without a token is made for."""


def key_of(identity: Identity) -> tuple[str, str]:
    """Return tenant and object id by which a mailbox is kept."""
    return identity.tid, identity.oid or _oid_of(identity.upn.lower())


def find(session: Session, identity: Identity) -> MailboxRow | None:
    """Find the mailbox of a user: by object id where there is one, else by name, in their tenant.

    A mailbox that was made for a name alone is that of an object id with this name; where no
    tenant was named either, it is that of any tenant's user with this name.
    """
    upn, tid, oid = identity.upn.lower(), identity.tid, identity.oid
    named = None if oid else mailboxes.find_by_upn(session, tid, upn)
    known = named or mailboxes.find_by_identity(session, tid, oid or _oid_of(upn))
    if known is not None:
        return known
    in_tenants = (mailboxes.find_by_upn(session, each, upn) for each in (tid, HOME_TENANT))
    return next((row for row in in_tenants if row is not None and row.oid == _oid_of(upn)), None)


def find_named(session: Session, tid: str, name: str) -> MailboxRow | None:
    """Find a mailbox of a tenant by a name in lower case: UPN, object id, or `oid@tid`."""
    oid = name.removesuffix(f"@{tid}")
    by_name = mailboxes.find_by_upn(session, tid, name)
    return by_name or mailboxes.find_by_identity(session, tid, oid)


def is_named(identity: Identity, name: str) -> bool:
    """Tell whether a name, in any case, is one of the user's own: `oid@tid` or the UPN."""
    return name.lower() in (identity.upn.lower(), f"{identity.oid}@{identity.tid}")


def create_mailbox(
    transaction: Transaction, identity: Identity, mailbox_id: int | None = None
) -> MailboxRow:
    """Make the mailbox of a user who has none yet, under `mailbox_id` or the next number."""
    upn, (tid, oid) = identity.upn.lower(), key_of(identity)
    key: dict[str, object] = {} if mailbox_id is None else {"id": mailbox_id}
    mailbox = mailboxes.add(
        transaction,
        {
            **key,
            "guid": str(transaction.guid()),
            "replica": str(transaction.guid()),
            "oid": oid,
            "tid": tid,
            "upn": upn,
            "owner": identity.owner,
            # The first two writes, below, have the numbers that are the ids of what they create.
            "change": DEFAULT_GROUP - 1,
            "created": transaction.now,
            "sync_key": transaction.guid().hex + transaction.guid().hex,
            "forgotten": 0,
        },
    )
    _add_default_group(transaction.begin_write(mailbox))
    _add_default_folder(transaction.begin_write(mailbox))
    return mailbox


def _add_default_group(session: WriteSession) -> None:
    group = GroupRow(DEFAULT_GROUP, DEFAULT_GROUP, "My Tasks", DEFAULT_GROUP_KEY, is_default=True)
    groups.add(session, group)
    changes.log_created(session, changes.GROUPS, group.id)


def _add_default_folder(session: WriteSession) -> None:
    folder = FolderRow(
        id=DEFAULT_FOLDER,
        change=DEFAULT_FOLDER,
        group_id=DEFAULT_GROUP,
        name="Tasks",
        is_default=True,
        parent_group_key=DEFAULT_GROUP_KEY,
    )
    folders.add(session, folder)
    changes.log_created(session, changes.FOLDERS, folder.id)
