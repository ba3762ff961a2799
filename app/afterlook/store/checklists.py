"""Steps of tasks in the store."""

from __future__ import annotations

from sqlalchemy import bindparam, update

from afterlook.store.parts import TaskParts
from afterlook.store.rows import ChecklistItemRow
from afterlook.store.sessions import WriteSession
from afterlook.store.tables import ChecklistItem, table

_item = table(ChecklistItem)
_UNCHECK_ALL = (
    update(_item)
    .where(
        _item.c.mailbox == bindparam("of_mailbox"),
        _item.c.task == bindparam("of_task"),
        _item.c.checked.is_not(None),
    )
    .values(checked=None)
)

CHECKLIST_ITEMS = TaskParts(_item, ChecklistItemRow, {"is_checked": _item.c.checked.is_not(None)})
"""All statements on them but one."""


def uncheck_all(session: WriteSession, task_id: int) -> None:
    """Write that none of the steps of a task is done."""
    session.execute(_UNCHECK_ALL, {"of_mailbox": session.mailbox.id, "of_task": task_id})
