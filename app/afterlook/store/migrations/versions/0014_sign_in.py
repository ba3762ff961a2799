"""Signing in: the key that signs tokens, and the codes that are exchanged for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add both tables."""
    op.create_table(
        "signing_key",
        sa.Column("id", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("kid", sa.String(), nullable=False),
        sa.Column("pem", sa.String(), nullable=False),
        sa.Column("created", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "sign_in_code",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("user_code", sa.String(), nullable=True),
        sa.Column("state", sa.SmallInteger(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("expires", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("sign_in_code_user", "sign_in_code", ["user_code"])
    op.create_index("sign_in_code_expires", "sign_in_code", ["expires"])
