"""Folded text beside what clients compare without case, and an index for open tasks by date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from afterlook.store.folding import fold_or_none

revision = "0002"
down_revision = "0001"

_TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
_FOLDED = {
    "task": ("subject", "assigned_to", "categories"),
    "task_group": ("name",),
}


def upgrade() -> None:
    """Add the columns and fill them."""
    for table, columns in _FOLDED.items():
        for column in columns:
            op.add_column(table, sa.Column(f"{column}_key", _TEXT))
        _fill(table, columns)
    _fill("task_folder", ("name",))
    op.create_index("task_by_status", "task", ["mailbox", "status", "due"])


def _fill(name: str, columns: tuple[str, ...]) -> None:
    keys: list[sa.ColumnClause[int]] = [sa.column("mailbox"), sa.column("id")]
    table = sa.table(
        name,
        *keys,
        *(sa.column(column) for column in columns),
        *(sa.column(f"{column}_key") for column in columns),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table)).mappings().all():
        folded = {f"{column}_key": fold_or_none(row[column]) for column in columns}
        this = [key == row[key.name] for key in keys]
        connection.execute(sa.update(table).where(*this).values(folded))
