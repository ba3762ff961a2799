"""What a snapshot holds: every row of every mailbox, as text, compressed.

Owns how they are written and read again. A snapshot is for the store that it was made of, in the
schema of that time; to take mailboxes elsewhere there is `export`.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import orjson

from afterlook.store import contents
from afterlook.store.contents import Row
from afterlook.store.sessions import Session, Transaction

_LEVEL = 1
_HEADS = "mailbox"
_BYTES = {"attachment_content": 1 + contents.COLUMNS["attachment_content"].index("data")}
"""Where a row has bytes, by the names of tables; the first column is the mailbox."""

_TASK, _ITEM = "task", "source_item"
_VERSION = 1 + contents.COLUMNS[_ITEM].index("version")
_GUID = 1 + contents.COLUMNS[_ITEM].index("guid")
_BEYOND = 1_000
"""What versions go up by where nobody knows how far they went."""


class TooLargeError(Exception):
    """There is more in the mailboxes than a snapshot may hold."""


class Kept(NamedTuple):
    """A snapshot's content, and what it counts."""

    content: bytes
    mailboxes: int
    tasks: int


def write(session: Session, most: int) -> Kept:
    """Write all mailboxes down. Raises `TooLargeError` beyond `most` bytes."""
    compressor = zlib.compressobj(_LEVEL)
    parts: list[bytes] = []
    size = tasks = 0
    heads = contents.read_heads(session)
    lines: Iterator[tuple[str, Sequence[Any]]] = chain([(_HEADS, [*heads.items()])], _rows(session))
    for name, row in lines:
        line = orjson.dumps([name, row])
        size += len(line)
        tasks += name == _TASK
        parts.append(compressor.compress(line + b"\n"))
        if size > most:
            raise TooLargeError
    return Kept(b"".join([*parts, compressor.flush()]), len(heads), tasks)


def _rows(session: Session) -> Iterator[tuple[str, Sequence[Any]]]:
    for name in contents.TABLES:
        index = _BYTES.get(name)
        for row in contents.stream(session, name):
            values = list(row)
            if index is not None:
                values[index] = base64.b64encode(row[index]).decode("ascii")
            yield name, values


class KeptMailboxes(NamedTuple):
    """What a snapshot holds: mailboxes by their numbers, and the rows of each table."""

    heads: dict[int, Row]
    rows: dict[str, list[list[Any]]]


def read(content: bytes) -> KeptMailboxes:
    """Read what was written."""
    kept = KeptMailboxes({}, {name: [] for name in contents.TABLES})
    for line in zlib.decompress(content).splitlines():
        name, row = orjson.loads(line)
        if name == _HEADS:
            kept.heads.update(row)
            continue
        if name in _BYTES:
            row[_BYTES[name]] = base64.b64decode(row[_BYTES[name]])
        kept.rows[name].append(row)
    return kept


def restore(transaction: Transaction, kept: KeptMailboxes) -> None:
    """Replace all mailboxes by those of a snapshot.

    What was handed out since must not fit what is written from now on: counters go on from where
    they stand, and an item that has changed since gets a version that it never had.
    """
    heads = contents.read_heads(transaction)
    versions = {row[_GUID]: row[_VERSION] for row in contents.stream(transaction, _ITEM)}
    contents.remove_all(transaction)
    for number, head in kept.heads.items():
        known = heads.get(number, {})
        change = known["change"] if known.get("guid") == head["guid"] else None
        change = _go_on(transaction, head["change"], change)
        contents.add_mailbox(transaction, {**head, "change": change}, number)
    for row in kept.rows[_ITEM]:
        version = versions.get(row[_GUID])
        if version is None:
            row[_VERSION] += _BEYOND
        elif version != row[_VERSION]:
            row[_VERSION] = max(version, row[_VERSION]) + 1
    for name, rows in kept.rows.items():
        contents.write(transaction, name, rows)


def _go_on(transaction: Transaction, kept: int, known: int | None) -> int:
    if known is not None:
        return max(kept, known)
    # It was removed meanwhile, and nobody knows how far its counter had gone.
    return int(kept + _BEYOND + transaction.guid().int % 2**24)
