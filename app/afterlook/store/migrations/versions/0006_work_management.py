"""The list of aggregated tasks, its locations, its settings and its refreshes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "work_task",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.Column("description", _TEXT),
        sa.Column("description_key", _TEXT),
        sa.Column("start", sa.BigInteger()),
        sa.Column("due", sa.BigInteger()),
        sa.Column("is_completed", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.BigInteger()),
        sa.Column("location", sa.Integer(), nullable=False),
        sa.Column("edit_url", _TEXT),
        sa.Column("is_read_only", sa.Boolean(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("discovered", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("provider", sa.SmallInteger(), nullable=False),
        sa.Column("provider_key", _TEXT),
        sa.Column("custom_data", _TEXT),
        sa.Column("attributes", _TEXT, nullable=False),
        sa.UniqueConstraint("mailbox", "provider", "provider_key", name="work_task_source"),
    )
    op.create_index("work_task_order", "work_task", ["mailbox", "position", "id"])
    op.create_index("work_task_active", "work_task", ["mailbox", "is_completed", "due"])
    op.create_table(
        "work_location",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("provider", sa.SmallInteger(), nullable=False),
        sa.Column("url", _TEXT),
        sa.Column("color", _TEXT),
        sa.Column("active", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "work_settings",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("settings", _TEXT, nullable=False),
        sa.Column("persisted", _TEXT, nullable=False),
        sa.Column("next_task", sa.Integer(), nullable=False),
        sa.Column("next_location", sa.Integer(), nullable=False),
        sa.Column("next_refresh", sa.Integer(), nullable=False),
        sa.Column("is_exchange_on", sa.Boolean(), nullable=False),
        sa.Column("exchange_ended", sa.BigInteger()),
        sa.Column("exchange_result", sa.SmallInteger(), nullable=False),
    )
    op.create_table(
        "work_refresh",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("started", sa.BigInteger(), nullable=False),
        sa.Column("finished", sa.BigInteger()),
        sa.Column("new_tasks", sa.Integer(), nullable=False),
        sa.Column("correlation", _TEXT, nullable=False),
        sa.Column("changes", _TEXT, nullable=False),
        sa.Column("providers", _TEXT, nullable=False),
    )
