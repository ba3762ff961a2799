"""Lists of tasks that providers have, and the tasks in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "source_list",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("provider", sa.SmallInteger(), nullable=False),
        sa.Column("web", _TEXT, nullable=False),
        sa.Column("web_key", _TEXT, nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("title_key", _TEXT, nullable=False),
        sa.Column("description", _TEXT, nullable=False),
        sa.Column("template", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("seen", sa.BigInteger(), nullable=False),
        sa.Column("location", sa.Integer()),
        sa.Column("next_item", sa.Integer(), nullable=False),
        sa.Column("items", sa.Integer(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("is_down", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("mailbox", "web_key", "title_key", name="source_list_title"),
    )
    op.create_table(
        "source_item",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("list", sa.Integer(), primary_key=True),
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("title", _TEXT, nullable=False),
        sa.Column("body", _TEXT),
        sa.Column("start", sa.BigInteger()),
        sa.Column("due", sa.BigInteger()),
        sa.Column("percent", sa.Double(), nullable=False),
        sa.Column("status", _TEXT, nullable=False),
        sa.Column("priority", _TEXT, nullable=False),
        sa.Column("assigned", _TEXT, nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("predecessors", _TEXT, nullable=False),
        sa.Column("is_workflow", sa.Boolean(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["mailbox", "list"], ["source_list.mailbox", "source_list.id"]),
    )
    op.create_index("source_item_change", "source_item", ["mailbox", "list", "change"])
