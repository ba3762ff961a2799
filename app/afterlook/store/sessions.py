"""Sessions: the transaction that a use case works in.

Owns reading within one and the numbering of its writes. What is said of one mailbox takes a
`ReadSession` or a `WriteSession`, which know the mailbox; what is said of all, or of none yet, a
`Session` or a `Transaction`.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import nullcontext
from itertools import chain
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, update

from afterlook.errors import MailboxReplaced
from afterlook.runtime.conditions import NO_CONDITIONS
from afterlook.store.prepared_statements import prepare
from afterlook.store.tables import Mailbox, table

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.engine import Connection
    from sqlalchemy.sql import Executable

    from afterlook.runtime.conditions import Conditions
    from afterlook.runtime.ids import Ids
    from afterlook.runtime.instants import Instant
    from afterlook.store.rows import MailboxRow

_mailbox = table(Mailbox)

ADVANCE_COUNTER = (
    update(_mailbox)
    .where(
        _mailbox.c.id == bindparam("of_mailbox"), _mailbox.c.sync_key == bindparam("of_sync_key")
    )
    .values(change=_mailbox.c.change + bindparam("count"))
    .returning(_mailbox.c.change)
)
"""Advances the counter. On PostgreSQL it locks the mailbox row until the transaction ends.

A mailbox that was replaced since the caller looked it up has another key: it has no such row.
"""

_PART = 500
"""Rows that are read at once where they are read by parts."""

_AT_ONCE = 16
"""Rows that are read before it is counted how much text they hold."""

Texts = Callable[[Sequence[Any]], tuple[Any, ...]]
"""Picks the texts out of a row."""

Parameters = Mapping[str, object] | Sequence[Mapping[str, object]]


class Session:
    """Reads what is committed, of whichever mailbox."""

    __slots__ = ("_connection", "_driver")

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        embedded = connection.dialect.name == "sqlite"
        self._driver: Any = connection.connection.driver_connection if embedded else None

    @property
    def dialect(self) -> str:
        """The engine: `sqlite` or `postgresql`."""
        return self._connection.dialect.name

    def bind(self, mailbox: MailboxRow) -> ReadSession:
        """Return a session on one mailbox, which reads what this one does."""
        return ReadSession(self._connection, self._driver, mailbox)

    def first(
        self, statement: Executable, parameters: Mapping[str, object]
    ) -> Sequence[Any] | None:
        """Return the first row of a statement, or None.

        The statement must be one that lives as long as the program.
        """
        if self._driver is None:
            return self._connection.execute(statement, parameters).first()
        ready = prepare(statement, parameters)
        cursor = self._driver.execute(ready.text, ready.values(parameters))
        row = cursor.fetchone()
        # One that returns from a write would keep its lock until it is closed.
        cursor.close()
        return None if row is None else ready.convert_booleans(row)

    def all(
        self, statement: Executable, parameters: Mapping[str, object]
    ) -> Sequence[Sequence[Any]]:
        """Return all rows of a statement, which must be one that lives as long as the program."""
        if self._driver is None:
            return self._connection.execute(statement, parameters).all()
        ready = prepare(statement, parameters)
        cursor = self._driver.execute(ready.text, ready.values(parameters))
        return [ready.convert_booleans(row) for row in cursor.fetchall()]

    def ad_hoc_within(
        self,
        statement: Executable,
        parameters: Parameters,
        texts: Texts,
        most: int,
    ) -> list[Sequence[Any]]:
        """Return rows of a statement until their texts come to `most` characters, and one more.

        The statement may be one made for this call. It is read row by row on SQLite; elsewhere it
        ends there by itself.
        """
        result = self._connection.execute(statement, parameters)
        if self._driver is None:
            return list(result.all())
        return _until_full(result, texts, most)

    def all_within(
        self,
        statement: Executable,
        parameters: Mapping[str, object],
        texts: Texts,
        most: int,
    ) -> Sequence[Sequence[Any]]:
        """Return rows as `ad_hoc_within` does, of a statement that lives as long as the program."""
        if self._driver is None:
            return self._connection.execute(statement, parameters).all()
        ready = prepare(statement, parameters)
        cursor = self._driver.execute(ready.text, ready.values(parameters))
        return [ready.convert_booleans(row) for row in _until_full(cursor, texts, most)]

    def ad_hoc(self, statement: Executable, parameters: Parameters) -> Sequence[Sequence[Any]]:
        """Return all rows of a statement, which may be one made for this call."""
        return self._connection.execute(statement, parameters).all()

    def stream(self, statement: Executable, parameters: Parameters) -> Generator[Sequence[Any]]:
        """Yield the rows of a statement as they are read, for who may stop before the last."""
        options = {"yield_per": _PART}
        # PostgreSQL reads by parts within a transaction only; a reader is in none.
        connection: Any = self._connection.connection.driver_connection
        within = connection.transaction() if self._driver is None else nullcontext()
        with (
            within,
            self._connection.execute(statement, parameters, execution_options=options) as rows,
        ):
            yield from rows

    def free_memory(self) -> None:
        """Give back the memory in which SQLite keeps pages that it may need again.

        For those that it will not: contents would drive out everything else.
        """
        if self._driver is not None:
            self._driver.execute("PRAGMA shrink_memory").close()


def _until_full(result: Any, texts: Texts, most: int) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    while part := result.fetchmany(_AT_ONCE):
        rows += part
        # All at once, and by what is written in C: hardly a page has as much text as this.
        length = sum(map(len, filter(None, chain.from_iterable(map(texts, part)))))
        if length >= most:
            del rows[len(rows) - len(part) :]
            rows += _end_page(part, texts, most) or [*part, *result.fetchmany(1)]
            break
        most -= length
    # One that was not read to its end would hold what it reads as it was.
    result.close()
    return rows


def _end_page(part: Sequence[Sequence[Any]], texts: Texts, most: int) -> Sequence[Sequence[Any]]:
    """Return the rows that fit and one more, or nothing where the last one ends the page."""
    for number, row in enumerate(part[:-1], 1):
        most -= sum(map(len, filter(None, texts(row))))
        if most <= 0:
            return part[: number + 1]
    return ()


class ReadSession(Session):
    """Reads what is committed of one mailbox."""

    __slots__ = ("mailbox",)

    def __init__(self, connection: Connection, driver: Any, mailbox: MailboxRow) -> None:
        # Every request makes one: the driver, which takes long to find, is handed over.
        self._connection = connection
        self._driver = driver
        self.mailbox = mailbox


class Transaction(Session):
    """Writes, kept whole or not at all. `now` is the instant at which it happens."""

    # No slots: a class cannot have two parents with slots of their own.

    def __init__(
        self,
        connection: Connection,
        now: Instant,
        ids: Ids,
        conditions: Conditions = NO_CONDITIONS,
    ) -> None:
        super().__init__(connection)
        self.now = now
        self._ids = ids
        self.conditions = conditions

    def execute(self, statement: Executable, parameters: Parameters) -> int:
        """Run a statement that writes; return the number of rows it touched.

        The statement must be one that lives as long as the program.
        """
        if self._driver is None or not isinstance(parameters, Mapping):
            return self._connection.execute(statement, parameters).rowcount
        ready = prepare(statement, parameters)
        cursor = self._driver.execute(ready.text, ready.values(parameters))
        return int(cursor.rowcount)

    def guid(self) -> UUID:
        """Return an identifier never handed out before."""
        return self._ids.guid()

    def begin_write(self, mailbox: MailboxRow) -> WriteSession:
        """Return the next write to a mailbox, within this same transaction."""
        return WriteSession(self._connection, mailbox, self.now, self._ids, self.conditions)


def advance_counter(transaction: Transaction, mailbox: MailboxRow, count: int) -> int:
    """Advance the counter of a mailbox; return where it stands. Raises `MailboxReplaced`."""
    bound = {"of_mailbox": mailbox.id, "of_sync_key": mailbox.sync_key, "count": count}
    row = transaction.first(ADVANCE_COUNTER, bound)
    if row is None:
        raise MailboxReplaced(headers={"Retry-After": "1"})
    return int(row[0])


class WriteSession(ReadSession, Transaction):
    """A transaction on one mailbox, alone in it from its first statement on.

    `change_number` is the number of this write: it becomes the change key of what is written.
    """

    def __init__(
        self,
        connection: Connection,
        mailbox: MailboxRow,
        now: Instant,
        ids: Ids,
        conditions: Conditions = NO_CONDITIONS,
    ) -> None:
        Transaction.__init__(self, connection, now, ids, conditions)
        self.mailbox = mailbox
        self.change_number = self.advance_counter(1)

    def begin_next_write(self) -> WriteSession:
        """Return the next write to the same mailbox, under a number of its own."""
        return self.begin_write(self.mailbox)

    def advance_counter(self, count: int) -> int:
        """Take `count` further numbers of the mailbox's counter; return the last of them."""
        return advance_counter(self, self.mailbox, count)
