"""Bringing a database to the schema of this version.

Owns when migrations run and that only one process runs them. A new database gets its tables as
they are declared: to go through all earlier schemas would take most of a first start.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text
from sqlmodel import SQLModel

from afterlook.store import tables
from afterlook.store.workmanagement import tables as work_tables

if TYPE_CHECKING:
    from sqlalchemy import Engine
    from sqlalchemy.engine import Connection

HEAD = "0016"
"""The revision that this version of the program reads and writes."""

DECLARED = (tables, work_tables)
"""Who declares tables: of those that nobody has imported, the metadata knows nothing."""

SCRIPTS = Path(__file__).with_name("migrations")
_ADVISORY_LOCK = 0x4146_5445_524C_4F4B


class NewerStoreError(Exception):
    """The database was written by a newer version of the program."""


def is_current(reader: Engine) -> bool:
    """Tell whether there is nothing to upgrade: without a lock that others may hold for long."""
    with reader.connect() as connection:
        return read_revision(connection) == HEAD


def migrate(engine: Engine) -> None:
    """Upgrade the database if it is older; make the tables of an empty one.

    Any number of processes may call this at once. Raises `NewerStoreError` and changes nothing
    where the database is ahead of the program.
    """
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Others may take their time with it, and so may a large store.
            connection.execute(text("SET LOCAL lock_timeout = 0"))
            connection.execute(text("SET LOCAL statement_timeout = 0"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        revision = read_revision(connection)
        if revision == HEAD:
            return
        if not inspect(connection).get_table_names():
            create_tables(connection)
            return
        # Alembic takes longer to import than the rest of a start takes.
        from alembic import command  # noqa: PLC0415
        from alembic.config import Config  # noqa: PLC0415
        from alembic.script import ScriptDirectory  # noqa: PLC0415

        config = Config()
        config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        if revision is not None and revision not in known:
            raise NewerStoreError(revision)
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def create_tables(connection: Connection) -> None:
    """Make the tables that all migrations together make, and note the newest revision."""
    SQLModel.metadata.create_all(connection, checkfirst=False)
    # As Alembic makes it.
    connection.execute(
        text(
            "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, "
            "CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
        )
    )
    connection.execute(text("INSERT INTO alembic_version VALUES (:head)"), {"head": HEAD})


def read_revision(connection: Connection) -> str | None:
    """Return the revision of a database, or None where there is no store in it."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
