"""The file of an embedded store: whether it still is the one at its path.

Owns making a new file, who may read it, and noticing that it was deleted, replaced or emptied.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from tempfile import mkstemp
from typing import NamedTuple

from afterlook.errors import StoreMisplaced

_BESIDE = ("-wal", "-shm")
"""What SQLite keeps beside the file while it is open: without them the last writes are lost."""

_HEADER = 100
"""Bytes without which no file is a database of SQLite."""

_PRIVATE = 0o600
_RESTORE = "put it back, or restore a copy, and restart the server"


class _File(NamedTuple):
    device: int
    number: int


def prepare(path: Path, *, is_there: bool = False) -> None:
    """Make a new file, whole at once, or make sure that an old one can be a store.

    One that `is_there`, as for the second process that opens it, is never made anew: it was lost.
    An empty file is none: Afterlook never leaves one, so that something has happened to it.
    Raises `StoreMisplaced`.
    """
    if is_there and not path.exists():
        reason = f"{path.name} was deleted or moved; {_RESTORE}"
        raise StoreMisplaced(reason)
    with suppress(OSError, sqlite3.Error):
        # What stands in the way is an error of whoever opens it.
        if not path.exists():
            _make(path)
    for file in (path, *_beside(path)):
        with suppress(OSError):
            # SQLite gives what it makes beside the file the rights of the file.
            file.chmod(_PRIVATE)
    try:
        size = path.stat().st_size
    except OSError:
        return
    if size < _HEADER:
        reason = (
            f"{path.name} is no database but a file of {size} bytes; restore a copy, "
            "or delete it to begin anew"
        )
        raise StoreMisplaced(reason)


def _make(path: Path) -> None:
    """Make a database with nothing in it under a name of its own, then give it its name."""
    if any(file.exists() for file in _beside(path)):
        reason = f"{path.name} is missing while its {path.name}-wal is there; restore a copy"
        raise StoreMisplaced(reason)
    opened, name = mkstemp(prefix=f".{path.name}.", dir=path.parent)
    draft = Path(name)
    try:
        os.close(opened)
        with closing(sqlite3.connect(draft)) as connection:
            connection.execute("PRAGMA journal_mode = WAL").close()
        _name(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _name(draft: Path, path: Path) -> None:
    try:
        path.hardlink_to(draft)
    except FileExistsError:
        raise
    except OSError:
        # Not every file system has links.
        if not path.exists():
            draft.rename(path)


def _beside(path: Path) -> list[Path]:
    return [path.with_name(path.name + suffix) for suffix in _BESIDE]


class StoreFile:
    """The file of an open store, and those beside it; made once all of them are there."""

    def __init__(self, path: Path) -> None:
        path = path.absolute()
        self._path = path
        self._files = [(str(file), _identity(str(file))) for file in (path, *_beside(path))]

    def check(self) -> None:
        """Raise `StoreMisplaced` where what is written would be lost at a restart.

        Called before every commit: one `stat` for each file.
        """
        for file, known in self._files:
            if known is None:
                continue
            try:
                status = os.stat(file)  # noqa: PTH116
            except OSError as error:
                raise StoreMisplaced(self._lost(file)) from error
            if (status.st_dev, status.st_ino) != known:
                reason = f"{_name_of(file)} was replaced under the running server; restart it"
                raise StoreMisplaced(reason)
            if file == self._files[0][0] and status.st_size < _HEADER:
                reason = f"{_name_of(file)} was emptied under the running server; {_RESTORE}"
                raise StoreMisplaced(reason)

    def check_writable(self) -> None:
        """Raise `StoreMisplaced` as `check` does, and where the files may not be written."""
        self.check()
        for file in (self._path.parent, self._path):
            if not os.access(file, os.W_OK):
                raise StoreMisplaced(f"{file.name} is read-only: nothing can be written")

    def _lost(self, file: str) -> str:
        if not self._path.parent.is_dir():
            return f"the data directory was deleted or moved under the running server; {_RESTORE}"
        if file != self._files[0][0]:
            return (
                f"{_name_of(file)} was deleted under the running server; end it with SIGTERM, "
                "so that it writes into the file what it has, and start it again"
            )
        return f"{_name_of(file)} was deleted or moved under the running server; {_RESTORE}"


def _identity(file: str) -> _File | None:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return None
    return _File(status.st_dev, status.st_ino)


def _name_of(file: str) -> str:
    return Path(file).name
