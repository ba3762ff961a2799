"""Extended properties of tasks and task folders."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "extended_property",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("entity", sa.BigInteger(), primary_key=True),
        sa.Column("property_id", _TEXT, primary_key=True),
        sa.Column("is_multi", sa.Boolean(), nullable=False),
        sa.Column("value", _TEXT, nullable=False),
        sa.Column("value_key", _TEXT),
        sa.Column("number", sa.Double()),
    )
    op.create_index(
        "extended_property_value",
        "extended_property",
        ["mailbox", "property_id", "entity"],
    )
