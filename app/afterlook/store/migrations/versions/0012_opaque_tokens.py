"""Mailboxes of opaque tokens in a tenant of their own, which no claim can name.

Their object id is shown in every `@odata.id`; in the home tenant a JWT that named it opened them.
They are known by the names that they were given when they were made, and by their object ids: a
UUID of version 4 each, made of a digest of the token, which is not kept. So a JWT without a `upn`
and a `tid` whose name is "Administrator" keeps its mailbox, unless its own `oid` is random, too:
nothing tells that from an opaque token's.
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Move them."""
    op.execute(
        "UPDATE mailbox SET tid = '5d0c2f2e-6a0b-4c39-8a5e-2f7d90c1b3a4'"
        " WHERE tid = '8d9a3fd5-7a2c-4f0b-9c3e-5b1f4d6e7a80'"
        " AND owner = 'Administrator' AND upn = oid || '@afterlook.example'"
        " AND length(oid) = 36 AND substr(oid, 15, 1) = '4'"
        " AND substr(oid, 20, 1) IN ('8', '9', 'a', 'b')"
    )
