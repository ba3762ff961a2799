"""Folded titles of the tasks in lists, so that they can be asked for and sorted by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from afterlook.store.folding import fold

revision = "0009"
down_revision = "0008"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = ("mailbox", "list", "id")


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("source_item", sa.Column("title_key", _TEXT))
    item = sa.table("source_item", *(sa.column(name) for name in (*_KEY, "title", "title_key")))
    connection = op.get_bind()
    for row in connection.execute(sa.select(item)).mappings().all():
        this = [item.c[name] == row[name] for name in _KEY]
        connection.execute(sa.update(item).where(*this).values(title_key=fold(row["title"])))
