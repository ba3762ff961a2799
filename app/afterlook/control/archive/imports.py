"""Putting mailboxes of a document into a store.

Owns what they replace: whoever is the same user, or has the same identifiers.
"""

from __future__ import annotations

from collections.abc import Sequence

from afterlook.control.archive.documents import ParsedMailbox
from afterlook.control.errors import Conflict
from afterlook.store import contents, mailboxes
from afterlook.store.contents import Row
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Transaction


def put(
    transaction: Transaction, read: Sequence[ParsedMailbox], *, may_replace: bool
) -> list[MailboxRow]:
    """Write mailboxes; return them. Raises `Conflict` where one is there that may not go."""
    heads = contents.read_heads(transaction)
    by_user = {(head["tid"], head["oid"]): number for number, head in heads.items()}
    by_guid = {head["guid"]: number for number, head in heads.items()}
    put = []
    for mailbox in read:
        head = mailbox.head
        user = by_user.get((head["tid"], head["oid"]))
        same = by_guid.get(head["guid"])
        replaced = sorted({number for number in (user, same) if number is not None})
        if replaced and not may_replace:
            message = f"there is a mailbox of {head['upn']} already; --replace replaces it"
            raise Conflict(message)
        contents.remove(transaction, replaced)
        number = contents.add_mailbox(
            transaction, _going_on(head, heads.get(same or 0)), user or same
        )
        _write(transaction, number, mailbox)
        found = mailboxes.find_by_id(transaction, number)
        assert found is not None  # noqa: S101
        put.append(found)
    return put


def _going_on(head: Row, same: Row | None) -> Row:
    """Return a mailbox whose counter goes on from where it stood, if it was there."""
    if same is None:
        return head
    return {**head, "change": max(head["change"], same["change"])}


def _write(transaction: Transaction, number: int, mailbox: ParsedMailbox) -> None:
    for name, rows in mailbox.rows.items():
        columns = contents.COLUMNS[name]
        values = ([number, *(row[column] for column in columns)] for row in rows)
        contents.write(transaction, name, values)
