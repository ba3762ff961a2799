"""Statements on the parts of tasks: steps and linked resources, which are kept alike.

Owns which kinds of parts there are, and how one is found: by its task and its GUID.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntFlag
from typing import Generic, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Table, bindparam, delete, func, insert, select, update

from afterlook.odata.filter.tree import Expression
from afterlook.store.filters import Columns
from afterlook.store.folding import fold_or_none
from afterlook.store.pages import Listing, Page, asked_columns, length_of_texts
from afterlook.store.rows import ChecklistItemRow, LinkedResourceRow
from afterlook.store.sessions import ReadSession, WriteSession
from afterlook.store.tables import Task, table

Row = TypeVar("Row", ChecklistItemRow, LinkedResourceRow)


class Parts(IntFlag):
    """The kinds of parts of a task, as `TaskRow.parts` has them."""

    NONE = 0
    CHECKLIST_ITEMS = 1
    LINKED_RESOURCES = 2
    EXTENSIONS = 4


class PartTotals(NamedTuple):
    """How many parts of a kind there are, and their texts' characters."""

    number: int
    text: int


NO_PARTS = PartTotals(0, 0)


class TaskParts(Generic[Row]):
    """The parts of one kind: `of` is their table, `row` their shape, `asked` beside its columns."""

    def __init__(self, of: Table, row: type[Row], asked: Columns | None = None) -> None:
        self._row: type[Row] = row
        self._folded: list[str] = [
            column.name.removesuffix("_key") for column in of.c if column.name.endswith("_key")
        ]
        columns = [of.c[name] for name in row._fields]
        in_mailbox = of.c.mailbox == bindparam("of_mailbox")
        of_task: tuple[ColumnElement[bool], ...] = (in_mailbox, of.c.task == bindparam("of_task"))
        of_tasks = (in_mailbox, of.c.task.in_(bindparam("tasks", expanding=True)))
        this = (*of_task, of.c.id == bindparam("of_id"))
        task = table(Task)
        in_folder = of.c.task.in_(
            select(task.c.id).where(
                task.c.mailbox == bindparam("of_mailbox"),
                task.c.folder_id == bindparam("of_folder"),
            )
        )
        self._get = select(*columns).where(*of_task, of.c.guid == bindparam("of_guid"))
        self._of_task = Listing(
            select(*columns).where(*of_task), {**asked_columns(of), **(asked or {})}, of.c.id
        )
        self._of_tasks = select(*columns).where(*of_tasks).order_by(of.c.task, of.c.id)
        text = func.coalesce(func.sum(length_of_texts(columns)), 0)
        self._totals = select(of.c.task, func.count(), text).where(*of_tasks).group_by(of.c.task)
        self._add = insert(of)
        kept = [column.name for column in of.c if not column.primary_key]
        self._replace = update(of).where(*this).values({name: bindparam(name) for name in kept})
        self._remove = delete(of).where(*this)
        self._remove_of_task = delete(of).where(*of_task)
        self._remove_in_folder = delete(of).where(in_mailbox, in_folder)

    def get(self, session: ReadSession, task_id: int, guid: str) -> Row | None:
        """Find a part of a task by its GUID."""
        of = {"of_mailbox": session.mailbox.id, "of_task": task_id, "of_guid": guid}
        row = session.first(self._get, of)
        return None if row is None else self._row._make(row)

    def list_page(self, session: ReadSession, task_id: int, page: Page) -> list[Row]:
        """List the parts of a task, the oldest first where the page has no order."""
        of = {"of_mailbox": session.mailbox.id, "of_task": task_id}
        return [self._row._make(row) for row in self._of_task.read_rows(session, page, of)]

    def count(self, session: ReadSession, task_id: int, filter_: Expression | None = None) -> int:
        """Count the parts of a task."""
        of = {"of_mailbox": session.mailbox.id, "of_task": task_id}
        return self._of_task.count(session, filter_, of)

    def list_of_tasks(self, session: ReadSession, task_ids: Sequence[int]) -> list[Row]:
        """List all parts of tasks, task by task, the oldest first."""
        of = {"of_mailbox": session.mailbox.id, "tasks": list(task_ids)}
        return [self._row._make(row) for row in session.ad_hoc(self._of_tasks, of)]

    def get_totals(self, session: ReadSession, task_ids: Sequence[int]) -> dict[int, PartTotals]:
        """Return what tasks have together, by task; one without such parts is left out."""
        of = {"of_mailbox": session.mailbox.id, "tasks": list(task_ids)}
        return {
            int(task): PartTotals(int(number), int(text))
            for task, number, text in session.ad_hoc(self._totals, of)
        }

    def add_all(self, session: WriteSession, parts: Sequence[Row]) -> None:
        """Write new parts."""
        if parts:
            session.execute(self._add, [self._values(session, part) for part in parts])

    def replace(self, session: WriteSession, part: Row) -> None:
        """Write every column of a part anew."""
        values = self._values(session, part)
        this = {f"of_{name}": values.pop(name) for name in ("mailbox", "task", "id")}
        session.execute(self._replace, {**this, **values})

    def remove(self, session: WriteSession, part: Row) -> None:
        """Delete a part."""
        this = {"of_mailbox": session.mailbox.id, "of_task": part.task, "of_id": part.id}
        session.execute(self._remove, this)

    def remove_all(self, session: WriteSession, task_id: int) -> None:
        """Delete all parts of a task."""
        session.execute(
            self._remove_of_task, {"of_mailbox": session.mailbox.id, "of_task": task_id}
        )

    def remove_in_folder(self, session: WriteSession, folder_id: int) -> None:
        """Delete all parts of the tasks of a folder."""
        of = {"of_mailbox": session.mailbox.id, "of_folder": folder_id}
        session.execute(self._remove_in_folder, of)

    def copy_all(self, session: WriteSession, task_id: int, copy: int) -> None:
        """Give a copy of a task its own: under numbers and GUIDs of theirs."""
        parts = self.list_of_tasks(session, [task_id])
        first = session.advance_counter(len(parts)) - len(parts) + 1
        copies = [
            part._replace(id=number, task=copy, guid=str(session.guid()))
            for number, part in enumerate(parts, first)
        ]
        self.add_all(session, copies)

    def _values(self, session: WriteSession, part: Row) -> dict[str, object]:
        values = part._asdict()
        folded = {f"{name}_key": fold_or_none(values[name]) for name in self._folded}
        return {"mailbox": session.mailbox.id, **values, **folded}
