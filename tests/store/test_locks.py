"""A writer is alone from its first moment on: what it reads is still so when it writes."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from afterlook.store.engines import open_engines
from afterlook.store.rows import MailboxRow
from afterlook.store.store import Store
from tests.support.stores import open_store
from tests.support.wire import Engine

AT_ONCE = {
    "sqlite": ("PRAGMA busy_timeout = 0", "BEGIN IMMEDIATE"),
    "postgresql": ("SELECT 1", "SELECT id FROM mailbox FOR UPDATE NOWAIT"),
}


def lock(database: str, engine: Engine) -> None:
    """Take the lock of a writer, without waiting for it, and let it go."""
    engines = open_engines(database, "full")
    prepare, take = AT_ONCE[engine]
    try:
        with engines.reader.connect() as connection:
            connection.execute(text(prepare))
            connection.execute(text(take))
            connection.execute(text("ROLLBACK"))
    finally:
        for each in engines:
            each.dispose()


def test_a_writer_locks_its_mailbox(
    store: Store, mailbox: MailboxRow, database: str, engine: Engine
) -> None:
    """Before it has read anything, and until it ends."""
    with store.write_session(mailbox), pytest.raises(OperationalError):
        lock(database, engine)


def test_a_founder_locks_sqlite(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where a transaction reads first, another must not write in between."""
    database = f"sqlite:///{tmp_path_factory.mktemp('lock') / 'afterlook.db'}"
    store = open_store(database)
    try:
        with store.new_mailbox_session(), pytest.raises(OperationalError):
            lock(database, "sqlite")
        lock(database, "sqlite")
    finally:
        store.close()
