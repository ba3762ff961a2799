"""Files beside the store: drafts that nobody can guess, and directories for one run.

Owns that what a killed server left behind is swept, and nothing else.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: nothing is swept there
    fcntl = None  # type: ignore[assignment]

_PREFIX = "afterlook-run-"
_LOCK = ".afterlook-run"


def write_atomically(file: Path, text: str) -> None:
    """Write a file whole or not at all, readable by its owner only. Raises `OSError`."""
    # Exclusive, 0600, and under a name that cannot be foreseen.
    opened, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(opened, "w", encoding="utf-8") as draft:  # noqa: PTH123
            draft.write(text)
        os.replace(name, file)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def lock_file(file: Path) -> Iterator[None]:
    """Within the block, let no other process into a block of the same file. Raises `OSError`."""
    with file.open("a", encoding="ascii") as lock:
        if fcntl is not None:
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def temporary_directory() -> Iterator[Path]:
    """Make a directory for this run; sweep those of runs that were killed."""
    if fcntl is not None:
        _sweep(Path(tempfile.gettempdir()))
    directory = Path(tempfile.mkdtemp(prefix=_PREFIX))
    try:
        # Locked as long as this process lives, however it ends, in whatever namespace it has a pid.
        with (directory / _LOCK).open("w", encoding="ascii") as lock:
            if fcntl is not None:
                fcntl.flock(lock, fcntl.LOCK_EX)
            # What has no content yet may be about to be locked.
            lock.write(f"{os.getpid()}\n")
            lock.flush()
            yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Remove the directories of this user whose run is over."""
    for directory in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            if _is_over(directory):
                shutil.rmtree(directory, ignore_errors=True)


def _is_over(directory: Path) -> bool:
    made = directory.lstat()
    # A link, or somebody else's directory, is none of ours.
    if directory.is_symlink() or made.st_uid != os.geteuid():
        return False
    opened = os.open(directory / _LOCK, os.O_RDONLY | os.O_NOFOLLOW)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.fstat(opened).st_size > 0
    finally:
        os.close(opened)
