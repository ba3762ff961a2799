"""What jobs need that go on by themselves: a lease for one process, and indexes to find them by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_PENDING = sa.text("state = 1")
_ON = sa.text("is_exchange_on")


def upgrade() -> None:
    """Add the table and the indexes."""
    op.create_table(
        "work_lease",
        sa.Column("name", sa.String(), primary_key=True),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
    )
    op.create_index(
        "work_refresh_pending",
        "work_refresh",
        ["mailbox", "id"],
        sqlite_where=_PENDING,
        postgresql_where=_PENDING,
    )
    op.create_index(
        "work_settings_exchange",
        "work_settings",
        ["mailbox"],
        sqlite_where=_ON,
        postgresql_where=_ON,
    )
