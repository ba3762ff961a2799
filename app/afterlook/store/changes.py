"""The change log.

Owns one row per entity that lives or has left a tombstone, holding its latest number. Every
write of an entity calls one of these in its own transaction.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    bindparam,
    delete,
    insert,
    literal_column,
    select,
    update,
)

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import Session, Transaction, WriteSession
from afterlook.store.tables import Change, Mailbox, table

FOLDERS = 0
"""The scope of all task folders of a mailbox. A folder's own id is the scope of its tasks."""

GROUPS = 1
"""The scope of all task groups of a mailbox."""

_log = table(Change)
_mailbox = table(Mailbox)

_ADD = insert(_log)
_MOVE_ON = (
    update(_log)
    .where(_log.c.mailbox == bindparam("of_mailbox"), _log.c.entity == bindparam("of_entity"))
    .values(number=bindparam("number"), deleted=bindparam("deleted"), at=bindparam("at"))
)
# In the words of the index on tombstones: for `deleted = 1` SQLite would not use it.
_expired: tuple[ColumnElement[Any], ...] = (
    literal_column("deleted"),
    _log.c.at < bindparam("before"),
)
_EXPIRED = select(_log.c.mailbox).where(*_expired).distinct()
_of_mailbox = _log.c.mailbox == bindparam("of_mailbox")
_OLDEST = (
    select(_log.c.entity, _log.c.number)
    .where(_of_mailbox, *_expired)
    .order_by(_log.c.at)
    .limit(bindparam("limit"))
)
_PURGE = delete(_log).where(_of_mailbox, _log.c.entity == bindparam("of_entity"))
_NOTE_PURGE = (
    update(_mailbox)
    .where(_mailbox.c.id == bindparam("of_mailbox"), _mailbox.c.forgotten < bindparam("number"))
    .values(forgotten=bindparam("number"))
)


def log_created(session: WriteSession, scope: int, entity: int) -> None:
    """Log a new entity under the number of this write."""
    row = {
        "mailbox": session.mailbox.id,
        "scope": scope,
        "entity": entity,
        "number": session.change_number,
        "deleted": False,
        "at": session.now,
    }
    session.execute(_ADD, row)


def log_updated(session: WriteSession, entity: int, number: int | None = None) -> None:
    """Log a changed entity under `number`, by default that of this write."""
    session.execute(_MOVE_ON, _parameters(session, entity, number or session.change_number))


def log_deleted(session: WriteSession, entity: int) -> None:
    """Turn an entity's row into a tombstone under the number of this write."""
    session.execute(_MOVE_ON, _parameters(session, entity, session.change_number, deleted=True))


def log_all_deleted(session: WriteSession, entities: Iterable[int]) -> None:
    """Turn many entities' rows into tombstones, each under a number of its own."""
    gone = list(entities)
    if gone:
        first = session.advance_counter(len(gone)) - len(gone) + 1
        session.execute(
            _MOVE_ON,
            [
                _parameters(session, entity, number, deleted=True)
                for number, entity in enumerate(gone, first)
            ],
        )


def list_mailboxes_with_expired(session: Session, before: Instant) -> list[int]:
    """List the mailboxes that have tombstones from `before` an instant."""
    return [row[0] for row in session.all(_EXPIRED, {"before": before})]


def purge_tombstones(session: Transaction, mailbox_id: int, before: Instant, limit: int) -> int:
    """Delete up to `limit` tombstones from `before` an instant; return how many there were.

    The mailbox keeps the highest of their numbers: whoever has seen less cannot know of them.
    """
    bound = {"of_mailbox": mailbox_id, "before": before, "limit": limit}
    gone = session.all(_OLDEST, bound)
    if gone:
        # One by one by their key: for a list of them PostgreSQL would read the whole log. In one
        # order, so that two processes that do the same wait for each other only one way.
        entities = sorted(entity for entity, _ in gone)
        session.execute(
            _PURGE, [{"of_mailbox": mailbox_id, "of_entity": entity} for entity in entities]
        )
        highest = max(number for _, number in gone)
        session.execute(_NOTE_PURGE, {"of_mailbox": mailbox_id, "number": highest})
    return len(gone)


def _parameters(
    session: WriteSession, entity: int, number: int, *, deleted: bool = False
) -> dict[str, object]:
    return {
        "of_mailbox": session.mailbox.id,
        "of_entity": entity,
        "number": number,
        "deleted": deleted,
        "at": session.now,
    }
