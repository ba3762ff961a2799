"""Bringing a database to the schema of this version."""

import gc
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier, Event

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from afterlook.store import migrate
from afterlook.store.engines import Engines, open_engines
from afterlook.store.migrate import HEAD, NewerStoreError
from afterlook.store.tables import Mailbox
from tests.support.databases import new_database
from tests.support.migrations import upgrade
from tests.support.stores import new_mailbox, open_store
from tests.support.wire import Engine

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
                    (
                        found.get_columns(name),
                        found.get_pk_constraint(name),
                        found.get_indexes(name),
                        found.get_unique_constraints(name),
                        found.get_foreign_keys(name),
                        found.get_check_constraints(name),
                    )
                ),
            )
            for name in sorted(found.get_table_names())
        }


def test_migrations_make_the_tables(engines: Engines) -> None:
    """All migrations come to exactly the tables that the program declares."""
    upgrade(engines.writer, "head")

    with engines.reader.connect() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, SQLModel.metadata) == []
        assert context.get_current_revision() == HEAD


def test_a_new_database(
    engines: Engines, request: pytest.FixtureRequest, engine: Engine, tmp_path: Path
) -> None:
    """One made as declared is the same, whatever is asked, as one that went all the way."""
    migrate.migrate(engines.writer)
    other = tmp_path / "other"
    other.mkdir()
    with opened(new_database(request, engine, other)) as upgraded:
        upgrade(upgraded.writer, "head")

        made = schema(engines)
        assert made == schema(upgraded)
    assert {"alembic_version", "task", "work_task"} <= made.keys()


_NOBODYS = ("work_lease", "signing_key", "sign_in_code", "snapshot", "snapshot_part")


def test_keys_and_indexes_lead_with_the_mailbox() -> None:
    """The mailbox is the shard key: every key and index of its tables begins with it.

    All but the lease for what is done in every mailbox, what is nobody's yet at sign-in, and what
    is of all mailboxes together.
    """
    for name, table in SQLModel.metadata.tables.items():
        if name in (Mailbox.__tablename__, *_NOBODYS):
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


@pytest.mark.parametrize("begun", [None, "0001"])
def test_many_threads_at_once(
    request: pytest.FixtureRequest, engine: Engine, tmp_path: Path, begun: str | None
) -> None:
    """Whoever comes first makes the tables or upgrades them, and the others find it done."""
    together = Barrier(6)

    def run(database: str) -> None:
        together.wait()
        with opened(database) as engines:
            migrate.migrate(engines.writer)

    # On SQLite one in ten of those that come first would find the file locked.
    for number in range(20 if engine == "sqlite" and not begun else 1):
        scratch = tmp_path / str(number)
        scratch.mkdir()
        database = new_database(request, engine, scratch)
        if begun:
            with opened(database) as engines:
                upgrade(engines.writer, begun)
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(run, [database] * 6))
        open_store(database).close()


def test_a_file_that_another_begins(tmp_path: Path) -> None:
    """Whoever opens a new file waits for the one that writes it first, as for any writer."""
    file = tmp_path / "afterlook.db"
    other = sqlite3.connect(file, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    waits = Event()

    def let_go(_: float) -> None:
        other.rollback()
        waits.set()

    with pytest.MonkeyPatch.context() as patch, opened(f"sqlite:///{file}") as engines:
        patch.setattr("afterlook.store.engines.sleep", let_go)
        migrate.migrate(engines.writer)
        assert waits.is_set()
        with engines.reader.connect() as connection:
            assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    other.close()


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


@pytest.mark.parametrize(
    ("begun", "target"), [(None, (migrate, "create_tables")), ("0001", (command, "upgrade"))]
)
def test_a_failed_migration_leaves_nothing(
    engines: Engines,
    monkeypatch: pytest.MonkeyPatch,
    begun: str | None,
    target: tuple[object, str],
) -> None:
    """What fails half-way is undone whole; the next start begins anew."""
    if begun:
        upgrade(engines.writer, begun)
    before = schema(engines)
    work = getattr(*target)

    def fail(*args: object) -> None:
        work(*args)
        message = "the power failed"
        raise OSError(message)

    monkeypatch.setattr(*target, fail)
    with pytest.raises(OSError, match="power"):
        migrate.migrate(engines.writer)
    assert schema(engines) == before

    monkeypatch.undo()
    migrate.migrate(engines.writer)
    assert "open_extension" in schema(engines)
