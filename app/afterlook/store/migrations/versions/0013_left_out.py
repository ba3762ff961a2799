"""Which tasks of the mailbox Exchange sync had to leave out, so that it need not look for them.

It goes through all mailboxes again: to fill that in, and because a job could take a portion that
ended with its text for the last one, and leave out what lay behind it.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Add the table, and begin anew with what was followed in mailboxes."""
    op.create_table(
        "work_exchange_left_out",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), nullable=False),
        sa.Column("outlook", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", "outlook"),
    )
    op.execute("UPDATE work_settings SET exchange_outlook = 0")
