"""The engines.

Owns how SQLite and PostgreSQL are opened, tuned and made to begin a transaction, and how long
either waits.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any, Final, Literal, NamedTuple
from urllib.parse import unquote, urlsplit

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

Durability = Literal["full", "normal"]

BEGUN_BY_STORE: Final = "begun_by_store"
"""The execution option of a connection whose transactions the store begins and commits itself."""

BUSY_SECONDS = 10
"""How long a SQLite writer waits for one in another process before the client gets a 503."""

SCANNERS = 8
"""Threads for work that may read many rows."""

READERS = 4
"""Threads for look-ups on PostgreSQL, so that they never wait for scans."""

WRITERS = 6
"""Threads for transactions on PostgreSQL, so that no reader waits for a locked mailbox."""

_LOCK_SECONDS = 5
_WRITE_SECONDS = 60
_READ_SECONDS = 10
_PROBE_SECONDS = 2
_CONNECT_SECONDS = 10

# Between two tries for SQLite's lock. SQLite itself would wait without looking up.
_RETRY_SECONDS = 0.01


class LockedError(Exception):
    """Another process writes, and this is the event loop, where nobody may wait."""


class Engines(NamedTuple):
    """`reader` commits each statement by itself; `writer` opens transactions that lock first."""

    reader: Engine
    writer: Engine


def open_engines(
    location: Path | str, durability: Durability, closing: Event | None = None
) -> Engines:
    """Open a SQLite file, or the database behind `sqlite:///…` or `postgresql+psycopg://…`.

    No writer waits any longer once `closing` is set. Raises `ValueError` for what is no such
    address.
    """
    parsed = _url(location)
    if parsed.get_backend_name() == "sqlite":
        engines = Engines(
            _sqlite(parsed, durability, BUSY_SECONDS * 1000),
            _sqlite(parsed, durability, 0),
        )
        event.listen(engines.writer, "begin", partial(_begin_unless_kept, closing or Event()))
        return engines
    reader = _postgresql(parsed, READERS + SCANNERS, _READ_SECONDS, durability)
    writer = _postgresql(parsed, WRITERS, _WRITE_SECONDS, durability)
    return Engines(reader.execution_options(isolation_level="AUTOCOMMIT"), writer)


def open_prober(location: Path | str) -> Engine | None:
    """Open the one connection that tells whether a database answers; an embedded one needs none."""
    parsed = _url(location)
    if parsed.get_backend_name() == "sqlite":
        return None
    prober = _postgresql(parsed, 1, _PROBE_SECONDS, "full")
    return prober.execution_options(isolation_level="AUTOCOMMIT")


def file_of(location: Path | str) -> Path | None:
    """Return the file of an embedded database, whatever options follow its name in an address."""
    parsed = _url(location)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    if "uri" not in parsed.query:
        return Path(parsed.database)
    path = unquote(urlsplit(parsed.database).path)
    is_file = path not in ("", ":memory:") and parsed.query.get("mode") != "memory"
    return Path(path) if is_file else None


def _url(location: Path | str) -> URL:
    if isinstance(location, Path):
        return URL.create("sqlite", database=str(location))
    try:
        return make_url(location)
    except ArgumentError as error:
        raise ValueError(str(error)) from error


def _sqlite(url: URL, durability: Durability, busy_milliseconds: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=SCANNERS + 1,
        max_overflow=0,
        connect_args={"check_same_thread": False, "timeout": BUSY_SECONDS},
    )

    def tune(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        # The driver begins too late: two writers would both have read. Here nothing begins
        # unasked, so that a reader commits each statement and the writer begins by itself.
        connection.isolation_level = None
        cursor = connection.cursor()
        _write_ahead(cursor)
        cursor.execute(f"PRAGMA synchronous = {durability.upper()}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA cache_size = -32768")
        cursor.execute(f"PRAGMA busy_timeout = {busy_milliseconds}")
        cursor.close()

    event.listen(engine, "connect", tune)
    return engine


def _write_ahead(cursor: DBAPICursor) -> None:
    """Have a file written by way of a log, as it stays from then on.

    For this alone SQLite waits for no lock, which another who opens a new file may hold.
    """
    _run_when_unlocked(
        lambda: cursor.execute("PRAGMA journal_mode = WAL"), lambda: sleep(_RETRY_SECONDS)
    )


def _begin_unless_kept(closing: Event, connection: Connection) -> None:
    """Begin by SQLAlchemy's ways, but for the connection whose transactions the store begins."""
    if BEGUN_BY_STORE not in connection.get_execution_options():
        begin_immediately(connection, closing)


def begin_immediately(connection: Connection, closing: Event) -> None:
    """Begin a transaction that holds SQLite's lock, once nobody else does; not after `closing`.

    By the driver, since SQLAlchemy's own transaction costs as much as a short one. Raises
    `LockedError` instead of waiting on the event loop.
    """
    driver: Any = connection.connection.driver_connection

    def wait() -> bool:
        if _is_on_event_loop():
            raise LockedError
        return closing.wait(_RETRY_SECONDS)

    _run_when_unlocked(lambda: driver.execute("BEGIN IMMEDIATE").close(), wait)


def _run_when_unlocked(work: Callable[[], object], wait: Callable[[], bool | None]) -> None:
    """Run work of the driver once nobody else holds SQLite's lock, `wait` between two tries.

    Raises what the work raises where it is nothing of the lock, where that stays for too long, and
    where `wait` returns true; and whatever `wait` raises.
    """
    ends = monotonic() + BUSY_SECONDS
    while True:
        try:
            work()
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or wait() or monotonic() >= ends:
                raise
        else:
            return


def _is_on_event_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _postgresql(url: URL, connections: int, seconds: int, durability: Durability) -> Engine:
    engine = create_engine(
        url,
        pool_size=connections,
        max_overflow=0,
        pool_pre_ping=False,
        pool_timeout=_CONNECT_SECONDS,
        connect_args={"connect_timeout": min(seconds, _CONNECT_SECONDS)},
    )

    def tune(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        cursor.execute(f"SET lock_timeout = {min(seconds, _LOCK_SECONDS) * 1000}")
        cursor.execute(f"SET statement_timeout = {seconds * 1000}")
        if durability == "normal":
            cursor.execute("SET synchronous_commit = off")
        cursor.close()
        connection.commit()

    event.listen(engine, "connect", tune)
    return engine
