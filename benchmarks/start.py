"""The start: from a process's first moment to its first answer.

Owns on which data it is measured. Must not know a load.
"""

from __future__ import annotations

from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks import servers

TARGET_SECONDS = 1.5

_TIMES = 3


def on_new_data() -> float:
    """Return the seconds that the very first start takes, the demo seed included."""
    return median(_on_new_data() for _ in range(_TIMES))


def on_existing_data(data: Path) -> float:
    """Return the seconds that a start on a filled data directory takes."""
    return median(_seconds(data, "empty") for _ in range(_TIMES))


def _on_new_data() -> float:
    with TemporaryDirectory(prefix="afterlook-bench-") as folder:
        return _seconds(Path(folder, "data"), "demo")


def _seconds(data: Path, seed: str) -> float:
    with servers.afterlook("--data", str(data), seed=seed) as server:
        return server.start_seconds
