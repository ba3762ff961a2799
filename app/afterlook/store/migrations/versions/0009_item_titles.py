"""Folded titles of the tasks in lists, so that they can be asked for and sorted by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from afterlook.store.folding import fold

revision = "0009"
down_revision = "0008"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_KEY = ("mailbox", "list", "id")
_AT_ONE_GO = 5_000


def upgrade() -> None:
    """Add the column and fill it."""
    op.add_column("source_item", sa.Column("title_key", _TEXT))
    item = sa.table("source_item", *(sa.column(name) for name in (*_KEY, "title", "title_key")))
    connection = op.get_bind()
    if connection.dialect.name == "postgresql":
        # Not knowing how many rows there are, it would look through all of them for each.
        op.execute("ANALYZE source_item")
    this = [item.c[name] == sa.bindparam(f"of_{name}") for name in _KEY]
    fill = sa.update(item).where(*this).values(title_key=sa.bindparam("key"))
    rows = connection.execute(sa.select(*(item.c[name] for name in (*_KEY, "title")))).all()
    for start in range(0, len(rows), _AT_ONE_GO):
        connection.execute(
            fill,
            [
                {"of_mailbox": mailbox, "of_list": list_, "of_id": id_, "key": fold(title)}
                for mailbox, list_, id_, title in rows[start : start + _AT_ONE_GO]
            ],
        )
