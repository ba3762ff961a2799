"""What a snapshot holds: every row of every mailbox, as text, compressed.

Owns how they are written and read again. A snapshot is for the store that it was made of, in the
schema of that time; to take mailboxes elsewhere there is `export`.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import orjson

from afterlook.store import contents
from afterlook.store.contents import Row
from afterlook.store.sessions import Session, Transaction

_LEVEL = 1
_BYTES = {"attachment_content": contents.COLUMNS["attachment_content"].index("data")}
"""Where a row has bytes, by the names of tables."""

_ITEMS = "source_item"
_VERSION = contents.COLUMNS[_ITEMS].index("version")
_GUID = contents.COLUMNS[_ITEMS].index("guid")
_BEYOND = 1_000
"""What versions go up by where nobody knows how far they went."""


class TooLargeError(Exception):
    """There is more in the mailboxes than a snapshot may hold."""


class Kept(NamedTuple):
    """A snapshot's content, and what it counts."""

    content: bytes
    mailboxes: int
    tasks: int


def write(session: Session, mailboxes: Sequence[int], most: int) -> Kept:
    """Write mailboxes down. Raises `TooLargeError` beyond `most` bytes."""
    compressor = zlib.compressobj(_LEVEL)
    parts: list[bytes] = []
    size = tasks = 0
    for number in mailboxes:
        for line in _lines(session, number):
            size += len(line)
            parts.append(compressor.compress(line + b"\n"))
            if size > most:
                raise TooLargeError
        tasks += contents.count(session, number, "task")
    return Kept(b"".join([*parts, compressor.flush()]), len(mailboxes), tasks)


def _lines(session: Session, number: int) -> Iterator[bytes]:
    yield orjson.dumps({"number": number, "head": contents.read_head(session, number)})
    for name in contents.TABLES:
        place = _BYTES.get(name)
        for row in contents.stream(session, number, name):
            values = list(row)
            if place is not None:
                values[place] = base64.b64encode(row[place]).decode("ascii")
            yield orjson.dumps([name, values])


class KeptMailbox(NamedTuple):
    """A mailbox of a snapshot."""

    number: int
    head: Row
    rows: Mapping[str, list[list[Any]]]


def read(content: bytes) -> list[KeptMailbox]:
    """Read what was written."""
    mailboxes: list[KeptMailbox] = []
    for line in zlib.decompress(content).splitlines():
        match orjson.loads(line):
            case {"number": number, "head": head}:
                mailboxes.append(KeptMailbox(number, head, {name: [] for name in contents.TABLES}))
            case [name, values]:
                if name in _BYTES:
                    values[_BYTES[name]] = base64.b64decode(values[_BYTES[name]])
                mailboxes[-1].rows[name].append(values)
    return mailboxes


def restore(transaction: Transaction, kept: Sequence[KeptMailbox]) -> None:
    """Replace all mailboxes by those of a snapshot.

    What was handed out since must not fit what is written from now on: counters go on from where
    they stand, and an item that has changed since gets a version that it never had.
    """
    present = contents.lock(transaction)
    heads = {number: contents.read_head(transaction, number) for number in present}
    versions = {
        row[_GUID]: row[_VERSION]
        for number in present
        for row in contents.read(transaction, number, _ITEMS)
    }
    contents.remove(transaction, present)
    for mailbox in kept:
        known = heads.get(mailbox.number)
        is_known = known is not None and known["guid"] == mailbox.head["guid"]
        change = known["change"] if known is not None and is_known else None
        contents.add_mailbox(
            transaction,
            {**mailbox.head, "change": _go_on(transaction, mailbox.head["change"], change)},
            mailbox.number,
        )
        for row in mailbox.rows[_ITEMS]:
            known_version = versions.get(row[_GUID])
            if known_version is None:
                row[_VERSION] += _BEYOND
            elif known_version != row[_VERSION]:
                row[_VERSION] = max(known_version, row[_VERSION]) + 1
        for name, rows in mailbox.rows.items():
            contents.write(transaction, mailbox.number, name, rows)


def _go_on(transaction: Transaction, kept: int, known: int | None) -> int:
    if known is not None:
        return max(kept, known)
    # It was removed meanwhile, and nobody knows how far its counter had gone.
    return kept + _BEYOND + transaction.guid().int % 2**24
