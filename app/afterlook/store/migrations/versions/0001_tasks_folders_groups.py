"""Mailboxes, task groups, task folders, tasks, and the change log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_BIG_KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Create the first schema."""
    op.create_table(
        "mailbox",
        sa.Column("id", _BIG_KEY, primary_key=True),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("replica", sa.String(), nullable=False),
        sa.Column("oid", sa.String(), nullable=False),
        sa.Column("tid", sa.String(), nullable=False),
        sa.Column("upn", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.UniqueConstraint("tid", "oid", name="mailbox_identity"),
        sa.UniqueConstraint("guid", name="mailbox_guid"),
    )
    op.create_index("mailbox_upn", "mailbox", ["upn"])
    op.create_table(
        "task_group",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("group_key", sa.String(), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "task_folder",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("group_id", sa.BigInteger(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["mailbox", "group_id"], ["task_group.mailbox", "task_group.id"]),
        sa.UniqueConstraint("mailbox", "name_key", name="task_folder_name"),
    )
    op.create_index("task_folder_group", "task_folder", ["mailbox", "group_id", "id"])
    op.create_table(
        "task",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("folder_id", sa.BigInteger(), nullable=False),
        sa.Column("change", sa.BigInteger(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("modified", sa.BigInteger(), nullable=False),
        sa.Column("subject", _TEXT),
        sa.Column("body_type", sa.SmallInteger(), nullable=False),
        sa.Column("body", _TEXT, nullable=False),
        sa.Column("categories", _TEXT),
        sa.Column("assigned_to", _TEXT),
        sa.Column("completed", sa.BigInteger()),
        sa.Column("due", sa.BigInteger()),
        sa.Column("start", sa.BigInteger()),
        sa.Column("reminder", sa.BigInteger()),
        sa.Column("is_reminder_on", sa.Boolean(), nullable=False),
        sa.Column("has_attachments", sa.Boolean(), nullable=False),
        sa.Column("importance", sa.SmallInteger(), nullable=False),
        sa.Column("sensitivity", sa.SmallInteger(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=False),
        sa.Column("recurrence", _TEXT),
        sa.ForeignKeyConstraint(
            ["mailbox", "folder_id"], ["task_folder.mailbox", "task_folder.id"]
        ),
    )
    op.create_index("task_by_folder", "task", ["mailbox", "folder_id", "id"])
    op.create_table(
        "change_log",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("entity", sa.BigInteger(), primary_key=True),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
    )
    op.create_index(
        "change_log_position", "change_log", ["mailbox", "scope", "number"], unique=True
    )
