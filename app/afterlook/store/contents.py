"""Mailboxes whole: every row of every table that belongs to one, to be kept, replaced or removed.

Owns which tables those are and in which order they are written; what is in their columns is for
others to know. Folded columns are left out, and made anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Table, Text, bindparam, delete, func, insert, select
from sqlmodel import SQLModel

from afterlook.store.folding import fold_or_none
from afterlook.store.rows import MailboxRow
from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import (
    Attachment,
    AttachmentContent,
    Change,
    ExtendedProperty,
    Mailbox,
    Task,
    TaskFolder,
    TaskGroup,
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
TABLES: dict[str, Table] = {each.name: each for each in map(table, _MODELS)}
"""The tables of a mailbox: each after those that it refers to."""

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

_READ = {
    name: select(*(each.c[column] for column in COLUMNS[name]))
    .where(each.c.mailbox == bindparam("of_mailbox"))
    .order_by(*each.primary_key)
    for name, each in TABLES.items()
}
_COUNT = {
    name: select(func.count()).select_from(each).where(each.c.mailbox == bindparam("of_mailbox"))
    for name, each in TABLES.items()
}
_ADD = {name: insert(each) for name, each in TABLES.items()}
_CLEAR = [
    delete(each).where(each.c.mailbox == bindparam("of_mailbox"))
    for each in reversed([*TABLES.values()])
]
_CLEAR_ALL = [delete(each) for each in (*reversed([*TABLES.values()]), _mailbox)]
_REMOVE = delete(_mailbox).where(_mailbox.c.id == bindparam("of_mailbox"))
_HEAD = select(*_KEPT).where(_mailbox.c.id == bindparam("of_mailbox"))
_LOCK_ALL = select(_mailbox.c.id, _mailbox.c.sync_key).order_by(_mailbox.c.id).with_for_update()
_LOCK = _LOCK_ALL.where(_mailbox.c.id == bindparam("of_mailbox"))
_ADD_MAILBOX = insert(_mailbox)


def lock(transaction: Transaction, mailbox: MailboxRow | None = None) -> dict[int, str]:
    """Let nobody write to a mailbox, or to any, until the transaction ends.

    Returns the keys that sign their tokens, by their numbers, in order.
    """
    if mailbox is None:
        rows = transaction.all(_LOCK_ALL, {})
    else:
        rows = transaction.all(_LOCK, {"of_mailbox": mailbox.id})
    return {int(number): str(sync_key) for number, sync_key in rows}


def read_head(session: Session, mailbox_id: int) -> Row | None:
    """Return what is kept of a mailbox itself."""
    row = session.first(_HEAD, {"of_mailbox": mailbox_id})
    return None if row is None else dict(zip(MAILBOX_COLUMNS, row, strict=True))


def read(session: Session, mailbox_id: int, name: str) -> Sequence[Sequence[Any]]:
    """Return all rows that a mailbox has in a table, in the order of its columns and keys."""
    return session.all(_READ[name], {"of_mailbox": mailbox_id})


def stream(session: Session, mailbox_id: int, name: str) -> Iterator[Sequence[Any]]:
    """Yield what `read` returns, for who may stop before the last."""
    yield from session.stream(_READ[name], {"of_mailbox": mailbox_id})


def count(session: Session, mailbox_id: int, name: str) -> int:
    """Count the rows that a mailbox has in a table."""
    row = session.first(_COUNT[name], {"of_mailbox": mailbox_id})
    return int(row[0]) if row else 0


def add_mailbox(transaction: Transaction, head: Row, number: int | None) -> None:
    """Write a mailbox itself, with a new key to sign its tokens by."""
    sync_key = transaction.guid().hex + transaction.guid().hex
    numbered = {} if number is None else {"id": number}
    transaction.execute(_ADD_MAILBOX, {**head, **numbered, "sync_key": sync_key})


def write(
    transaction: Transaction, mailbox_id: int, name: str, rows: Iterable[Sequence[Any]]
) -> None:
    """Write rows, as `read` returns them, into a table."""
    columns, folded = COLUMNS[name], FOLDED[name]
    written = []
    for row in rows:
        values: Row = {"mailbox": mailbox_id, **dict(zip(columns, row, strict=True))}
        for key in folded:
            values[key] = fold_or_none(values[key.removesuffix("_key")])
        if values.get("is_multi"):
            # The list of values of an extended property is not compared.
            values["value_key"] = None
        written.append(values)
    if written:
        transaction.execute(_ADD[name], written)


def remove(transaction: Transaction, mailbox_ids: Iterable[int]) -> None:
    """Remove mailboxes with everything in them."""
    bound = [{"of_mailbox": number} for number in mailbox_ids]
    for statement in [*_CLEAR, _REMOVE] if bound else ():
        transaction.execute(statement, bound)


def remove_all(transaction: Transaction) -> None:
    """Remove all mailboxes."""
    for statement in _CLEAR_ALL:
        transaction.execute(statement, {})
