"""The two engines.

Owns how SQLite and PostgreSQL are opened, tuned and made to begin a transaction. Must not know a
table.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal, NamedTuple

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

Durability = Literal["full", "normal"]

BUSY_SECONDS = 10
"""How long a SQLite writer waits for one in another process before the client gets a 503."""

THREADS = 8
"""Threads that may hold a connection at once: SQLite scans, and all work on PostgreSQL."""


class Engines(NamedTuple):
    """`reader` commits each statement by itself; `writer` opens transactions that lock first."""

    reader: Engine
    writer: Engine


def open_engines(location: Path | str, durability: Durability) -> Engines:
    """Open a SQLite file, or the database behind `sqlite:///…` or `postgresql+psycopg://…`.

    Raises `ValueError` for what is no such address.
    """
    try:
        parsed = _url(location)
    except ArgumentError as error:
        raise ValueError(str(error)) from error
    if parsed.get_backend_name() == "sqlite":
        engines = Engines(_sqlite(parsed, durability), _sqlite(parsed, durability))
        event.listen(engines.writer, "begin", _begin_immediate)
        return engines
    engine = create_engine(parsed, pool_size=THREADS, max_overflow=0, pool_pre_ping=False)
    if durability == "normal":
        event.listen(engine, "connect", _asynchronous_commit)
    return Engines(engine.execution_options(isolation_level="AUTOCOMMIT"), engine)


def _url(location: Path | str) -> URL:
    if isinstance(location, Path):
        return URL.create("sqlite", database=str(location))
    return make_url(location)


def _sqlite(url: URL, durability: Durability) -> Engine:
    engine = create_engine(
        url,
        pool_size=THREADS + 1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )

    def tune(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver begins too late: two writers would both have read. Here nothing begins
        # unasked, so that a reader commits each statement and the writer begins by itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute(f"PRAGMA synchronous = {durability.upper()}")
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -32768")
        cursor.close()

    event.listen(engine, "connect", tune)
    return engine


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _asynchronous_commit(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    cursor.execute("SET synchronous_commit = off")
    cursor.close()
    connection.commit()
