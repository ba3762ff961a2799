"""The files of an embedded store: whether they are there, whose they are, and what room is left."""

from __future__ import annotations

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

_MIN_FREE = 256 * 1024 * 1024
_MAX_LOG = 256 * 1024 * 1024
_MEBIBYTE = 1024 * 1024
_OTHERS = stat.S_IRWXG | stat.S_IRWXO

Findings = list[tuple[str, str]]
"""What is wrong, and what can be done."""


def has_log(file: Path) -> bool:
    """Tell whether somebody has the store open, or left it without closing it."""
    return _beside(file, "-wal").exists()


def look_at(file: Path) -> Iterator[tuple[str, Findings]]:
    """Look at the files of a store; yield what was looked at, and what is wrong with it."""
    yield "the file is there", _find_missing(file)
    if file.exists():
        yield "only its owner can read it", list(_find_open(file))
        yield "there is room to write", _find_full(file)


def _find_missing(file: Path) -> Findings:
    if file.exists():
        return []
    if has_log(file):
        do = f"put {file.name} back, or restore a copy; don't delete {file.name}-wal before"
        return [(f"{file} is missing while its {file.name}-wal is there", do)]
    return [(f"there is no {file}", "name the store by --data or --database, as for `serve`")]


def _find_open(file: Path) -> Iterator[tuple[str, str]]:
    for each in (file, *(_beside(file, suffix) for suffix in ("-wal", "-shm"))):
        try:
            mode = each.stat().st_mode
        except OSError:
            continue
        if mode & _OTHERS:
            yield f"{each} has mode {stat.S_IMODE(mode):04o}", f"chmod 600 {each}"


def _find_full(file: Path) -> Findings:
    found = []
    free = shutil.disk_usage(file.parent).free
    if free < _MIN_FREE:
        what = f"{free // _MEBIBYTE} MiB are left where {file} is"
        found.append((what, "make room: a full disk makes every write a 503"))
    log = _beside(file, "-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > _MAX_LOG:
        what = f"{log} has {size // _MEBIBYTE} MiB"
        do = "end whatever reads the store without end, or restart the server"
        found.append((what, do))
    return found


def _beside(file: Path, suffix: str) -> Path:
    return file.with_name(file.name + suffix)
