"""The report: what becomes of the calls, and what of the mailboxes would be lost.

Owns its members, which `docs/migration.md` lists.
"""

from __future__ import annotations

from typing import Any

from afterlook.mailbox.slugs import find_by_name
from afterlook.migration.calls import Calls
from afterlook.migration.losses import Found
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session

MAX_MAILBOXES = 1000
"""Mailboxes that are looked into, the newest ones."""

Report = dict[str, Any]


class NoSuchMailboxError(LookupError):
    """Nobody has a mailbox of that name; the text says so."""


def choose(session: Session, name: str | None) -> list[MailboxRow]:
    """Return the mailbox of a name, or the newest ones. Raises `NoSuchMailboxError`."""
    if name is None:
        return mailboxes.list_newest(session, MAX_MAILBOXES)
    named = find_by_name(session, name)
    if named is None:
        message = f"there is no mailbox '{name}'"
        raise NoSuchMailboxError(message)
    return [named]


def look_into(session: Session, name: str | None, examples: int) -> Found:
    """Look into the mailboxes that a name chooses, at once. Raises `NoSuchMailboxError`."""
    found = Found(examples)
    for mailbox in choose(session, name):
        found.count(session.bind(mailbox))
        found.name(session.bind(mailbox))
    return found


def write(found: Found, calls: Calls | None) -> Report:
    """Write the report; without `calls` there was no journal."""
    names = ("mailboxes", "groups", "folders", "tasks")
    return {
        "lossless": found.is_lossless and (calls is None or calls.is_lossless),
        **{name: found.counts[name] for name in names},
        "losses": found.describe(),
        "journal": calls is not None,
        "calls": [] if calls is None else calls.describe(),
        "seen": 0 if calls is None else calls.seen,
        "new": 0 if calls is None else calls.new,
        "unknown": 0 if calls is None else calls.unknown,
    }
