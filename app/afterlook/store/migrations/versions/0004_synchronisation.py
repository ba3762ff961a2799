"""What synchronisation needs: a key for each mailbox's tokens, and tombstones that expire."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from afterlook.runtime.ids import RandomIds

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the columns, fill them in, and index the tombstones by their age."""
    op.add_column(
        "mailbox",
        sa.Column("sync_key", sa.String(), nullable=False, server_default=sa.text("''")),
    )
    op.add_column(
        "mailbox",
        sa.Column("forgotten", sa.BigInteger(), nullable=False, server_default=sa.text("0")),
    )
    mailbox = sa.table("mailbox", sa.column("id"), sa.column("sync_key"))
    connection = op.get_bind()
    ids = RandomIds()
    for (key,) in connection.execute(sa.select(mailbox.c.id)).all():
        this = sa.update(mailbox).where(mailbox.c.id == key)
        connection.execute(this.values(sync_key=ids.guid().hex + ids.guid().hex))
    op.create_index(
        "change_log_tombstone",
        "change_log",
        ["mailbox", "at"],
        sqlite_where=sa.text("deleted"),
        postgresql_where=sa.text("deleted"),
    )
