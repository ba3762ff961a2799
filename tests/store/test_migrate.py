"""Bringing a database to the schema of this version."""

import gc
import re
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from afterlook.store import migrate, tables
from afterlook.store.engines import Engines, open_engines
from afterlook.store.migrate import HEAD, NewerStoreError
from afterlook.store.workmanagement import tables as work_tables
from tests.support.stores import new_mailbox, open_store

DECLARED = {tables, work_tables}
"""Who declares tables: of those that nobody has imported, the metadata knows nothing."""

_ADDRESS = re.compile(r" at 0x[0-9a-f]+")

MIGRATE = """
import sys
from afterlook.store.engines import open_engines
from afterlook.store.migrate import migrate
engines = open_engines(sys.argv[1], "full")
migrate(engines.writer)
for engine in engines:
    engine.dispose()
"""


@contextmanager
def opened(database: str) -> Iterator[Engines]:
    """Open the engines of a database, and close every connection again."""
    engines = open_engines(database, "full")
    try:
        yield engines
    finally:
        for engine in engines:
            engine.dispose()


@pytest.fixture
def engines(database: str) -> Iterator[Engines]:
    """Return the engines of an empty database."""
    with opened(database) as both:
        yield both


def schema(engines: Engines) -> dict[str, object]:
    """Return what the database says about itself."""
    with engines.reader.connect() as connection:
        found = inspect(connection)
        return {
            name: _ADDRESS.sub(
                "",
                repr(
                    (found.get_columns(name), found.get_indexes(name), found.get_foreign_keys(name))
                ),
            )
            for name in sorted(found.get_table_names())
        }


def test_migrations_make_the_tables(engines: Engines) -> None:
    """An empty database at HEAD has exactly the tables that the program declares."""
    migrate.migrate(engines.writer)

    with engines.reader.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert DECLARED
        assert compare_metadata(context, SQLModel.metadata) == []
        assert context.get_current_revision() == HEAD


def test_keys_and_indexes_lead_with_the_mailbox() -> None:
    """The mailbox is the shard key: every key and index of its tables begins with it.

    All but the lease for what is done in every mailbox, what is nobody's yet at sign-in, and
    snapshots of all mailboxes.
    """
    of_none = {"work_lease", "signing_key", "sign_in_code", "snapshot", "snapshot_part"}
    for name, table in SQLModel.metadata.tables.items():
        if name in {tables.Mailbox.__tablename__, *of_none}:
            continue
        assert next(iter(table.primary_key)).name == "mailbox"
        for index in table.indexes:
            assert next(iter(index.columns)).name == "mailbox", index.name
        for key in table.foreign_key_constraints:
            assert key.column_keys[0] == "mailbox", name


def test_head_is_the_newest_script() -> None:
    """The revision that the program expects is the one its scripts lead to."""
    scripts = ScriptDirectory(str(Path(migrate.__file__).with_name("migrations")))

    assert scripts.get_heads() == [HEAD]
    assert len(scripts.get_bases()) == 1


def test_migrating_twice(database: str, engines: Engines) -> None:
    """The second time changes nothing, and what was written stays."""
    store = open_store(database)
    mailbox = new_mailbox(store)
    store.close()
    before = schema(engines)
    migrate.migrate(engines.writer)

    assert schema(engines) == before
    with engines.reader.connect() as connection:
        guids = connection.execute(text("SELECT guid FROM mailbox")).scalars().all()
    assert guids == [mailbox.guid]


def test_many_threads_at_once(database: str) -> None:
    """Whoever comes first migrates, and the others find it done."""

    def run(_: int) -> None:
        with opened(database) as engines:
            migrate.migrate(engines.writer)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(run, range(6)))
    open_store(database).close()


def test_many_processes_at_once(database: str) -> None:
    """Servers that start together on an empty database all come up."""
    command = [sys.executable, "-c", MIGRATE, database]
    processes = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]

    assert ended == [("", 0)] * 4
    open_store(database).close()


@pytest.mark.parametrize("revision", ["9999", "not-a-revision"])
def test_a_newer_store(engines: Engines, revision: str) -> None:
    """A database of a newer version is refused, and stays as it is."""
    migrate.migrate(engines.writer)
    with engines.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    before = schema(engines)

    with pytest.raises(NewerStoreError, match=revision):
        migrate.migrate(engines.writer)

    assert schema(engines) == before
    with engines.reader.connect() as connection:
        versions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars()
        assert versions.all() == [revision]


def test_a_newer_store_does_not_open(database: str, engines: Engines) -> None:
    """The store as a whole refuses it too, and leaves no connection behind."""
    migrate.migrate(engines.writer)
    with engines.writer.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(NewerStoreError):
        open_store(database)
    gc.collect()


def test_a_failed_migration_leaves_nothing(
    engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What fails half-way is undone whole; the next start begins anew."""
    upgrade = command.upgrade

    def fail(config: Config, revision: str) -> None:
        upgrade(config, revision)
        message = "the power failed"
        raise OSError(message)

    monkeypatch.setattr(command, "upgrade", fail)
    with pytest.raises(OSError, match="power"):
        migrate.migrate(engines.writer)
    assert schema(engines) == {}

    monkeypatch.undo()
    migrate.migrate(engines.writer)
    assert "task" in schema(engines)
