"""Mailboxes whole: every row of every table that belongs to one, to be kept, replaced or removed.

Owns which tables those are and in which order they are written; what is in their columns is for
others to know. Folded columns are left out, and made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, Text, bindparam, delete, func, insert, select, text
from sqlmodel import SQLModel

from afterlook.store.folding import fold_or_none
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import (
    Attachment,
    AttachmentContent,
    Change,
    ChecklistItem,
    ExtendedProperty,
    LinkedResource,
    Mailbox,
    OpenExtension,
    Task,
    TaskFolder,
    TaskGroup,
    UploadSession,
    UploadSessionPart,
    table,
)
from afterlook.store.workmanagement.tables import (
    ProviderItem,
    ProviderList,
    WorkExchangePair,
    WorkExchangeSkip,
    WorkLocation,
    WorkRefresh,
    WorkSettings,
    WorkTask,
)

Row = dict[str, Any]
"""A row by its columns, without the number of its mailbox and what is folded."""

_MODELS: list[type[SQLModel]] = [
    TaskGroup,
    TaskFolder,
    Task,
    ExtendedProperty,
    Attachment,
    AttachmentContent,
    ChecklistItem,
    LinkedResource,
    OpenExtension,
    Change,
    WorkTask,
    WorkLocation,
    WorkSettings,
    WorkExchangePair,
    WorkExchangeSkip,
    WorkRefresh,
    ProviderList,
    ProviderItem,
]
_PASSING_MODELS: list[type[SQLModel]] = [UploadSession, UploadSessionPart]
TABLES: dict[str, Table] = {each.name: each for each in map(table, _MODELS)}
"""The tables of a mailbox: each after those that it refers to."""

PASSING: dict[str, Table] = {each.name: each for each in map(table, _PASSING_MODELS)}
"""Those of what is on its way into one: it goes with the mailbox, and is never kept elsewhere."""

_mailbox = table(Mailbox)
_KEPT = [column for column in _mailbox.c if column.name not in ("id", "sync_key")]


def _is_folded(of: Table, name: str) -> bool:
    base = of.c.get(name.removesuffix("_key"))
    return name.endswith("_key") and base is not None and isinstance(base.type, Text)


FOLDED = {
    name: [column.name for column in each.c if _is_folded(each, column.name)]
    for name, each in TABLES.items()
}
COLUMNS = {
    name: [
        column.name
        for column in each.c
        if column.name != "mailbox" and column.name not in FOLDED[name]
    ]
    for name, each in TABLES.items()
}
"""What is kept of each table, by its name."""

MAILBOX_COLUMNS = [column.name for column in _KEPT]
"""What is kept of a mailbox itself: neither its number nor the key that signs its tokens."""

_READ_ALL = {
    name: select(each.c.mailbox, *(each.c[column] for column in COLUMNS[name])).order_by(
        *each.primary_key
    )
    for name, each in TABLES.items()
}
_READ = {
    name: statement.where(TABLES[name].c.mailbox == bindparam("of_mailbox"))
    for name, statement in _READ_ALL.items()
}
_ADD = {name: insert(each) for name, each in TABLES.items()}
_LAST_FIRST = [*reversed([*TABLES.values(), *PASSING.values()])]
_CLEAR = [delete(each).where(each.c.mailbox == bindparam("of_mailbox")) for each in _LAST_FIRST]
_CLEAR_ALL = [delete(each) for each in (*_LAST_FIRST, _mailbox)]
_REMOVE = delete(_mailbox).where(_mailbox.c.id == bindparam("of_mailbox"))
_HEADS = select(_mailbox.c.id, *_KEPT).order_by(_mailbox.c.id)
_LOCK_ALL = select(_mailbox.c.id, _mailbox.c.sync_key).order_by(_mailbox.c.id).with_for_update()
_LOCK = _LOCK_ALL.where(_mailbox.c.id == bindparam("of_mailbox"))
_MANY = 500
_some = select(table(Task).c.id).limit(_MANY).subquery()
_MANY_TASKS = select(func.count()).select_from(_some)
_SIZE = select(func.coalesce(func.sum(func.length(table(AttachmentContent).c.data)), 0)).where(
    table(AttachmentContent).c.mailbox == bindparam("of_mailbox")
)
_PLAN_ANEW = text("SET LOCAL plan_cache_mode = force_custom_plan")
_ADD_MAILBOX = insert(_mailbox).returning(_mailbox.c.id)


def lock(transaction: Transaction, mailbox: MailboxRow | None = None) -> dict[int, str]:
    """Lock a mailbox, or all of them, against writes until the transaction ends.

    Returns the keys that sign their tokens, by their numbers, in order.
    """
    if mailbox is None:
        rows = transaction.all(_LOCK_ALL, {})
    else:
        rows = transaction.all(_LOCK, {"of_mailbox": mailbox.id})
    return {int(mailbox_id): str(sync_key) for mailbox_id, sync_key in rows}


def get_size(session: Session, mailbox_id: int) -> int:
    """Return how many bytes there are in the attachments of a mailbox."""
    row = session.first(_SIZE, {"of_mailbox": mailbox_id})
    return int(row[0]) if row else 0


def read_heads(session: Session) -> dict[int, Row]:
    """Return what is kept of each mailbox itself, by its number."""
    rows = session.all(_HEADS, {})
    return {row[0]: dict(zip(MAILBOX_COLUMNS, row[1:], strict=True)) for row in rows}


def read(session: Session, name: str, mailbox_id: int) -> list[Sequence[Any]]:
    """Return all rows that a mailbox has in a table, in the order of its columns and keys."""
    return [row[1:] for row in session.all(_READ[name], {"of_mailbox": mailbox_id})]


def stream(session: Session, name: str) -> Iterator[Sequence[Any]]:
    """Yield the rows of all mailboxes in a table: the number of the mailbox, then its columns."""
    yield from session.stream(_READ_ALL[name], {})


def add_mailbox(transaction: Transaction, head: Row, mailbox_id: int | None) -> int:
    """Write a mailbox itself, with a new key to sign its tokens by; return its number."""
    sync_key = transaction.guid().hex + transaction.guid().hex
    key = {} if mailbox_id is None else {"id": mailbox_id}
    row = transaction.first(_ADD_MAILBOX, {**head, **key, "sync_key": sync_key})
    return 0 if row is None else int(row[0])


def write(transaction: Transaction, name: str, rows: Iterable[Sequence[Any]]) -> None:
    """Write rows into a table, as `stream` yields them."""
    columns, folded = ["mailbox", *COLUMNS[name]], FOLDED[name]
    written = []
    for row in rows:
        values: Row = dict(zip(columns, row, strict=True))
        for key in folded:
            values[key] = fold_or_none(values[key.removesuffix("_key")])
        if values.get("is_multi"):
            # The list of values of an extended property is not compared.
            values["value_key"] = None
        written.append(values)
    if len(written) > _MANY:
        _plan_anew(transaction)
    if written:
        transaction.execute(_ADD[name], written)


def remove(transaction: Transaction, mailbox_ids: Iterable[int]) -> None:
    """Remove mailboxes with everything in them."""
    bound = [{"of_mailbox": mailbox_id} for mailbox_id in mailbox_ids]
    if _has_many(transaction):
        _plan_anew(transaction)
    for statement in [*_CLEAR, _REMOVE] if bound else ():
        transaction.execute(statement, bound)


def remove_all(transaction: Transaction) -> None:
    """Remove all mailboxes."""
    if _has_many(transaction):
        _plan_anew(transaction)
    for statement in _CLEAR_ALL:
        transaction.execute(statement, {})


def _has_many(session: Session) -> bool:
    row = session.first(_MANY_TASKS, {})
    return row is not None and row[0] >= _MANY


def _plan_anew(transaction: Transaction) -> None:
    """Let PostgreSQL look for each row by an index.

    It checks that nothing refers to a row that is deleted by a plan that it may have made when the
    table was empty: to read all of it, for each row of it.
    """
    if transaction.dialect == "postgresql":
        transaction.execute(_PLAN_ANEW, {})
