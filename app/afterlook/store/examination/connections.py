"""Opening a store to read alone, also one that a server writes to.

Owns that nothing is written, and that no file is made beside one that nobody uses.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from afterlook.store.engines import file_of
from afterlook.store.examination import files
from afterlook.store.migrate import HEAD, read_revision
from afterlook.store.sessions import Session

_CONNECT_SECONDS = 10


class NotReadableError(Exception):
    """A store is not there, or not of this version; the text says which."""


@contextmanager
def open_connection(
    location: Path | str, file: Path | None, *, is_quiet: bool
) -> Iterator[Connection]:
    """Open a store in one transaction that can only read."""
    if file is not None:
        engine = create_engine(
            "sqlite://", creator=partial(_open_file, file, is_quiet=is_quiet), poolclass=NullPool
        )
        begin = "BEGIN"
    else:
        arguments: dict[str, Any] = {"connect_timeout": _CONNECT_SECONDS}
        engine = create_engine(location, connect_args=arguments, poolclass=NullPool)  # type: ignore[arg-type]
        engine = engine.execution_options(
            isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        begin = ""
    with engine.connect() as connection:
        if begin:
            connection.exec_driver_sql(begin)
        yield connection


@contextmanager
def open_session(location: Path | str) -> Iterator[Session]:
    """Read a store of this version. Raises `NotReadableError`."""
    file = file_of(location)
    if file is not None and not file.is_file():
        message = "there is no store there"
        raise NotReadableError(message)
    is_quiet = file is not None and not files.has_log(file)
    try:
        with open_connection(location, file, is_quiet=is_quiet) as connection:
            if read_revision(connection) != HEAD:
                message = "it is no store of this version: `afterlook doctor` says what it is"
                raise NotReadableError(message)
            yield Session(connection)
    except (DBAPIError, sqlite3.Error) as error:
        reason = " ".join(str(getattr(error, "orig", None) or error).split())
        raise NotReadableError(reason) from error


def _open_file(file: Path, *, is_quiet: bool) -> sqlite3.Connection:
    # Nothing beside the file is made where nobody writes; where somebody does, all is there.
    mode = "immutable=1" if is_quiet else "mode=ro"
    return sqlite3.connect(f"{file.absolute().as_uri()}?{mode}", uri=True, isolation_level=None)
