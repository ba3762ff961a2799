"""Steps, linked resources and open extensions, and attachments on their way.

Each task says which kinds of parts it has.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_LINKED = ("web_url", "application_name", "display_name", "external_id")


def upgrade() -> None:
    """Add the tables, and the column that says what a task has of them."""
    op.add_column(
        "task", sa.Column("parts", sa.SmallInteger(), nullable=False, server_default=sa.text("0"))
    )
    op.create_table(
        "checklist_item",
        *_key_of_part(),
        sa.Column("display_name", _TEXT),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.Column("checked", sa.BigInteger()),
        sa.Column("display_name_key", _TEXT),
        *_constraints_of_part("checklist_item_guid"),
    )
    op.create_table(
        "linked_resource",
        *_key_of_part(),
        *(sa.Column(name, _TEXT) for name in _LINKED),
        *(sa.Column(f"{name}_key", _TEXT) for name in _LINKED),
        *_constraints_of_part("linked_resource_guid"),
    )
    op.create_table(
        "open_extension",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("entity", sa.BigInteger(), primary_key=True),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("content", _TEXT, nullable=False),
        sa.Column("name_key", _TEXT, primary_key=True),
    )
    op.create_index("open_extension_name", "open_extension", ["mailbox", "name_key", "entity"])
    op.create_table(
        "upload_session",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("task", sa.BigInteger(), nullable=False),
        sa.Column("guid", sa.String(), nullable=False),
        sa.Column("name", _TEXT, nullable=False),
        sa.Column("content_type", _TEXT),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        *_constraints_of_part("upload_session_guid"),
    )
    op.create_table(
        "upload_session_part",
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("session", sa.BigInteger(), primary_key=True),
        sa.Column("part", sa.Integer(), primary_key=True),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mailbox", "session"], ["upload_session.mailbox", "upload_session.id"]
        ),
    )


def _key_of_part() -> list[sa.Column[object]]:
    return [
        sa.Column("mailbox", sa.BigInteger(), primary_key=True),
        sa.Column("task", sa.BigInteger(), primary_key=True),
        sa.Column("id", sa.BigInteger(), primary_key=True),
        sa.Column("guid", sa.String(), nullable=False),
    ]


def _constraints_of_part(name: str) -> list[sa.Constraint]:
    return [
        sa.ForeignKeyConstraint(["mailbox", "task"], ["task.mailbox", "task.id"]),
        sa.UniqueConstraint("mailbox", "task", "guid", name=name),
    ]
