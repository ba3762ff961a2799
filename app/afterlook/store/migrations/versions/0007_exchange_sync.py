"""What keeps the list of aggregated tasks and the tasks of the mailbox the same."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    """Number the tasks of the list, keep how far both sides were followed, and add the pairs."""
    op.add_column("work_task", _number("change", "0"))
    op.create_index("work_task_change", "work_task", ["mailbox", "change", "id"])
    op.add_column("work_settings", sa.Column("exchange_began", sa.BigInteger()))
    op.add_column("work_settings", _number("exchange_outlook", "0"))
    op.add_column("work_settings", _number("exchange_change", "-1"))
    op.add_column(
        "work_settings",
        sa.Column("exchange_task", sa.Integer(), nullable=False, server_default=sa.text("0")),
    )
    op.create_table(
        "work_exchange_pair",
        sa.Column("mailbox", sa.BigInteger(), sa.ForeignKey("mailbox.id"), primary_key=True),
        sa.Column("task", sa.Integer(), primary_key=True),
        sa.Column("outlook", sa.BigInteger(), nullable=False),
        sa.Column("task_change", sa.BigInteger(), nullable=False),
        sa.Column("outlook_change", sa.BigInteger(), nullable=False),
        sa.Column("base", _TEXT, nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("mailbox", "outlook", name="work_exchange_pair_outlook"),
    )
    op.create_index(
        "work_exchange_pair_gone",
        "work_exchange_pair",
        ["mailbox", "task"],
        sqlite_where=sa.text("gone"),
        postgresql_where=sa.text("gone"),
    )


def _number(name: str, default: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default=sa.text(default))
