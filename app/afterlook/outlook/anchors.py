"""`x-AnchorMailbox`: a hint which mailbox a request is for (Microsoft's blog, January 2018).

Owns which hints are right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from afterlook.errors import IncorrectRoutingHint
from afterlook.mailbox.identities import OWN_DOMAIN, Identity, is_named

if TYPE_CHECKING:
    from afterlook.store.rows import MailboxRow

_MAX_SHOWN = 320
_KINDS = ("smtp:", "upn:", "oid:", "mbx:")


def expect_anchor(anchor: str, mailbox: MailboxRow, claimed: Identity) -> None:
    """Refuse a hint that names another mailbox. Raises `IncorrectRoutingHint`.

    It may be the user's address or id, by the mailbox or by what their token has `claimed`, or the
    mailbox's GUID. The address of a user whose token names none is not known here, so that no
    address is wrong there.
    """
    hint = anchor.strip().strip('"').lower()
    for kind in _KINDS:
        hint = hint.removeprefix(kind)
    ids = (f"{mailbox.oid}@{mailbox.tid}", mailbox.oid, mailbox.guid)
    if hint in (mailbox.upn, *ids, f"{mailbox.guid}@{mailbox.tid}"):
        return
    if hint == claimed.oid or is_named(claimed, hint):
        return
    is_unknown = mailbox.upn == f"{mailbox.oid}{OWN_DOMAIN}"
    if not (is_unknown and "@" in hint.strip("@") and not hint.endswith(OWN_DOMAIN)):
        raise IncorrectRoutingHint(hint=anchor[:_MAX_SHOWN])
