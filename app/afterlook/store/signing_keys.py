"""Statements on the key that signs tokens."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import insert, select

from afterlook.store.sessions import Session, Transaction
from afterlook.store.tables import SigningKey, table

_key = table(SigningKey)
_THE_ONE = 1

_GET = select(_key.c.kid, _key.c.pem)
_ADD = insert(_key)


class KeyRow(NamedTuple):
    """A private key as PEM, and what tokens call it by."""

    kid: str
    pem: str


def find(session: Session) -> KeyRow | None:
    """Return the key, if one was made."""
    row = session.first(_GET, {})
    return None if row is None else KeyRow._make(row)


def add(transaction: Transaction, key: KeyRow) -> None:
    """Write the key. Where there is one already the transaction ends with an error."""
    values = {"id": _THE_ONE, "kid": key.kid, "pem": key.pem, "created": transaction.now}
    transaction.execute(_ADD, values)
