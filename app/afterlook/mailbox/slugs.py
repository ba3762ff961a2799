"""The names of mailboxes in addresses: `alice` of `/personal/alice/`.

Owns how one is made, and that no two mailboxes have the same. A user known by a name of the own
domain alone is called by it; any other by what is left of their principal name, and the number of
the mailbox: `alice_contoso_com_17`.
"""

from __future__ import annotations

import re

from afterlook.mailbox.identities import OWN_DOMAIN, Identity, key_of
from afterlook.store import mailboxes
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session

MAX_LENGTH = 80
_MAX_NAME = 48

# None that could be another's with a number.
_PLAIN = re.compile(rf"(?!.*_[0-9]+\Z)[a-z0-9][a-z0-9._-]{{0,{_MAX_NAME - 1}}}", re.ASCII)
_NUMBERED = re.compile(r"[a-z0-9_-]{1,64}_(?P<id>[1-9][0-9]{0,14})", re.ASCII)
_OTHER = re.compile(r"[^a-z0-9]+", re.ASCII)


def slug_of(mailbox: MailboxRow) -> str:
    """Return what a mailbox is called in addresses, in lower case."""
    local = mailbox.upn.removesuffix(OWN_DOMAIN)
    by_name_alone = (mailbox.tid, mailbox.oid) == key_of(Identity(mailbox.upn, mailbox.owner))
    if by_name_alone and local != mailbox.upn and _PLAIN.fullmatch(local):
        return local
    name = _OTHER.sub("_", local)[:_MAX_NAME].strip("_") or "user"
    return f"{name}_{mailbox.id}"


def find_by_slug(session: Session, slug: str) -> MailboxRow | None:
    """Find the mailbox that is called so, in any case of letters."""
    slug = slug.lower()
    if len(slug) > MAX_LENGTH:
        return None
    found = None
    if match := _NUMBERED.fullmatch(slug):
        found = mailboxes.find_by_id(session, int(match["id"]))
    elif _PLAIN.fullmatch(slug):
        found = mailboxes.find_by_identity(session, *key_of(Identity(f"{slug}{OWN_DOMAIN}", "")))
    return found if found is not None and slug_of(found) == slug else None


def find_by_name(session: Session, name: str) -> MailboxRow | None:
    """Find a mailbox by its slug, or the oldest by the principal name of its user."""
    name = name.strip().lower()
    return find_by_slug(session, name) or mailboxes.find_by_upn_anywhere(session, name)
