"""Attachments of tasks, and their contents in a table of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "attachment",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("task", sa.BigInteger(), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("kind", sa.SmallInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("content_type", _TEXT),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("length", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.BigInteger(), nullable=False),
        sa.Column("is_inline", sa.Boolean(), nullable=False),
        sa.Column("content_id", _TEXT),
        sa.Column("content_location", _TEXT),
        sa.Column("source_url", _TEXT),
        sa.Column("provider_type", sa.SmallInteger()),
        sa.Column("thumbnail_url", _TEXT),
        sa.Column("preview_url", _TEXT),
        sa.Column("permission", sa.SmallInteger()),
        sa.Column("is_folder", sa.Boolean()),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
    )
    op.create_index("attachment_content_of", "attachment", ["mailbox", "content"])
    op.create_table(
        "attachment_content",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("content", sa.BigInteger(), primary_key=True),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
