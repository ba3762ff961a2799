"""The change log.

Owns one row per entity that lives or has left a tombstone, holding its latest number. Every
write of an entity calls one of these in its own transaction. Must not know what an entity holds.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, insert, update

from afterlook.store.sessions import Transaction, WriteSession
from afterlook.store.tables import Change, table

FOLDERS = 0
"""The scope of all task folders of a mailbox. A folder's own id is the scope of its tasks."""

GROUPS = 1
"""The scope of all task groups of a mailbox."""

_log = table(Change)

_ADD = insert(_log)
_MOVE_ON = (
    update(_log)
    .where(_log.c.mailbox == bindparam("of_mailbox"), _log.c.entity == bindparam("of_entity"))
    .values(number=bindparam("number"), deleted=bindparam("deleted"), at=bindparam("at"))
)


def founded(session: Transaction, mailbox: int, scope: int, entity: int) -> None:
    """Log an entity that comes with a new mailbox: its id is its number too."""
    session.execute(_ADD, _row(mailbox, scope, entity, entity, session.now))


def added(session: WriteSession, scope: int, entity: int) -> None:
    """Log a new entity under the number of this write."""
    session.execute(_ADD, _row(session.mailbox, scope, entity, session.change, session.now))


def touched(session: WriteSession, entity: int, number: int | None = None) -> None:
    """Log a changed entity under `number`, by default that of this write."""
    session.execute(_MOVE_ON, _moved(session, entity, number or session.change))


def removed(session: WriteSession, entity: int) -> None:
    """Turn an entity's row into a tombstone under the number of this write."""
    session.execute(_MOVE_ON, _moved(session, entity, session.change, deleted=True))


def removed_all(session: WriteSession, entities: Iterable[int]) -> None:
    """Turn many entities' rows into tombstones, each under a number of its own."""
    gone = list(entities)
    if gone:
        first = session.take(len(gone)) - len(gone) + 1
        session.execute(
            _MOVE_ON,
            [
                _moved(session, entity, number, deleted=True)
                for number, entity in enumerate(gone, first)
            ],
        )


def _row(mailbox: int, scope: int, entity: int, number: int, now: int) -> dict[str, object]:
    return {
        "mailbox": mailbox,
        "scope": scope,
        "entity": entity,
        "number": number,
        "deleted": False,
        "at": now,
    }


def _moved(
    session: WriteSession, entity: int, number: int, *, deleted: bool = False
) -> dict[str, object]:
    return {
        "of_mailbox": session.mailbox,
        "of_entity": entity,
        "number": number,
        "deleted": deleted,
        "at": session.now,
    }
