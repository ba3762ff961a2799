"""Statements on list tasks as the items of a list."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import bindparam, case, func, select

from afterlook.store.keyset import Key, KeyedListing, KeysetPage
from afterlook.store.pages import Order, asked_columns
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import ReadSession
from afterlook.store.tables import table
from afterlook.store.workmanagement import persons
from afterlook.store.workmanagement.moments import whole_seconds
from afterlook.store.workmanagement.rows import WorkTaskRow
from afterlook.store.workmanagement.tables import WorkTask
from afterlook.store.workmanagement.tasks import COLUMNS

_task = table(WorkTask)
_in_mailbox = _task.c.mailbox == bindparam("of_mailbox")
_author = case((_task.c.id < 0, 0), else_=1)
_LISTING = KeyedListing(
    select(*COLUMNS).where(_in_mailbox),
    asked_columns(_task)
    | {name: whole_seconds(_task.c[name]) for name in ("start", "due", "modified", "discovered")}
    | {
        "percent": case((_task.c.is_completed, 1.0), else_=0.0),
        "status": case((_task.c.is_completed, "completed"), else_="not started"),
        "is_personal": _task.c.provider == 0,
        "is_pinned": _task.c.pinned.is_not(None),
        "author": _author,
        "author_title": persons.title(_author),
        "author_mail": persons.mail(_author),
    },
    _task.c.id,
)
_COUNT = select(func.count(), func.min(_task.c.discovered), func.max(_task.c.modified)).where(
    _in_mailbox
)


class ListedTask(NamedTuple):
    """A task, and its key in the order that was asked for."""

    task: WorkTaskRow
    key: Key


class Extent(NamedTuple):
    """How many tasks there are, and between which instants they came and changed."""

    tasks: int
    first: int | None
    last: int | None


def get_extent(session: ReadSession) -> Extent:
    """Return how many tasks there are, and since when."""
    row = session.first(_COUNT, {"of_mailbox": session.mailbox.id})
    assert row is not None  # noqa: S101
    return Extent(*row)


def list_page(session: ReadSession, page: KeysetPage) -> list[ListedTask]:
    """Return a page of the tasks, nearest first, and one more where more follow."""
    rows = _LISTING.read_rows(session, page, _parameters(session.mailbox))
    return [ListedTask(WorkTaskRow._make(row), key) for row, key in rows]


def get_sort_key(session: ReadSession, order: Order, task: int) -> Key | None:
    """Return the key of a task in an order, if there is such a task."""
    return _LISTING.key_of(session, order, task, _parameters(session.mailbox))


def _parameters(mailbox: MailboxRow) -> dict[str, object]:
    return {"of_mailbox": mailbox.id, **persons.owner_parameters(mailbox)}
