"""Statements on the codes that clients exchange for tokens.

Owns how many there can be: the oldest are forgotten for new ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from sqlalchemy import bindparam, delete, func, insert, select, update

from afterlook.runtime.instants import Instant
from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import SignInCode, table

MAX_CODES = 2_000
"""Codes kept at a time, of all kinds together."""

_code = table(SignInCode)
_columns = [_code.c[name] for name in ("digest", "state", "content", "expires")]


class CodeState(IntEnum):
    """How far a code has got."""

    PENDING = 0
    GRANTED = 1
    DECLINED = 2
    REDEEMED = 3


class CodeRow(NamedTuple):
    """A code; `content` is JSON."""

    digest: str
    state: CodeState
    content: str
    expires: Instant


_of_digest = _code.c.digest == bindparam("of_digest")
_GET = select(*_columns).where(_of_digest)
_GET_BY_USER_CODE = select(*_columns).where(
    _code.c.user_code == bindparam("user_code"), _code.c.expires > bindparam("now")
)
_ADD = insert(_code)
_PURGE = delete(_code).where(_code.c.expires <= bindparam("now"))
_COUNT = select(func.count()).select_from(_code)
_oldest = select(_code.c.digest).order_by(_code.c.expires).limit(bindparam("excess"))
_REMOVE_OLDEST = delete(_code).where(_code.c.digest.in_(_oldest))
_SET = (
    update(_code)
    .where(_of_digest, _code.c.state == bindparam("was"))
    .values(state=bindparam("to"), content=bindparam("content"))
)


def find(session: Session, digest: str) -> CodeRow | None:
    """Find a code, expired or not."""
    return _row(session.first(_GET, {"of_digest": digest}))


def find_by_user_code(session: Session, user_code: str, now: Instant) -> CodeRow | None:
    """Find the code of a device that has not expired, by what its user types."""
    return _row(session.first(_GET_BY_USER_CODE, {"user_code": user_code, "now": now}))


def add(transaction: Transaction, row: CodeRow, user_code: str | None = None) -> None:
    """Write a code; forget what has expired, and the oldest of more than `MAX_CODES`."""
    transaction.execute(_PURGE, {"now": transaction.now})
    counted = transaction.first(_COUNT, {})
    excess = int(counted[0]) + 1 - MAX_CODES if counted else 0
    if excess > 0:
        transaction.execute(_REMOVE_OLDEST, {"excess": excess})
    values = {**row._asdict(), "state": int(row.state), "user_code": user_code}
    transaction.execute(_ADD, values)


def set_state(transaction: Transaction, row: CodeRow, to: CodeState, content: str) -> bool:
    """Bring a code from the state that a row says it is in to another; tell whether it was."""
    values = {"of_digest": row.digest, "was": int(row.state), "to": int(to), "content": content}
    return transaction.execute(_SET, values) == 1


def _row(row: Sequence[Any] | None) -> CodeRow | None:
    if row is None:
        return None
    return CodeRow(row[0], CodeState(row[1]), row[2], Instant(row[3]))
